package dev.upstream.answer;

import dev.upstream.policy.Reader;
import java.util.List;

/** placeholder until dir4 */
public record ReadableDirectory(Directory all, Reader reader) implements Directory {
  @Override
  public List<String> clusters() {
    return all.clusters().stream().filter(reader::mayEnter).toList();
  }

  @Override
  public List<String> namespaces(String cluster) {
    return all.namespaces(cluster).stream().filter(n -> reader.may(cluster, n)).toList();
  }

  @Override
  public List<String> services(String cluster, String namespace) {
    return reader.may(cluster, namespace) ? all.services(cluster, namespace) : List.of();
  }

  @Override
  public List<ClusterStatus> status() {
    return all.status().stream().filter(s -> reader.mayEnter(s.cluster())).toList();
  }
}
