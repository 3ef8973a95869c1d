package dev.upstream;

import dev.upstream.answer.Collector;
import dev.upstream.bundle.BadBundle;
import dev.upstream.bundle.Bundle;
import dev.upstream.bundle.BundleCollector;
import dev.upstream.bundle.BundleReader;
import dev.upstream.bundle.BundleWriter;
import dev.upstream.cli.Clusters;
import dev.upstream.cli.Refusal;
import dev.upstream.cluster.ClusterSource;
import dev.upstream.cluster.Kubeconfigs;
import dev.upstream.cluster.Limits;
import dev.upstream.cluster.LiveCollector;
import dev.upstream.config.BadConfig;
import dev.upstream.config.UpstreamConfig;
import dev.upstream.path.Ask;
import dev.upstream.snapshot.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Opens the clusters of settings, kubeconfigs and recordings. */
final class ClusterAccess implements Clusters {
  private static final long LARGEST_KUBECONFIG = 4L * 1024 * 1024;

  @Override
  public Open live(Optional<Path> kubeconfig, Optional<Path> config, List<String> asked) {
    Optional<Path> settings =
        config.or(
            () ->
                kubeconfig.isEmpty() && Files.isReadable(UpstreamConfig.USUAL_FILE)
                    ? Optional.of(UpstreamConfig.USUAL_FILE)
                    : Optional.empty());
    kubeconfig.ifPresent(ClusterAccess::small);
    try {
      Optional<UpstreamConfig> read = settings.map(UpstreamConfig::read);
      boolean configured = read.map(c -> !c.clusters().isEmpty()).orElse(false);
      return new Opened(
          configured
              ? ConfiguredClusters.of(read.orElseThrow(), kubeconfig, asked)
              : contexts(kubeconfig, read.map(ConfiguredClusters::limits).orElse(Limits.DEFAULT)));
    } catch (BadConfig e) {
      throw new Refusal(String.valueOf(e.getMessage()));
    }
  }

  /** Nothing that never ends, and nothing that fills the memory. */
  static void small(Path file) {
    try {
      boolean fits = Files.isRegularFile(file) && Files.size(file) <= LARGEST_KUBECONFIG;
      if (Files.exists(file) && !fits) {
        throw new Refusal("The kubeconfig " + file + " is no file of at most 4 MiB.");
      }
    } catch (IOException e) {
      throw new Refusal("The kubeconfig " + file + " can't be read.");
    }
  }

  private static LiveCollector contexts(Optional<Path> kubeconfig, Limits limits) {
    Path file = Kubeconfigs.file(kubeconfig);
    small(file);
    if (!Files.isReadable(file)) {
      throw new Refusal(
          "There is no readable kubeconfig at "
              + file
              + ": name one with --kubeconfig, or a recording with --from.");
    }
    try {
      Kubeconfigs.Contexts contexts = Kubeconfigs.read(file, limits);
      List<ClusterSource> sources = contexts.clusters();
      if (sources.isEmpty()) {
        throw new Refusal("The kubeconfig " + file + " holds no context: name another one.");
      }
      Optional<String> current =
          contexts.current().filter(c -> sources.stream().anyMatch(s -> s.name().equals(c)));
      return new LiveCollector(sources, current, limits, Clock.systemUTC());
    } catch (Refusal e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw new Refusal("The kubeconfig " + file + " can't be read: it is no valid kubeconfig.");
    }
  }

  @Override
  public Open recorded(Path bundle) {
    return new Opened(new BundleCollector(read(bundle).snapshot()));
  }

  static Bundle read(Path bundle) {
    try {
      return new BundleReader().read(bundle);
    } catch (BadBundle e) {
      throw new Refusal(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public void mayWrite(Path where) {
    try {
      BundleWriter.mayWrite(where);
    } catch (IOException e) {
      throw new Refusal(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public void save(Snapshot snapshot, String target, Path where) {
    try {
      new BundleWriter().write(new Bundle(snapshot, Optional.of(target), Optional.empty()), where);
    } catch (BadBundle e) {
      throw new Refusal(e.sentence());
    } catch (IOException e) {
      throw new Refusal("The bundle could not be written to " + where + ": " + e.getMessage());
    }
  }

  private record Opened(Collector collector) implements Open {
    @Override
    public List<String> clusters() {
      return collector.clusters();
    }

    @Override
    public Optional<String> defaultCluster() {
      return collector.defaultCluster();
    }

    @Override
    public Snapshot collect(Ask ask) {
      return collector.collect(ask);
    }

    @Override
    public void close() {
      collector.close();
    }
  }
}
