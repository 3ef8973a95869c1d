package dev.upstream.snapshot;

import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What one istiod says: its connected proxies, the services it knows and what it complained about
 * (pilot/pkg/xds/debug.go). Each istiod knows only its own proxies.
 *
 * @param duplicates cluster names of pilot_duplicate_envoy_clusters with istiod's message
 * @param metrics gauges and counters without labels that diagnosis reads
 */
public record ControlPlaneView(
    String namespace,
    String pod,
    Optional<List<SyncRow>> sync,
    List<RegistryService> registry,
    List<Shard> shards,
    Map<String, String> duplicates,
    Map<String, Double> metrics) {

  /**
   * The sync state of one proxy.
   *
   * @param proxy {@code pod.namespace}
   * @param types by xDS type (cluster, listener, route, endpoint): SYNCED, STALE or NOT_SENT
   * @param lastErrors what Envoy said when it refused a type
   */
  public record SyncRow(
      String clusterId, String proxy, Map<String, String> types, Map<String, String> lastErrors) {
    public SyncRow {
      types = Collections.unmodifiableSortedMap(new TreeMap<>(types));
      lastErrors = Collections.unmodifiableSortedMap(new TreeMap<>(lastErrors));
    }
  }

  /** One definition of a host as istiod knows it. */
  public record RegistryService(
      String hostname, String namespace, String name, List<Integer> ports, List<String> exportTo) {
    public RegistryService {
      ports = List.copyOf(ports);
      exportTo = List.copyOf(exportTo);
    }
  }

  /** The endpoints istiod believes in for a host, from one provider and cluster. */
  public record Shard(String hostname, String namespace, String origin, List<String> endpoints) {
    public Shard {
      endpoints = endpoints.stream().sorted().toList();
    }
  }

  public ControlPlaneView {
    sync = sync.map(rows -> rows.stream().sorted(Comparator.comparing(SyncRow::proxy)).toList());
    registry =
        registry.stream()
            .sorted(
                Comparator.comparing(RegistryService::hostname)
                    .thenComparing(RegistryService::namespace)
                    .thenComparing(RegistryService::name))
            .toList();
    shards =
        shards.stream()
            .sorted(
                Comparator.comparing(Shard::hostname)
                    .thenComparing(Shard::namespace)
                    .thenComparing(Shard::origin))
            .toList();
    duplicates = Collections.unmodifiableSortedMap(new TreeMap<>(duplicates));
    metrics = Collections.unmodifiableSortedMap(new TreeMap<>(metrics));
  }
}
