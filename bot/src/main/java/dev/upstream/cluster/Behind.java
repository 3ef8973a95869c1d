package dev.upstream.cluster;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A reading that runs behind those who want what it brings: only when somebody does, one at a time,
 * and after each a rest.
 */
final class Behind implements AutoCloseable {
  private final String name;
  private final Runnable reading;
  private final Duration rest;
  private final InstantSource clock;
  private CompletableFuture<Boolean> running = CompletableFuture.completedFuture(true);
  private Optional<Thread> thread = Optional.empty();
  private Optional<Instant> ended = Optional.empty();
  private boolean closed;

  Behind(String name, Runnable reading, Duration rest, InstantSource clock) {
    this.name = name;
    this.reading = reading;
    this.rest = rest;
    this.clock = clock;
  }

  /** Starts a reading if it is time for one; over where one has ended before. */
  synchronized CompletableFuture<Boolean> first() {
    CompletableFuture<Boolean> read = start();
    return ended.isPresent() ? CompletableFuture.completedFuture(true) : read;
  }

  /** Starts a reading if it is time for one, and waits for it. */
  void await(Duration most) {
    await(start(), most);
  }

  /** The reading that runs, or the last one. */
  synchronized CompletableFuture<Boolean> start() {
    boolean rests = ended.map(at -> clock.instant().isBefore(at.plus(rest))).orElse(false);
    if (!closed && running.isDone() && !rests) {
      CompletableFuture<Boolean> mine = new CompletableFuture<>();
      running = mine;
      thread = Optional.of(Thread.ofVirtual().name(name).start(() -> run(mine)));
    }
    return running;
  }

  private void run(CompletableFuture<Boolean> mine) {
    try {
      reading.run();
    } finally {
      end();
      mine.complete(true);
    }
  }

  private synchronized void end() {
    ended = Optional.of(clock.instant());
    thread = Optional.empty();
  }

  static void await(CompletableFuture<?> read, Duration most) {
    try {
      read.get(most.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (TimeoutException e) {
      // what is there has to do
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    thread.ifPresent(Thread::interrupt);
  }
}
