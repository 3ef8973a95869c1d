package dev.upstream;

import dev.upstream.answer.Collector;
import dev.upstream.answer.CombinedCollector;
import dev.upstream.answer.CombinedDirectory;
import dev.upstream.answer.Directory;
import dev.upstream.bundle.BundleCollector;
import dev.upstream.bundle.BundleDirectory;
import dev.upstream.cli.Refusal;
import dev.upstream.cluster.ClusterDirectory;
import dev.upstream.cluster.ClusterSource;
import dev.upstream.cluster.InCluster;
import dev.upstream.cluster.Kubeconfigs;
import dev.upstream.cluster.Limits;
import dev.upstream.cluster.LiveCollector;
import dev.upstream.config.Caps;
import dev.upstream.config.ClusterSettings;
import dev.upstream.config.UpstreamConfig;
import dev.upstream.snapshot.ClusterView;
import dev.upstream.snapshot.Gap;
import dev.upstream.snapshot.Snapshot;
import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The clusters of upstream.yml: live ones and recordings side by side. */
final class ConfiguredClusters {
  private final UpstreamConfig config;
  private final Optional<Path> kubeconfig;
  private final List<ClusterSource> live = new ArrayList<>();
  private final List<ClusterView> recorded = new ArrayList<>();
  private final List<Directory> recordings = new ArrayList<>();
  private Instant at = Instant.EPOCH;

  private ConfiguredClusters(UpstreamConfig config, Optional<Path> kubeconfig) {
    this.config = config;
    this.kubeconfig = kubeconfig;
  }

  /**
   * @param kubeconfig for clusters that name none, instead of the usual one
   * @param asked names of clusters; one that is not configured may be a context of the kubeconfig
   */
  static Collector of(UpstreamConfig config, Optional<Path> kubeconfig, List<String> asked) {
    return read(config, kubeconfig, asked).reach().collector();
  }

  /** Every cluster of the settings. */
  static Reach reach(UpstreamConfig config) {
    return read(config, Optional.empty(), List.of()).reach();
  }

  static ConfiguredClusters read(
      UpstreamConfig config, Optional<Path> kubeconfig, List<String> asked) {
    ConfiguredClusters clusters = new ConfiguredClusters(config, kubeconfig);
    config.clusters().forEach(clusters::add);
    asked.stream()
        .distinct()
        .filter(a -> config.clusters().stream().noneMatch(c -> c.name().equals(a)))
        .forEach(clusters::addContext);
    return clusters;
  }

  List<ClusterSource> live() {
    return List.copyOf(live);
  }

  private Reach reach() {
    List<Collector> collectors = new ArrayList<>();
    List<Directory> directories = new ArrayList<>();
    List<AutoCloseable> parts = new ArrayList<>();
    if (!live.isEmpty()) {
      LiveCollector collector =
          new LiveCollector(live, config.defaultCluster(), limits(config), Clock.systemUTC());
      ClusterDirectory directory = collector.directory();
      collectors.add(collector);
      directories.add(directory);
      parts.addAll(List.of(directory, collector));
    }
    directories.addAll(recordings);
    if (!recorded.isEmpty()) {
      collectors.add(new BundleCollector(Snapshot.of(at, recorded)));
    }
    return new Reach(
        new CombinedCollector(collectors, config.defaultCluster()),
        new CombinedDirectory(directories),
        parts);
  }

  private void add(ClusterSettings cluster) {
    switch (cluster.source()) {
      case dev.upstream.config.ClusterSource.Recording r -> {
        Snapshot snapshot = ClusterAccess.read(r.path()).snapshot();
        at = snapshot.at().isAfter(at) ? snapshot.at() : at;
        ClusterView view = named(chosen(snapshot, cluster, r.path()), cluster);
        recorded.add(view);
        recordings.add(new BundleDirectory(Snapshot.of(snapshot.at(), List.of(view))));
      }
      case dev.upstream.config.ClusterSource.Kubeconfig k -> live.add(source(cluster, context(k)));
      case dev.upstream.config.ClusterSource.InCluster i ->
          live.add(
              source(
                  cluster,
                  InCluster.config(System.getenv(), InCluster.SERVICE_ACCOUNT)
                      .orElseThrow(
                          () ->
                              new Refusal(
                                  "Cluster "
                                      + cluster.name()
                                      + " is inCluster, but this runs in no pod with a service"
                                      + " account."))));
    }
  }

  /** The one cluster of a recording, or of several the one that has the name. */
  private static ClusterView chosen(Snapshot snapshot, ClusterSettings cluster, Path path) {
    Map<String, ClusterView> all = snapshot.clusters();
    return all.size() == 1
        ? all.values().iterator().next()
        : snapshot
            .cluster(cluster.name())
            .orElseThrow(
                () ->
                    new Refusal(
                        "The recording "
                            + path
                            + " holds the clusters "
                            + String.join(", ", all.keySet())
                            + ", and none of them is named "
                            + cluster.name()
                            + "."));
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
        v.gaps().stream()
            .map(
                g ->
                    new Gap(
                        cluster.name(), g.source(), g.scope(), g.cause(), g.detail(), g.remedy()))
            .toList(),
        cluster.reachedBy().isEmpty() ? v.reachedBy() : cluster.reachedBy());
  }

  private void addContext(String name) {
    Path file = Kubeconfigs.file(kubeconfig);
    if (Files.isReadable(file)) {
      read(file, Optional.of(name))
          .map(
              c ->
                  new ClusterSource(
                      name,
                      Kubeconfigs.bounded(c, limits(config)),
                      ClusterSettings.USUAL_ISTIOD_NAMESPACES,
                      List.of()))
          .ifPresent(live::add);
    }
  }

  private Config context(dev.upstream.config.ClusterSource.Kubeconfig k) {
    Path file = Kubeconfigs.file(k.file().or(() -> kubeconfig));
    return read(file, k.context())
        .orElseThrow(
            () ->
                new Refusal(
                    "The kubeconfig "
                        + file
                        + " holds no context "
                        + k.context().map(c -> "\"" + c + "\"").orElse("that is current")
                        + "."));
  }

  private static Optional<Config> read(Path file, Optional<String> context) {
    ClusterAccess.small(file);
    try {
      return Kubeconfigs.context(file, context);
    } catch (IOException | RuntimeException e) {
      throw new Refusal("The kubeconfig " + file + " can't be read: it is no valid kubeconfig.");
    }
  }

  private ClusterSource source(ClusterSettings cluster, Config client) {
    Limits own = limits(config, cluster.caps());
    return new ClusterSource(
        cluster.name(),
        Kubeconfigs.bounded(client, own),
        cluster.istiodNamespaces(),
        cluster.reachedBy(),
        Optional.of(own));
  }

  /** Of clusters that have no caps of their own. */
  static Limits limits(UpstreamConfig config) {
    return limits(config, Caps.USUAL);
  }

  private static Limits limits(UpstreamConfig config, Caps caps) {
    return new Limits(
        config.collect().requestTimeout(),
        config.collect().deadline(),
        caps.parallelRequests(),
        config.collect().logLines());
  }
}
