package dev.upstream.config;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.nodes.Node;

/** Reads upstream.yml, key by key; every key that it takes has an effect. */
final class ConfigFile {
  private static final List<String> TOP =
      List.of("clusters", "default", "slack", "collect", "store", "port");
  private static final List<String> CLUSTER =
      List.of(
          "name",
          "kubeconfig",
          "context",
          "inCluster",
          "bundle",
          "reachedBy",
          "istiodNamespaces",
          "caps");
  private static final String NAME = "[A-Za-z0-9](?:[A-Za-z0-9._-]{0,61}[A-Za-z0-9])?";
  private static final String LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
  private static final String HOST = "(?:\\*\\.)?" + LABEL + "(?:\\." + LABEL + ")*";

  private final Path file;
  private final Section top;

  private ConfigFile(Path file, Section top) {
    this.file = file;
    this.top = top;
  }

  static UpstreamConfig read(Path file) {
    Origin origin = new Origin(file.toString(), false);
    Node document =
        new YamlDocument(file, origin)
            .read("copy config/upstream.yml, or name another file by --config.")
            .orElseThrow(
                () -> new BadConfig(file + " is empty: name at least one cluster under clusters."));
    return new ConfigFile(file, Section.of(origin, "", document, TOP)).config();
  }

  private UpstreamConfig config() {
    int port = top.number("port", 0, 65_535).orElse(UpstreamConfig.USUAL_PORT);
    SlackSettings slack = slack();
    CollectSettings collect = collect();
    StoreSettings store =
        StoreSection.read(top.section("store", StoreSection.KEYS), this::fromHere);
    List<ClusterSettings> clusters = clusters();
    Set<String> names = clusters.stream().map(ClusterSettings::name).collect(Collectors.toSet());
    Optional<String> first =
        top.text("default", names::contains, "a cluster of this file: " + String.join(", ", names));
    return new UpstreamConfig(clusters, first, slack, collect, store, port);
  }

  private List<ClusterSettings> clusters() {
    List<ClusterSettings> clusters = new ArrayList<>();
    List<Node> items = top.items("clusters");
    for (int i = 0; i < items.size(); i++) {
      Section section = Section.of(top.origin(), "clusters[" + i + "]", items.get(i), CLUSTER);
      ClusterSettings cluster = cluster(section);
      if (clusters.stream().anyMatch(c -> c.name().equals(cluster.name()))) {
        throw section.bad("name", "\"" + cluster.name() + "\" is the name of another cluster too.");
      }
      clusters.add(cluster);
    }
    if (clusters.isEmpty()) {
      throw top.bad("clusters", "name at least one cluster.");
    }
    return clusters;
  }

  private ClusterSettings cluster(Section c) {
    String name =
        c.text("name", n -> n.matches(NAME), "a name of letters, digits, dots and dashes")
            .orElseThrow(() -> c.bad("every cluster needs a name."));
    if (name.equals("all")) {
      throw c.bad("name", "\"all\" means every cluster; choose another name.");
    }
    Section caps = c.section("caps", List.of("parallelRequests", "parallelChecks"));
    return new ClusterSettings(
        name,
        source(c),
        c.texts("reachedBy", ConfigFile::hostOrCidr, "a host or a CIDR such as 10.0.0.0/8")
            .orElse(List.of()),
        c.texts("istiodNamespaces", n -> n.matches(LABEL), "a namespace")
            .orElse(ClusterSettings.USUAL_ISTIOD_NAMESPACES),
        new Caps(
            caps.number("parallelRequests", 1, 100).orElse(Caps.USUAL.parallelRequests()),
            caps.number("parallelChecks", 1, 100).orElse(Caps.USUAL.parallelChecks())));
  }

