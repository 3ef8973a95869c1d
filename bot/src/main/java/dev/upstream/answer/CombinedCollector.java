package dev.upstream.answer;

import dev.upstream.path.Ask;
import dev.upstream.snapshot.ClusterView;
import dev.upstream.snapshot.Gap;
import dev.upstream.snapshot.Snapshot;
import dev.upstream.snapshot.Source;
import java.util.List;
import java.util.Optional;

/** Several collectors side by side, each cluster asked of the one that has it. */
public final class CombinedCollector implements Collector {
  private final List<Collector> collectors;
  private final Optional<String> defaultCluster;

  public CombinedCollector(List<Collector> collectors, Optional<String> defaultCluster) {
    this.collectors = List.copyOf(collectors);
    this.defaultCluster = defaultCluster;
  }

  @Override
  public List<String> clusters() {
    return collectors.stream().flatMap(c -> c.clusters().stream()).toList();
  }

  @Override
  public Optional<String> defaultCluster() {
    return defaultCluster;
  }

  @Override
  public Snapshot collect(Ask ask) {
    return collectors.stream()
        .filter(c -> c.clusters().contains(ask.cluster()))
        .findFirst()
        .map(c -> c.collect(ask))
        .orElseGet(
            () ->
                Snapshot.of(
                    java.time.Instant.EPOCH,
                    List.of(
                        ClusterView.unseen(
                            ask.cluster(),
                            List.of(
                                new Gap(
                                    ask.cluster(),
                                    Source.OBJECTS,
                                    "* (the whole cluster)",
                                    Gap.Cause.NOT_COLLECTED,
                                    "No cluster of this name is configured.",
                                    "Add it to upstream.yml.")),
                            List.of()))));
  }

  @Override
  public void close() {
    collectors.forEach(Collector::close);
  }
}
