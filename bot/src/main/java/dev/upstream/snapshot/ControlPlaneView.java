package dev.upstream.snapshot;

import java.time.Duration;
import java.time.Instant;
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
   * @param sent when istiod sent what a STALE type has not acknowledged, as far as it says
   * @param lastErrors what Envoy said when it refused a type
   */
  public record SyncRow(
      String clusterId,
      String proxy,
      Map<String, String> types,
      Map<String, Instant> sent,
      Map<String, String> lastErrors) {
    /** Proxies acknowledge within seconds; until then nothing is wrong. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    public SyncRow {
      types = Collections.unmodifiableSortedMap(new TreeMap<>(types));
      sent = Collections.unmodifiableSortedMap(new TreeMap<>(sent));
      lastErrors = Collections.unmodifiableSortedMap(new TreeMap<>(lastErrors));
    }

    /** The types that the proxy should have acknowledged by now, in order (RULES.md R10). */
    public List<String> stale(Instant now) {
      return types.entrySet().stream()
          .filter(t -> t.getValue().equals("STALE"))
          .map(Map.Entry::getKey)
          .filter(t -> !sent.getOrDefault(t, Instant.MIN).isAfter(now.minus(PATIENCE)))
          .sorted()
          .toList();
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
