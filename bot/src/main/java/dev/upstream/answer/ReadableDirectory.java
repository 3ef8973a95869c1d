package dev.upstream.answer;

import dev.upstream.policy.Reader;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/** What one person may choose from; the rest is as if it were not there. */
public final class ReadableDirectory implements Directory {
  private final Directory all;
  private final Reader reader;

  public ReadableDirectory(Directory all, Reader reader) {
    this.all = all;
    this.reader = reader;
  }

  @Override
  public List<String> clusters() {
    return all.clusters().stream().filter(reader::mayEnter).toList();
  }

  @Override
  public void ready(Collection<String> clusters, Duration most) {
    all.ready(clusters.stream().filter(reader::mayEnter).toList(), most);
  }

  @Override
  public List<String> namespaces(String cluster) {
    return reader.mayEnter(cluster)
        ? all.namespaces(cluster).stream().filter(n -> reader.may(cluster, n)).toList()
        : List.of();
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
