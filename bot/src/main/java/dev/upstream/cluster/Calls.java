package dev.upstream.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Calls to one cluster: few at a time, each within its time, all within one deadline. */
final class Calls implements AutoCloseable {
  private final Limits limits;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore slots;
  private final long end;

  Calls(Limits limits) {
    this(limits, new Semaphore(limits.concurrency()));
  }

  /**
   * @param slots one for each call at the same time, perhaps shared with others
   */
  Calls(Limits limits, Semaphore slots) {
    this.limits = limits;
    this.slots = slots;
    this.end = System.nanoTime() + limits.deadline().toNanos();
  }

  /** There was no answer in time; the message is a sentence. */
  static final class Late extends Exception {
    private static final long serialVersionUID = 1L;

    Late(String sentence) {
      super(sentence, null, false, false);
    }

    String sentence() {
      return String.valueOf(getMessage());
    }
  }

  /**
   * One call; what it throws comes as the cause.
   *
   * @throws Late when it takes longer than one request may, or than is left for the cluster
   */
  <T> T within(Callable<T> call) throws Late, ExecutionException {
    long left = end - System.nanoTime();
    if (left <= 0) {
      throw new Late(
          "Not asked any more: the " + seconds(limits.deadline()) + " for this cluster were over.");
    }
    Future<T> future = threads.submit(call);
    try {
      return future.get(Math.min(left, limits.request().toNanos()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw late(left);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Late("The check was stopped.");
    } finally {
      future.cancel(true);
    }
  }

  /** The client library has a clock of its own, which may be the first to ring. */
  Late noAnswer() {
    return late(Long.MAX_VALUE);
  }

  private Late late(long left) {
    return new Late(
        left < limits.request().toNanos()
            ? "No answer before the " + seconds(limits.deadline()) + " for this cluster were over."
            : "No answer in " + seconds(limits.request()) + ".");
  }

  private static String seconds(Duration time) {
    return time.toMillis() % 1_000 == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
  }

  /** Runs work side by side, and takes what it brings on this thread. */
  void sideBySide(List<Callable<Runnable>> work) {
    List<Future<Runnable>> running = new ArrayList<>();
    for (Callable<Runnable> task : work) {
      running.add(
          threads.submit(
              () -> {
                boolean mayCall = slots.tryAcquire(end - System.nanoTime(), TimeUnit.NANOSECONDS);
                try {
                  return task.call(); // without a slot its time is over, and it says so
                } finally {
                  if (mayCall) {
                    slots.release();
                  }
                }
              }));
    }
    for (Future<Runnable> one : running) {
      try {
        one.get().run();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (ExecutionException e) {
        throw new IllegalStateException(e.getCause());
      }
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
