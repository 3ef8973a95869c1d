package dev.upstream.config;

import java.util.List;

/**
 * One cluster of upstream.yml.
 *
 * @param reachedBy hosts and CIDRs by which other clusters reach its edge and that no API shows
 */
public record ClusterSettings(
    String name,
    ClusterSource source,
    List<String> reachedBy,
    List<String> istiodNamespaces,
    Caps caps) {
  public static final List<String> USUAL_ISTIOD_NAMESPACES = List.of("istio-system");

  public ClusterSettings {
    reachedBy = List.copyOf(reachedBy);
    istiodNamespaces = List.copyOf(istiodNamespaces);
  }
}