  private ClusterSource source(Section c) {
    boolean inCluster = c.flag("inCluster").orElse(false);
    boolean kubeconfig = c.has("kubeconfig") || c.has("context");
    if ((inCluster ? 1 : 0) + (kubeconfig ? 1 : 0) + (c.has("bundle") ? 1 : 0) > 1) {
      throw c.bad("is read from one place: kubeconfig (with context), inCluster or bundle.");
    }
    if (inCluster) {
      return new ClusterSource.InCluster();
    }
    Optional<Path> bundle = path(c, "bundle");
    return bundle.isPresent()
        ? new ClusterSource.Recording(bundle.get())
        : new ClusterSource.Kubeconfig(path(c, "kubeconfig"), c.text("context"));
  }

  /** As seen from the file's own directory; ~ is the home directory. */
  private Path fromHere(Path path) {
    return path.startsWith("~")
        ? Path.of(System.getProperty("user.home")).resolve(Path.of("~").relativize(path))
        : file.toAbsolutePath().resolveSibling(path).normalize();
  }

  private Optional<Path> path(Section section, String key) {
    return section
        .text(key)
        .map(
            t -> {
              Path found = fromHere(Path.of(t));
              if (!Files.isReadable(found)) {
                throw section.bad(key, "there is nothing to read at " + found + ".");
              }
              return found;
            });
  }

  private SlackSettings slack() {
    Section s =
        top.section("slack", List.of("mode", "baseUrl", "zone", "parallelChecks", "openChecks"));
    Optional<String> mode =
        s.text("mode", m -> m.equals("socket") || m.equals("http"), "socket or http");
    Optional<String> baseUrl =
        s.text("baseUrl", ConfigFile::apiUrl, "an https URL (http only on this machine)");
    Optional<String> zone =
        s.text("zone", ConfigFile::isZone, "a time zone such as UTC or Europe/Madrid");
    return new SlackSettings(
        mode.map(m -> m.equals("http") ? SlackMode.HTTP : SlackMode.SOCKET)
            .orElse(SlackSettings.USUAL.mode()),
        baseUrl
            .map(u -> URI.create(u.endsWith("/") ? u : u + "/"))
            .orElse(SlackSettings.USUAL.baseUrl()),
        zone.map(ZoneId::of).orElse(SlackSettings.USUAL.zone()),
        s.number("parallelChecks", 1, 100).orElse(SlackSettings.USUAL.parallelChecks()),
        s.number("openChecks", 1, 100_000).orElse(SlackSettings.USUAL.openChecks()));
  }

  private CollectSettings collect() {
    Section c = top.section("collect", List.of("deadline", "requestTimeout", "logLines"));
    return new CollectSettings(
        c.duration("deadline", Duration.ofMinutes(5)).orElse(CollectSettings.USUAL.deadline()),
        c.duration("requestTimeout", Duration.ofMinutes(1))
            .orElse(CollectSettings.USUAL.requestTimeout()),
        c.number("logLines", 1, 100_000).orElse(CollectSettings.USUAL.logLines()));
  }

  /** The token travels there: in clear text only to this machine. */
  private static boolean apiUrl(String text) {
    try {
      URI uri = new URI(text);
      String host = uri.getHost();
      boolean local =
          "http".equals(uri.getScheme())
              && ("127.0.0.1".equals(host) || "localhost".equals(host) || "[::1]".equals(host));
      return host != null
          && (local || "https".equals(uri.getScheme()))
          && uri.getUserInfo() == null
          && uri.getQuery() == null
          && uri.getFragment() == null;
    } catch (java.net.URISyntaxException e) {
      return false;
    }
  }

  private static boolean isZone(String text) {
    try {
      return !ZoneId.of(text).getId().isEmpty();
    } catch (DateTimeException e) {
      return false;
    }
  }

  private static boolean hostOrCidr(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      return text.matches(HOST) || text.matches("[0-9a-f:]+:[0-9a-f:]*");
    }
    String address = text.substring(0, slash);
    String bits = text.substring(slash + 1);
    boolean four = address.matches("\\d{1,3}(?:\\.\\d{1,3}){3}");
    boolean six = address.matches("[0-9a-f:]*:[0-9a-f:]*");
    return (four || six) && bits.matches("\\d{1,3}") && Integer.parseInt(bits) <= (four ? 32 : 128);
  }
}
