package dev.upstream.answer;

import dev.upstream.path.Ask;
import dev.upstream.snapshot.Snapshot;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Remembers what a collector saw, by the cluster that was asked first. */
public final class Recording implements Collector {
  private final Collector collector;
  private final SortedMap<String, Snapshot> seen = new TreeMap<>();

  public Recording(Collector collector) {
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
    Snapshot snapshot = collector.collect(ask);
    synchronized (seen) {
      seen.put(ask.cluster(), snapshot);
    }
    return snapshot;
  }

  public SortedMap<String, Snapshot> seen() {
    synchronized (seen) {
      return new TreeMap<>(seen);
    }
  }
}
