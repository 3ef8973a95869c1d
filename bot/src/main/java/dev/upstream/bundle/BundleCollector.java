package dev.upstream.bundle;

import dev.upstream.answer.Collector;
import dev.upstream.path.Ask;
import dev.upstream.snapshot.Snapshot;
import java.util.List;
import java.util.Optional;

/** Answers from a recording: there is nothing to collect, all of it was seen. */
public final class BundleCollector implements Collector {
  private final Snapshot snapshot;

  public BundleCollector(Snapshot snapshot) {
    this.snapshot = snapshot;
  }

  @Override
  public List<String> clusters() {
    return List.copyOf(snapshot.clusters().keySet());
  }

  @Override
  public Optional<String> defaultCluster() {
    return Optional.empty();
  }

  @Override
  public Snapshot collect(Ask ask) {
    return snapshot;
  }
}
