package dev.upstream.bundle;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.upstream.snapshot.ClusterView;
import dev.upstream.snapshot.ControlPlaneView;
import dev.upstream.snapshot.Coverage;
import dev.upstream.snapshot.EnvoyAdmin;
import dev.upstream.snapshot.Gap;
import dev.upstream.snapshot.IstiodDebug;
import dev.upstream.snapshot.Kind;
import dev.upstream.snapshot.LogExcerpt;
import dev.upstream.snapshot.NodeFacts;
import dev.upstream.snapshot.ProxyView;
import dev.upstream.snapshot.Resource;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** A bundle's files by path, in order, each made when it is asked for. */
final class BundleContent {
  private static final int OBJECTS_A_FILE = 2_000;
  private static final Pattern STEP = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:-]*");
  private static final ObjectWriter JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .build()
          .writer(
              new DefaultPrettyPrinter()
                  .withObjectIndenter(new DefaultIndenter("  ", "\n"))
                  .withArrayIndenter(new DefaultIndenter("  ", "\n")));
  private static final ObjectMapper YAML =
      YAMLMapper.builder()
          .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
          .disable(YAMLGenerator.Feature.SPLIT_LINES)
          .build();

  private final SortedMap<String, Supplier<byte[]>> files = new TreeMap<>();

  private BundleContent() {}

  static SortedMap<String, Supplier<byte[]>> of(Bundle bundle) {
    BundleContent content = new BundleContent();
    content.files.put(Place.NOTES, () -> yaml(notes(bundle)));
    bundle.snapshot().clusters().values().forEach(content::cluster);
    return content.files;
  }

  private static byte[] json(Object tree) {
    try {
      return (JSON.writeValueAsString(tree) + "\n").getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] yaml(Object tree) {
    try {
      return YAML.writeValueAsBytes(tree);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String step(String name) {
    if (!STEP.matcher(name).matches()) {
      throw new IllegalArgumentException("no name of Kubernetes: " + name);
    }
    return name;
  }

  private void cluster(ClusterView view) {
    String root = "clusters/" + ClusterNames.encoded(view.name()) + "/";
    resources(root + "resources/", view);
    for (ProxyView proxy : view.proxies()) {
      String at = root + "proxies/" + step(proxy.namespace()) + "/" + step(proxy.pod()) + "/";
      files.put(at + "clusters.json", () -> json(EnvoyAdmin.clustersTree(proxy)));
      proxy
          .routes()
          .ifPresent(r -> files.put(at + "config_dump.json", () -> json(EnvoyAdmin.routesTree(r))));
    }
    view.controlPlanes().forEach(c -> controlPlane(root + "istiod/" + step(c.pod()) + "/", c));
    for (LogExcerpt log : view.logs()) {
      String at =
          root + "logs/" + step(log.namespace()) + "/" + step(log.pod()) + "/" + logName(log);
      files.put(
          at + ".log",
          () -> text(log.lines().isEmpty() ? "" : String.join("\n", log.lines()) + "\n"));
    }
    view.nodes()
        .forEach(
            node ->
                NodeFacts.print(node)
                    .forEach(
                        (file, text) ->
                            files.put(
                                root + "nodes/" + step(node.name()) + "/" + file,
                                () -> text(text))));
  }

  private static String logName(LogExcerpt log) {
    return step(log.container()) + (log.previous() ? ".previous" : "");
  }

  private void resources(String root, ClusterView view) {
    for (Kind kind : Kind.values()) {
      Map<String, List<Resource>> byNamespace = new TreeMap<>();
      for (Resource r : view.objects().all(kind)) {
        byNamespace.computeIfAbsent(r.namespace(), n -> new ArrayList<>()).add(r);
      }
      byNamespace.forEach(
          (namespace, all) -> {
            String folder = namespace.isEmpty() ? "_cluster" : step(namespace);
            for (int from = 0; from < all.size(); from += OBJECTS_A_FILE) {
              List<Resource> part = all.subList(from, Math.min(all.size(), from + OBJECTS_A_FILE));
              String number = from == 0 ? "" : "-" + (from / OBJECTS_A_FILE + 1);
              files.put(
                  root + folder + "/" + plural(kind) + number + ".json",
                  () ->
                      json(
                          Map.of(
                              "apiVersion",
                              "v1",
                              "kind",
                              "List",
                              "items",
                              part.stream().map(Resource::tree).toList())));
            }
          });
    }
  }

  private static String plural(Kind kind) {
    return kind.plural() + (kind.group().isEmpty() ? "" : "." + kind.group());
  }

  private void controlPlane(String root, ControlPlaneView view) {
    view.sync()
        .ifPresent(rows -> files.put(root + "syncz.json", () -> json(IstiodDebug.syncTree(rows))));
    files.put(root + "registryz.json", () -> json(IstiodDebug.registryTree(view.registry())));
    files.put(root + "endpointShardz.json", () -> json(IstiodDebug.shardsTree(view.shards())));
    files.put(root + "push_status.json", () -> json(IstiodDebug.duplicatesTree(view.duplicates())));
    files.put(root + "metrics.txt", () -> text(IstiodDebug.metricsText(view.metrics())));
  }

  private static Map<String, Object> notes(Bundle bundle) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("capturedAt", bundle.snapshot().at().toString());
    bundle.target().ifPresent(t -> tree.put("target", t));
    bundle.notes().ifPresent(n -> tree.put("notes", n));
    Map<String, Object> reachedBy = new TreeMap<>();
    List<Object> collected = new ArrayList<>();
    List<Object> cut = new ArrayList<>();
    List<Object> controlPlanes = new ArrayList<>();
    for (ClusterView view : bundle.snapshot().clusters().values()) {
      reachedBy.put(view.name(), view.reachedBy());
      view.coverage().read().forEach(e -> collected.add(collected(view.name(), e)));
      view.logs().stream()
          .filter(LogExcerpt::truncated)
          .forEach(
              l ->
                  cut.add(
                      row(
                          "cluster",
                          view.name(),
                          "log",
                          l.namespace() + "/" + l.pod() + "/" + logName(l))));
      view.controlPlanes().stream()
          .map(c -> row("cluster", view.name(), "pod", c.pod(), "namespace", c.namespace()))
          .forEach(controlPlanes::add);
    }
    tree.put("reachedBy", reachedBy);
    tree.put("collected", collected);
    tree.put("gaps", bundle.snapshot().gaps().stream().map(BundleContent::gap).toList());
    tree.put("truncatedLogs", cut);
    tree.put("controlPlanes", controlPlanes);
    return tree;
  }

  private static Object collected(String cluster, Coverage.Entry entry) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("cluster", cluster);
    row.put("kinds", new TreeSet<>(entry.kinds()).stream().map(BundleContent::plural).toList());
    row.put(
        "namespaces",
        entry.namespaces().isEmpty() ? "*" : List.copyOf(new TreeSet<>(entry.namespaces())));
    if (!entry.labels().isEmpty()) {
      row.put(
          "selector",
          String.join(
              ",",
              new TreeMap<>(entry.labels())
                  .entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).toList()));
    }
    return row;
  }

  private static Object gap(Gap gap) {
    return row(
        "cluster",
        gap.cluster(),
        "source",
        gap.source().word(),
        "scope",
        gap.scope(),
        "cause",
        gap.cause().name(),
        "detail",
        gap.detail(),
        "remedy",
        gap.remedy());
  }

  private static Map<String, Object> row(String... pairs) {
    Map<String, Object> row = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      row.put(pairs[i], pairs[i + 1]);
    }
    return row;
  }
}
