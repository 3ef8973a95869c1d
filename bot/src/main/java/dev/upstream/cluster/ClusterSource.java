package dev.upstream.cluster;

import io.fabric8.kubernetes.client.Config;
import java.util.List;

/**
 * A cluster that can be asked.
 *
 * @param reachedBy hosts and CIDRs by which other clusters reach its edge
 */
public record ClusterSource(
    String name, Config config, List<String> istiodNamespaces, List<String> reachedBy) {
  public ClusterSource {
    istiodNamespaces = List.copyOf(istiodNamespaces);
    reachedBy = List.copyOf(reachedBy);
  }
}
