package dev.upstream.diagnosis.check.workload;

import dev.upstream.snapshot.Container;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How a container that is not ready ended the last time, while that still keeps it from serving.
 */
final class Endings {
  /** A start that takes longer than this is no longer the restart's fault. */
  private static final Duration START = Duration.ofMinutes(2);

  /** The kubelet forgets its back-off after a run of this length. */
  private static final Duration STEADY = Duration.ofMinutes(10);

  private Endings() {}

  /** It exits again and again: it waits for its next start, or is in one of its short runs. */
  static boolean crashing(Container c, Instant now) {
    if (c.ready()) {
      return false;
    }
    if (c.waitingReason().equals("CrashLoopBackOff")) {
      return true;
    }
    return c.running()
        ? c.restarts() > 1 && shortRun(c, now)
        : c.restarts() > 0 && c.lastTermination().isPresent() && c.waitingReason().isEmpty();
  }

  /** Its last end was a kill at its memory limit, and it has not come back since. */
  static boolean outOfMemory(Container c, Instant now) {
    boolean killed =
        !c.ready() && c.lastTermination().map(t -> t.reason().equals("OOMKilled")).orElse(false);
    return killed && (!c.running() || starting(c, now) || (c.restarts() > 1 && shortRun(c, now)));
  }

  private static boolean starting(Container c, Instant now) {
    return c.startedAt().map(s -> Duration.between(s, now).compareTo(START) <= 0).orElse(false);
  }

  /** The present run has not outlived the one before, which was short itself. */
  private static boolean shortRun(Container c, Instant now) {
    Optional<Duration> before =
        c.lastTermination()
            .flatMap(
                t -> t.startedAt().flatMap(s -> t.finishedAt().map(f -> Duration.between(s, f))));
    Optional<Duration> present = c.startedAt().map(s -> Duration.between(s, now));
    return before.isPresent()
        && present.isPresent()
        && before.get().compareTo(STEADY) < 0
        && (present.get().compareTo(before.get()) <= 0 || starting(c, now));
  }
}
