package dev.upstream;

import dev.upstream.answer.Collector;
import dev.upstream.answer.CombinedCollector;
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
import dev.upstream.config.ClusterSettings;
import dev.upstream.config.UpstreamConfig;
import dev.upstream.path.Ask;
import dev.upstream.snapshot.ClusterView;
import dev.upstream.snapshot.Snapshot;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Opens the clusters of settings, kubeconfigs and recordings. */
final class ClusterAccess implements Clusters {
  private static final long LARGEST_KUBECONFIG = 4L * 1024 * 1024;

  @Override
  public Open live(Optional<Path> kubeconfig, Optional<Path> config, List<String> named) {
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
              ? of(read.orElseThrow(), further(read.orElseThrow(), kubeconfig, named))
              : contexts(kubeconfig, read.map(ClusterAccess::limits).orElse(Limits.DEFAULT)));
    } catch (BadConfig e) {
      throw new Refusal(String.valueOf(e.getMessage()));
    }
  }

  /** Contexts of the kubeconfig that were named and are no cluster of the settings. */
  private static List<ClusterSource> further(
      UpstreamConfig config, Optional<Path> kubeconfig, List<String> named) {
    List<String> known = config.clusters().stream().map(ClusterSettings::name).toList();
    Path file = Kubeconfigs.file(kubeconfig);
    if (named.stream().allMatch(n -> n.equals("all") || known.contains(n))
        || !Files.isReadable(file)) {
      return List.of();
    }
    try {
      return Kubeconfigs.read(file, limits(config)).clusters().stream()
          .filter(c -> named.contains(c.name()) && !known.contains(c.name()))
          .toList();
    } catch (IOException | RuntimeException e) {
      throw new Refusal("The kubeconfig " + file + " can't be read: it is no valid kubeconfig.");
    }
  }

  /** Nothing that never ends, and nothing that fills the memory. */
  private static void small(Path file) {
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

  /** The clusters of upstream.yml: live ones and recordings side by side. */
  static Collector of(UpstreamConfig config) {
    return of(config, List.of());
  }

  private static Collector of(UpstreamConfig config, List<ClusterSource> further) {
    List<ClusterSource> live = new ArrayList<>(further);
    List<ClusterView> recorded = new ArrayList<>();
    java.time.Instant at = java.time.Instant.EPOCH;
    Limits limits = limits(config);
    for (ClusterSettings cluster : config.clusters()) {
      switch (cluster.source()) {
        case dev.upstream.config.ClusterSource.Recording r -> {
          Snapshot snapshot = read(r.path()).snapshot();
          at = snapshot.at().isAfter(at) ? snapshot.at() : at;
          snapshot.clusters().values().stream()
              .findFirst()
              .ifPresent(v -> recorded.add(named(v, cluster)));
        }
        case dev.upstream.config.ClusterSource.Kubeconfig k ->
            live.add(source(cluster, kubeconfig(k), limits));
        case dev.upstream.config.ClusterSource.InCluster i ->
            live.add(source(cluster, new ConfigBuilder().build(), limits));
      }
    }
    List<Collector> collectors = new ArrayList<>();
    if (!live.isEmpty()) {
      collectors.add(new LiveCollector(live, config.defaultCluster(), limits, Clock.systemUTC()));
    }
    if (!recorded.isEmpty()) {
      collectors.add(new BundleCollector(Snapshot.of(at, recorded)));
    }
    return new CombinedCollector(collectors, config.defaultCluster());
  }

  private static ClusterView named(ClusterView v, ClusterSettings cluster) {
    return new ClusterView(
        cluster.name(),
        v.objects(),
        v.coverage(),
        v.proxies(),
        v.controlPlanes(),
        v.nodes(),
        v.logs(),
        v.gaps(),
        cluster.reachedBy().isEmpty() ? v.reachedBy() : cluster.reachedBy());
  }

  private static Config kubeconfig(dev.upstream.config.ClusterSource.Kubeconfig k) {
    Path file = Kubeconfigs.file(k.file());
    small(file);
    try {
      return Kubeconfigs.context(file, k.context())
          .orElseThrow(
              () ->
                  new Refusal(
                      "The kubeconfig "
                          + file
                          + " holds no context "
                          + k.context().map(c -> "\"" + c + "\"").orElse("that is current")
                          + "."));
    } catch (Refusal e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw new Refusal("The kubeconfig " + file + " can't be read: it is no valid kubeconfig.");
    }
  }

  private static ClusterSource source(ClusterSettings cluster, Config config, Limits limits) {
    return new ClusterSource(
        cluster.name(),
        Kubeconfigs.bounded(config, limits),
        cluster.istiodNamespaces(),
        cluster.reachedBy());
  }

  private static Limits limits(UpstreamConfig config) {
    int parallel =
        config.clusters().stream().mapToInt(c -> c.caps().parallelRequests()).min().orElse(8);
    return new Limits(
        config.collect().requestTimeout(),
        config.collect().deadline(),
        parallel,
        config.collect().logLines());
  }

  @Override
  public Open recorded(Path bundle) {
    return new Opened(new BundleCollector(read(bundle).snapshot()));
  }

  private static Bundle read(Path bundle) {
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
      if (collector instanceof LiveCollector live) {
        live.close();
      }
    }
  }
}
