package dev.upstream.answer;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Several directories side by side, each cluster asked of the one that has it. */
public final class CombinedDirectory implements Directory {
  private final List<Directory> directories;

  public CombinedDirectory(List<Directory> directories) {
    this.directories = List.copyOf(directories);
  }

  @Override
  public List<String> clusters() {
    return directories.stream().flatMap(d -> d.clusters().stream()).toList();
  }

  /** Only one of them has clusters to wait for: the others are recordings. */
  @Override
  public void ready(Collection<String> clusters, Duration most) {
    directories.forEach(
        d -> d.ready(clusters.stream().filter(d.clusters()::contains).toList(), most));
  }

  @Override
  public List<String> namespaces(String cluster) {
    return of(cluster).map(d -> d.namespaces(cluster)).orElse(List.of());
  }

  @Override
  public List<String> services(String cluster, String namespace) {
    return of(cluster).map(d -> d.services(cluster, namespace)).orElse(List.of());
  }

  @Override
  public List<ClusterStatus> status() {
    return directories.stream().flatMap(d -> d.status().stream()).toList();
  }

  private Optional<Directory> of(String cluster) {
    return directories.stream().filter(d -> d.clusters().contains(cluster)).findFirst();
  }
}
