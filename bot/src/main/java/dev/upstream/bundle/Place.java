package dev.upstream.bundle;

import dev.upstream.snapshot.NodeFacts;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a file of a bundle is, by its path (PRODUCT.md section 3). */
sealed interface Place {
  record Notes() implements Place {}

  record Objects(String cluster) implements Place {}

  record Proxy(String cluster, String namespace, String pod, String file) implements Place {}

  record Istiod(String cluster, String pod, String file) implements Place {}

  record Log(String cluster, String namespace, String pod, String container, boolean previous)
      implements Place {}

  record Node(String cluster, String node, String file) implements Place {}

  /** The file of notes about the whole bundle. */
  String NOTES = "bundle.yaml";

  /** The one cluster of a bundle without {@code clusters/}. */
  String ONLY = "default";

  Set<String> FOLDERS =
      Set.of("clusters", "resources", "proxies", "istiod", "logs", "nodes", "metrics");

  /** How the files of a bundle are arranged. */
  record Layout(boolean clusters, Set<String> withResources) {
    private static final Pattern CLUSTER = Pattern.compile("clusters/([^/]+)/(.+)");
    private static final Pattern PROXY =
        Pattern.compile("proxies/([^/]+)/([^/]+)/(clusters\\.json|config_dump\\.json)");
    private static final Pattern ISTIOD =
        Pattern.compile(
            "istiod/([^/]+)/(syncz\\.json|push_status\\.json|registryz\\.json"
                + "|endpointShardz\\.json|metrics\\.txt|istiod\\.log)");
    private static final Pattern LOG =
        Pattern.compile("logs/([^/]+)/([^/]+)/([^/]+?)(\\.previous)?\\.log");
    private static final Pattern NODE = Pattern.compile("nodes/([^/]+)/([^/]+)");
    private static final Pattern RUNTIME = Pattern.compile("(?:proxies|istiod|metrics)/.*");
    private static final Pattern MANIFEST = Pattern.compile(".*\\.(?:yaml|yml|json)");
    private static final Pattern NOISE = Pattern.compile("(?:.*/)?(?:\\._[^/]*|__MACOSX/.*)");

    static Layout of(Set<String> paths) {
      boolean clusters = paths.stream().anyMatch(p -> CLUSTER.matcher(p).matches());
      Set<String> resources = new java.util.TreeSet<>();
      for (String path : paths) {
        Matcher m = CLUSTER.matcher(path);
        if (clusters && m.matches() && m.group(2).startsWith("resources/")) {
          resources.add(ClusterNames.decoded(m.group(1)));
        } else if (!clusters && path.startsWith("resources/")) {
          resources.add(ONLY);
        }
      }
      return new Layout(clusters, resources);
    }

    /** Without a folder {@code resources} every manifest below counts. */
    boolean lint(String cluster) {
      return !withResources.contains(cluster);
    }

    Optional<Place> of(String path) {
      if (NOISE.matcher(path).matches()) {
        return Optional.empty();
      }
      if (path.equals(NOTES)) {
        return Optional.of(new Notes());
      }
      if (!clusters) {
        return inside(ONLY, path);
      }
      Matcher m = CLUSTER.matcher(path);
      return m.matches() ? inside(ClusterNames.decoded(m.group(1)), m.group(2)) : Optional.empty();
    }

    private Optional<Place> inside(String cluster, String path) {
      Matcher proxy = PROXY.matcher(path);
      if (proxy.matches()) {
        return Optional.of(new Proxy(cluster, proxy.group(1), proxy.group(2), proxy.group(3)));
      }
      Matcher istiod = ISTIOD.matcher(path);
      if (istiod.matches()) {
        return Optional.of(new Istiod(cluster, istiod.group(1), istiod.group(2)));
      }
      Matcher log = LOG.matcher(path);
      if (log.matches()) {
        return Optional.of(
            new Log(cluster, log.group(1), log.group(2), log.group(3), log.group(4) != null));
      }
      Matcher node = NODE.matcher(path);
      if (node.matches() && NodeFacts.FILES.contains(node.group(2))) {
        return Optional.of(new Node(cluster, node.group(1), node.group(2)));
      }
      boolean manifest =
          MANIFEST.matcher(path).matches()
              && (lint(cluster) ? !RUNTIME.matcher(path).matches() : path.startsWith("resources/"));
      return manifest ? Optional.of(new Objects(cluster)) : Optional.empty();
    }
  }
}
