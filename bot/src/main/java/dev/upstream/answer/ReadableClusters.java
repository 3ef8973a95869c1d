package dev.upstream.answer;

import dev.upstream.path.Ask;
import dev.upstream.policy.Reader;
import dev.upstream.snapshot.Snapshot;
import java.util.List;
import java.util.Optional;

/** The clusters of which one person may read anything; the others are as if they were not there. */
public final class ReadableClusters implements Collector {
  private final Collector all;
  private final Reader reader;

  public ReadableClusters(Collector all, Reader reader) {
    this.all = all;
    this.reader = reader;
  }

  @Override
  public List<String> clusters() {
    return all.clusters().stream().filter(reader::mayEnter).toList();
  }

  @Override
  public Optional<String> defaultCluster() {
    return all.defaultCluster().filter(reader::mayEnter);
  }

  /** The request's path may lead on into other clusters: {@link Clearance#view} hides those. */
  @Override
  public Snapshot collect(Ask ask) {
    return all.collect(ask);
  }
}
