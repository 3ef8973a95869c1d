package dev.upstream.policy;

import java.util.List;

/**
 * Lets people read namespaces of clusters.
 *
 * @param name what those who wrote it call it; empty without a name
 * @param line where it begins in the file, counted from 1
 * @param column counted from 1
 */
public record ReadRule(
    String name,
    int line,
    int column,
    List<NamePattern> clusters,
    List<NamePattern> namespaces,
    Who who) {
  public ReadRule {
    clusters = List.copyOf(clusters);
    namespaces = List.copyOf(namespaces);
  }

  /** {@code rule "shop team" (line 12)}. */
  public String words() {
    return (name.isEmpty() ? "the rule" : "rule \"" + name + "\"") + " (line " + line + ")";
  }

  boolean inCluster(String cluster) {
    return clusters.stream().anyMatch(p -> p.matches(cluster));
  }

  boolean over(String cluster, String namespace) {
    return inCluster(cluster) && namespaces.stream().anyMatch(p -> p.matches(namespace));
  }
}
