package dev.upstream;

import dev.upstream.answer.ClusterStatus;
import dev.upstream.answer.Collector;
import dev.upstream.answer.Directory;
import java.util.List;

/** placeholder until dir4 */
record NamesOf(Collector collector) implements Directory {
  @Override
  public List<String> clusters() {
    return collector.clusters();
  }

  @Override
  public List<String> namespaces(String cluster) {
    return List.of();
  }

  @Override
  public List<String> services(String cluster, String namespace) {
    return List.of();
  }

  @Override
  public List<ClusterStatus> status() {
    return List.of();
  }
}
