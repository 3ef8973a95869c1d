package dev.upstream.cluster;

import io.fabric8.kubernetes.client.Config;
import java.util.List;
import java.util.Optional;

/**
 * A cluster that can be asked.
 *
 * @param reachedBy hosts and CIDRs by which other clusters reach its edge
 * @param limits of this cluster alone; empty for those of all
 */
public record ClusterSource(
    String name,
    Config config,
    List<String> istiodNamespaces,
    List<String> reachedBy,
    Optional<Limits> limits) {
  public ClusterSource {
    istiodNamespaces = List.copyOf(istiodNamespaces);
    reachedBy = List.copyOf(reachedBy);
  }

  public ClusterSource(
      String name, Config config, List<String> istiodNamespaces, List<String> reachedBy) {
    this(name, config, istiodNamespaces, reachedBy, Optional.empty());
  }
}
