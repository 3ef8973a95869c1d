package dev.upstream;

import dev.upstream.answer.Collector;
import dev.upstream.path.Ask;
import dev.upstream.slack.Case1;
import dev.upstream.snapshot.Snapshot;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** The clusters of the first founding case: counts what is asked of them, and can let it wait. */
final class Asked implements Collector {
  private final Collector case1 = Case1.collector();
  private final AtomicInteger count = new AtomicInteger();
  private volatile CountDownLatch gate = new CountDownLatch(0);

  /** From now on nothing is answered. */
  void hold() {
    gate = new CountDownLatch(1);
  }

  void release() {
    gate.countDown();
  }

  int count() {
    return count.get();
  }

  @Override
  public List<String> clusters() {
    return case1.clusters();
  }

  @Override
  public Optional<String> defaultCluster() {
    return case1.defaultCluster();
  }

  @Override
  public Snapshot collect(Ask ask) {
    count.incrementAndGet();
    try {
      gate.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return case1.collect(ask);
  }
}
