package dev.upstream.cluster;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Clusters from a kubeconfig file: every context is one. */
public final class Kubeconfigs {
  private Kubeconfigs() {}

  /** The file asked for, else KUBECONFIG, else the usual place. */
  public static Path file(Optional<Path> asked) {
    return asked.orElseGet(
        () ->
            Optional.ofNullable(System.getenv("KUBECONFIG"))
                .filter(k -> !k.isBlank())
                .map(k -> Path.of(k.split(java.io.File.pathSeparator, -1)[0]))
                .orElse(Path.of(System.getProperty("user.home"), ".kube", "config")));
  }

  /** The clusters of a file and the name of its current context. */
  public record Contexts(List<ClusterSource> clusters, Optional<String> current) {}

  public static Contexts read(Path file, Limits limits) throws IOException {
    String text = Files.readString(file);
    Config whole = Config.fromKubeconfig(text);
    List<ClusterSource> sources = new ArrayList<>();
    for (var context : whole.getContexts()) {
      sources.add(
          new ClusterSource(
              context.getName(),
              bounded(Config.fromKubeconfig(context.getName(), text, file.toString()), limits),
              List.of("istio-system"),
              List.of()));
    }
    return new Contexts(
        sources, Optional.ofNullable(whole.getCurrentContext()).map(c -> c.getName()));
  }

  /** A context by its name, else the current one; empty when the file has none such. */
  public static Optional<Config> context(Path file, Optional<String> name) throws IOException {
    String text = Files.readString(file);
    Config whole = Config.fromKubeconfig(text);
    Optional<String> wanted =
        name.or(() -> Optional.ofNullable(whole.getCurrentContext()).map(c -> c.getName()));
    return wanted
        .filter(w -> whole.getContexts().stream().anyMatch(c -> c.getName().equals(w)))
        .map(w -> Config.fromKubeconfig(w, text, file.toString()));
  }

  /** No retries: a cluster in trouble is asked once, within the deadline. */
  public static Config bounded(Config config, Limits limits) {
    int millis = Math.toIntExact(limits.request().toMillis());
    return new ConfigBuilder(config)
        .withConnectionTimeout(millis)
        .withRequestTimeout(millis)
        .withRequestRetryBackoffLimit(0)
        .withMaxConcurrentRequests(limits.concurrency() * 2)
        .withMaxConcurrentRequestsPerHost(limits.concurrency() * 2)
        .build();
  }
}
