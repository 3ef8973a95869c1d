package dev.upstream.slack;

import dev.upstream.conversation.Outbox;
import dev.upstream.conversation.Taken;
import dev.upstream.conversation.Wanted;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings what is wanted to Slack, for as long as the service runs; every replica has one. */
public final class Courier implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Courier.class);
  private static final int HANDS = 8;

  /** Longer than any call of {@link SlackApi} takes. */
  private static final Duration LEASE = Duration.ofSeconds(40);

  private static final Duration LAST_ROUND = Duration.ofSeconds(2);

  /** What is cut short then has an unknown end, and is looked for by the next courier. */
  private static final Duration LAST_WORDS = Duration.ofSeconds(6);

  private static final long IDLE_MILLIS = 200;
  private static final long TROUBLED_MILLIS = 2_000;

  private final Outbox outbox;
  private final Errand errand;
  private final InstantSource clock;
  private final Semaphore free = new Semaphore(HANDS);
  private final Semaphore woken = new Semaphore(0);
  private final ExecutorService hands =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("courier-", 0).factory());
  private final Thread loop;
  private volatile boolean stopped;

  /** What to say when Slack will never take a message, such as an invitation for its asker. */
  public interface Undelivered {
    /**
     * @param error Slack's own word, or {@code outcome_unknown} for a whisper that may have come
     *     through
     */
    List<Wanted> instead(Wanted wanted, String error);
  }

  private Courier(Outbox outbox, SlackApi slack, Undelivered undelivered, InstantSource clock) {
    this.outbox = outbox;
    this.errand = new Errand(outbox, slack, undelivered, clock);
    this.clock = clock;
    this.loop = Thread.ofPlatform().name("courier").daemon().unstarted(this::run);
  }

  /** Begins to take messages. */
  public static Courier start(
      Outbox outbox, SlackApi slack, Undelivered undelivered, InstantSource clock) {
    Courier courier = new Courier(outbox, slack, undelivered, clock);
    courier.loop.start();
    return courier;
  }

  /** Something was wanted just now. */
  public void wake() {
    woken.release();
  }

  private void run() {
    while (!stopped) {
      long pause = IDLE_MILLIS;
      try {
        pause = round() ? 0 : IDLE_MILLIS;
      } catch (RuntimeException e) {
        LOG.warn("The outbox can't be read, messages wait: {}", Trace.of(e));
        pause = TROUBLED_MILLIS;
      }
      rest(pause);
    }
  }

  private void rest(long millis) {
    try {
      woken.tryAcquire(millis, TimeUnit.MILLISECONDS);
      woken.drainPermits();
    } catch (InterruptedException e) {
      stopped = true;
    }
  }

  /** Whether something went on its way. */
  private boolean round() {
    int most = free.availablePermits();
    if (most == 0) {
      return false;
    }
    List<Taken> taken = outbox.take(most, LEASE, clock.instant());
    for (Taken message : taken) {
      free.acquireUninterruptibly();
      hands.execute(() -> carry(message));
    }
    return !taken.isEmpty();
  }

  private void carry(Taken message) {
    try {
      errand.run(message);
    } catch (RuntimeException e) {
      LOG.warn("Message {} comes again: {}", message.wanted().id(), Trace.of(e));
    } finally {
      free.release();
      woken.release();
    }
  }

  /** Lets what is on its way arrive; the rest waits for the next courier. */
  @Override
  public void close() {
    stopped = true;
    woken.release();
    try {
      loop.join(LAST_ROUND);
      hands.shutdown();
      if (!hands.awaitTermination(LAST_WORDS.toSeconds(), TimeUnit.SECONDS)) {
        hands.shutdownNow();
      }
    } catch (InterruptedException e) {
      hands.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
