package dev.upstream.snapshot;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What was seen of every cluster that a check asked.
 *
 * @param at the "now" of the diagnosis: the time of reading, or a recording's capture time
 */
public record Snapshot(Instant at, SortedMap<String, ClusterView> clusters) {
  public Snapshot {
    clusters = Collections.unmodifiableSortedMap(new TreeMap<>(clusters));
  }

  public static Snapshot of(Instant at, List<ClusterView> views) {
    Map<String, ClusterView> byName = new TreeMap<>();
    views.forEach(v -> byName.put(v.name(), v));
    return new Snapshot(at, new TreeMap<>(byName));
  }

  public Optional<ClusterView> cluster(String name) {
    return Optional.ofNullable(clusters.get(name));
  }

  public List<Gap> gaps() {
    return clusters.values().stream().flatMap(c -> c.gaps().stream()).sorted().toList();
  }
}
