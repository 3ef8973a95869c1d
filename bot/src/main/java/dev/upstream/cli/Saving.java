package dev.upstream.cli;

import dev.upstream.answer.Collector;
import dev.upstream.path.Ask;
import dev.upstream.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Passes on to a collector, measures how long it took and keeps what was seen. */
final class Saving implements Collector {
  private final Collector collector;
  private final List<Snapshot> seen = new ArrayList<>();
  private long nanos;

  Saving(Collector collector) {
    this.collector = collector;
  }

  @Override
  public List<String> clusters() {
    return collector.clusters();
  }

  @Override
  public Optional<String> defaultCluster() {
    return collector.defaultCluster();
  }

  @Override
  public Snapshot collect(Ask ask) {
    long start = System.nanoTime();
    Snapshot snapshot = collector.collect(ask);
    nanos += System.nanoTime() - start;
    seen.add(snapshot);
    return snapshot;
  }

  long millis() {
    return nanos / 1_000_000;
  }

  /** Everything that was seen, in the order of asking. */
  List<Snapshot> all() {
    return List.copyOf(seen);
  }

  /**
   * What was seen.
   *
   * @throws Refusal when it was seen from several clusters, each with what its own path needs
   */
  Snapshot only() {
    List<Snapshot> different = seen.stream().distinct().toList();
    if (different.size() != 1) {
      throw new Refusal(
          "What was seen from several clusters is no one bundle: name one --cluster.");
    }
    return different.getFirst();
  }
}
