package dev.upstream.slack;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Work that an acknowledgement does not wait for: Slack gives it three seconds. */
final class Background implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Background.class);
  private static final Duration LAST_WORDS = Duration.ofSeconds(3);

  /** Each may hold a recording in memory. */
  private final Semaphore room = new Semaphore(4);

  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("background-", 0).factory());

  void run(Runnable work) {
    after(
        () ->
            held(
                () -> {
                  work.run();
                  return true;
                }));
  }

  <T> Future<T> begin(Supplier<T> work) {
    return threads.submit(() -> held(work));
  }

  /** For what waits until something else has ended, and holds nothing itself. */
  void after(Runnable waiting) {
    threads.execute(
        () -> {
          try {
            waiting.run();
          } catch (RuntimeException e) {
            LOG.error("What was pressed came to nothing: {}", Trace.of(e));
          }
        });
  }

  private <T> T held(Supplier<T> work) {
    room.acquireUninterruptibly();
    try {
      return work.get();
    } finally {
      room.release();
    }
  }

  /** Lets what is under way come to its end. */
  @Override
  public void close() {
    threads.shutdown();
    try {
      if (!threads.awaitTermination(LAST_WORDS.toSeconds(), TimeUnit.SECONDS)) {
        threads.shutdownNow();
      }
    } catch (InterruptedException e) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
