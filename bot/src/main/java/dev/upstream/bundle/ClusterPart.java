package dev.upstream.bundle;

import dev.upstream.snapshot.ClusterView;
import dev.upstream.snapshot.ControlPlaneView;
import dev.upstream.snapshot.Coverage;
import dev.upstream.snapshot.EnvoyAdmin;
import dev.upstream.snapshot.Fields;
import dev.upstream.snapshot.Gap;
import dev.upstream.snapshot.IstiodDebug;
import dev.upstream.snapshot.Kind;
import dev.upstream.snapshot.LogExcerpt;
import dev.upstream.snapshot.NodeFacts;
import dev.upstream.snapshot.Objects;
import dev.upstream.snapshot.ProxyView;
import dev.upstream.snapshot.Source;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Gathers what the files of one cluster say, in whatever order they come. */
final class ClusterPart {
  private static final Set<String> UNREAD =
      Set.of(
          "bootstrap",
          "static_clusters",
          "dynamic_active_clusters",
          "dynamic_warming_clusters",
          "static_listeners",
          "dynamic_listeners",
          "static_secrets",
          "dynamic_active_secrets",
          "dynamic_warming_secrets",
          "dynamic_endpoint_configs",
          "stats",
          "circuit_breakers",
          "Labels",
          "ServiceAccounts",
          "serviceAccounts");

  /** Whose logs are read; what an application logged gives a time and goes nowhere else. */
  private static final Set<String> CONTAINERS = Set.of("istio-proxy", "controller", "discovery");

  private static final String AGAIN = "Capture it again.";

  private final String name;
  private final Limits limits;
  private final ObjectReader objects;
  private final NewestTime newest;
  private final Map<String, Map<String, Object>> proxies = new TreeMap<>();
  private final Map<String, Map<String, Object>> istiods = new TreeMap<>();
  private final Map<String, Map<String, String>> nodes = new TreeMap<>();
  private final Map<Place.Log, LogFile.Kept> logs = new LinkedHashMap<>();
  private final Map<String, LogFile.Kept> istiodLogs = new TreeMap<>();
  private final List<Gap> gaps = new ArrayList<>();

  ClusterPart(String name, boolean lint, Limits limits, NewestTime newest) {
    this.name = name;
    this.limits = limits;
    this.newest = newest;
    this.objects = new ObjectReader(name, lint, limits, newest);
  }

  void read(Place place, String path, InputStream in) throws IOException {
    switch (place) {
      case Place.Notes n -> throw new IllegalArgumentException(path);
      case Place.Objects o -> objects.read(path, in);
      case Place.Proxy p -> {
        String id = p.namespace() + "/" + p.pod();
        tree(Source.PROXY, id, path, in)
            .ifPresent(t -> proxies.computeIfAbsent(id, i -> new TreeMap<>()).put(p.file(), t));
      }
      case Place.Istiod i -> istiod(i, path, in);
      case Place.Log l -> {
        LogFile.Kept kept = log(in);
        if (CONTAINERS.contains(l.container())) {
          logs.put(l, kept);
        }
      }
      case Place.Node n ->
          text(Source.NODE, n.node(), path, in)
              .ifPresent(
                  t -> nodes.computeIfAbsent(n.node(), k -> new TreeMap<>()).put(n.file(), t));
    }
  }

  private void istiod(Place.Istiod place, String path, InputStream in) throws IOException {
    if (place.file().equals("istiod.log")) {
      istiodLogs.put(place.pod(), log(in));
      return;
    }
    Optional<? extends Object> content =
        place.file().endsWith(".json")
            ? tree(Source.ISTIOD, place.pod(), path, in)
            : text(Source.ISTIOD, place.pod(), path, in);
    Map<String, Object> files = istiods.computeIfAbsent(place.pod(), i -> new TreeMap<>());
    content.ifPresent(c -> files.put(place.file(), c));
  }

  private LogFile.Kept log(InputStream in) throws IOException {
    return LogFile.read(in, limits.logLines(), newest::line);
  }

  private Optional<Object> tree(Source source, String scope, String path, InputStream in)
      throws BadBundle {
    try {
      Object tree = JsonTree.parse(in, limits, UNREAD);
      String file = path.substring(path.lastIndexOf('/') + 1);
      if (!AnswerShape.right(file, tree)) {
        throw new Malformed("It is not what the name says");
      }
      return Optional.of(tree);
    } catch (Malformed e) {
      gaps.add(unparsed(source, scope, path, e.why()));
      return Optional.empty();
    }
  }

  private Optional<String> text(Source source, String scope, String path, InputStream in)
      throws IOException {
    byte[] bytes = in.readNBytes(limits.document() + 1);
    if (bytes.length > limits.document()) {
      gaps.add(
          unparsed(source, scope, path, "It is larger than " + Budget.bytes(limits.document())));
      return Optional.empty();
    }
    return Optional.of(new String(bytes, StandardCharsets.UTF_8));
  }

