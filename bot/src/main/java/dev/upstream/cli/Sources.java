package dev.upstream.cli;

import dev.upstream.cluster.ClusterSource;
import dev.upstream.cluster.Kubeconfigs;
import dev.upstream.cluster.Limits;
import dev.upstream.cluster.LiveCollector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say which clusters there are. */
final class Sources {
  @Option(
      names = "--kubeconfig",
      paramLabel = "FILE",
      description = "kubeconfig to use; every context of it is a cluster")
  private @Nullable Path kubeconfig;

  @Option(
      names = "--cluster",
      paramLabel = "NAME",
      description = "the client's cluster, or all; may be repeated")
  private List<String> clusters = List.of();

  List<String> asked() {
    return clusters;
  }

  LiveCollector live() {
    Path file = Kubeconfigs.file(Optional.ofNullable(kubeconfig));
    if (!Files.isReadable(file)) {
      throw new Refusal(
          "There is no readable kubeconfig at "
              + file
              + ": name one with --kubeconfig, or a recording with --from.");
    }
    try {
      Kubeconfigs.Contexts contexts = Kubeconfigs.read(file, Limits.DEFAULT);
      List<ClusterSource> sources = contexts.clusters();
      Optional<String> first =
          contexts.current().filter(c -> sources.stream().anyMatch(s -> s.name().equals(c)));
      return new LiveCollector(sources, first, Limits.DEFAULT, Clock.systemUTC());
    } catch (IOException | RuntimeException e) {
      throw new Refusal("The kubeconfig " + file + " can't be read: " + e.getMessage());
    }
  }
}
