package dev.upstream.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say which clusters there are. */
final class Sources {
  @Option(
      names = "--from",
      paramLabel = "DIR_OR_ARCHIVE",
      description = "a recording or plain manifests instead of live clusters")
  private @Nullable Path from;

  @Option(
      names = "--kubeconfig",
      paramLabel = "FILE",
      description = "kubeconfig to use; every context of it is a cluster")
  private @Nullable Path kubeconfig;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "upstream.yml with clusters and settings")
  private @Nullable Path config;

  @Option(
      names = "--cluster",
      paramLabel = "NAME",
      description =
          "the client's cluster: one of upstream.yml, else a context of the kubeconfig; or all; may"
              + " be repeated")
  private List<String> clusters = List.of();

  boolean recorded() {
    return from != null;
  }

  List<String> asked() {
    return clusters;
  }

  /** An empty name would be the current directory. */
  static void named(String option, @Nullable Path value) {
    if (value != null && value.toString().isBlank()) {
      throw new Refusal(option + " is empty: name a file.");
    }
  }

  Clusters.Open open(Clusters access) {
    named("--from", from);
    named("--kubeconfig", kubeconfig);
    named("--config", config);
    if (from != null && (kubeconfig != null || config != null)) {
      throw new Refusal(
          "--from answers from a recording: "
              + (kubeconfig != null ? "--kubeconfig" : "--config")
              + " has no meaning beside it.");
    }
    return from != null
        ? access.recorded(from)
        : access.live(Optional.ofNullable(kubeconfig), Optional.ofNullable(config), clusters);
  }
}