  private Gap unparsed(Source source, String scope, String path, String why) {
    return new Gap(
        name, source, scope, Gap.Cause.UNPARSED, BadBundle.shown(path) + ": " + why + ".", AGAIN);
  }

  ClusterView view(BundleNotes notes, List<Gap> more) {
    Objects all = new Objects(objects.objects());
    List<LogExcerpt> excerpts = excerpts(notes, all);
    List<ProxyView> proxyViews = proxies();
    List<Gap> every = new ArrayList<>(gaps);
    every.addAll(objects.gaps());
    every.addAll(more);
    notes.gaps().stream().filter(g -> g.cluster().equals(name)).forEach(every::add);
    Coverage coverage =
        notes
            .collected()
            .map(c -> new Coverage(c.getOrDefault(name, List.of()), List.of()))
            .orElseGet(() -> Coverage.inferred(all))
            .without(every);
    return new ClusterView(
        name,
        all,
        coverage,
        proxyViews,
        istiods.entrySet().stream()
            .map(e -> controlPlane(namespaceOf(e.getKey(), notes, all), e.getKey(), e.getValue()))
            .toList(),
        nodes.entrySet().stream()
            .map(e -> NodeFacts.withoutStrangers(NodeFacts.read(e.getKey(), e.getValue()), all))
            .toList(),
        excerpts,
        every,
        notes.reachedBy().getOrDefault(name, List.of()));
  }

  private List<ProxyView> proxies() {
    List<ProxyView> views = new ArrayList<>();
    proxies.forEach(
        (id, files) -> {
          Object clusters = files.get("clusters.json");
          if (clusters == null) {
            gaps.add(
                new Gap(
                    name,
                    Source.PROXY,
                    id,
                    Gap.Cause.NOT_COLLECTED,
                    "Its clusters.json is not there or could not be read.",
                    AGAIN));
            return;
          }
          int slash = id.indexOf('/');
          views.add(
              new ProxyView(
                  id.substring(0, slash),
                  id.substring(slash + 1),
                  EnvoyAdmin.clusters(clusters, c -> true),
                  Optional.ofNullable(files.get("config_dump.json")).map(EnvoyAdmin::routes)));
        });
    return views;
  }

  private static ControlPlaneView controlPlane(
      String namespace, String pod, Map<String, Object> files) {
    return new ControlPlaneView(
        namespace,
        pod,
        Optional.ofNullable(files.get("syncz.json")).map(t -> IstiodDebug.sync(t, p -> true)),
        IstiodDebug.registry(files.getOrDefault("registryz.json", List.of()), h -> true),
        IstiodDebug.shards(files.getOrDefault("endpointShardz.json", Map.of()), h -> true),
        IstiodDebug.duplicates(files.getOrDefault("push_status.json", Map.of())),
        IstiodDebug.metrics(Fields.of(files.getOrDefault("metrics.txt", "")).string()));
  }

  private String namespaceOf(String istiod, BundleNotes notes, Objects all) {
    String noted = notes.controlPlanes().get(name + "/" + istiod);
    if (noted != null) {
      return noted;
    }
    List<String> where =
        all.all(Kind.POD).stream()
            .filter(p -> p.name().equals(istiod))
            .map(p -> p.namespace())
            .toList();
    return where.size() == 1 ? where.getFirst() : "istio-system";
  }

  private List<LogExcerpt> excerpts(BundleNotes notes, Objects all) {
    List<LogExcerpt> excerpts = new ArrayList<>();
    logs.forEach(
        (l, kept) ->
            excerpts.add(
                excerpt(notes, l.namespace(), l.pod(), l.container(), l.previous(), kept)));
    istiodLogs.forEach(
        (pod, kept) -> {
          String namespace = namespaceOf(pod, notes, all);
          if (!logs.containsKey(new Place.Log(name, namespace, pod, "discovery", false))) {
            excerpts.add(excerpt(notes, namespace, pod, "discovery", false, kept));
          }
        });
    return excerpts;
  }

  private LogExcerpt excerpt(
      BundleNotes notes,
      String namespace,
      String pod,
      String container,
      boolean previous,
      LogFile.Kept kept) {
    String id = namespace + "/" + pod + "/" + container + (previous ? ".previous" : "");
    if (kept.cut()) {
      gaps.add(
          new Gap(
              name,
              Source.LOG,
              id,
              Gap.Cause.TRUNCATED,
              "The log is longer than what is kept of one; only the newest lines were read.",
              "Save the log of a shorter time."));
    }
    boolean cut = kept.cut() || notes.cut().contains(name + "/" + id);
    return new LogExcerpt(namespace, pod, container, previous, kept.lines(), cut);
  }
}
