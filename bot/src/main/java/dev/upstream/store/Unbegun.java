package dev.upstream.store;

import dev.upstream.conversation.Work;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that a check says that it waits, when nobody began it within a second: its clusters
 * are full, or all who could begin it are at work.
 */
final class Unbegun implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Unbegun.class);
  private static final Duration AT_ONCE = Duration.ofSeconds(1);
  private static final Duration LAST_WORDS = Duration.ofSeconds(1);

  private final SqlLedger ledger;
  private final Work work;
  private final InstantSource clock;
  private final Duration every;
  private final Thread loop;
  private volatile boolean stopped;

  private Unbegun(SqlLedger ledger, Work work, InstantSource clock, Duration every) {
    this.ledger = ledger;
    this.work = work;
    this.clock = clock;
    this.every = every;
    this.loop = Thread.ofPlatform().name("unbegun").daemon().unstarted(this::run);
  }

  static Unbegun watch(SqlLedger ledger, Work work, InstantSource clock, Duration every) {
    Unbegun unbegun = new Unbegun(ledger, work, clock, every);
    unbegun.loop.start();
    return unbegun;
  }

  private void run() {
    while (!stopped) {
      try {
        Thread.sleep(every);
        round();
      } catch (InterruptedException e) {
        stopped = true;
      } catch (RuntimeException e) {
        LOG.warn("Checks that wait are not told so: {}", e.toString());
      }
    }
  }

  private void round() {
    Instant longAgo = clock.instant().minus(AT_ONCE);
    for (String run : ledger.unbegun(longAgo)) {
      ledger.waits(run, work::waits);
    }
  }

  @Override
  public void close() {
    stopped = true;
    loop.interrupt();
    try {
      loop.join(LAST_WORDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
