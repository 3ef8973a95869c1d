package dev.upstream.lab.node;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Probe;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * The probes of one container's run: each on its own beat, each outcome told on the pod's own
 * thread.
 */
final class Probes implements AutoCloseable {
  /** The kinds of probe, by the words of the kubelet. */
  enum Kind {
    STARTUP("Startup"),
    READINESS("Readiness"),
    LIVENESS("Liveness");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    String words() {
      return words;
    }
  }

  /**
   * Who is told: a probe failed, or has now failed or succeeded as often in a row as its threshold
   * says.
   */
  interface Listener {
    boolean active(Kind kind);

    void failed(Kind kind, String message);

    void crossed(Kind kind, boolean success);
  }

  private final List<ScheduledFuture<?>> beats = new ArrayList<>();

  void start(PodScope scope, Container container, Listener listener) {
    beat(
        scope, container, Kind.STARTUP, Optional.ofNullable(container.getStartupProbe()), listener);
    beat(
        scope,
        container,
        Kind.READINESS,
        Optional.ofNullable(container.getReadinessProbe()),
        listener);
    beat(
        scope,
        container,
        Kind.LIVENESS,
        Optional.ofNullable(container.getLivenessProbe()),
        listener);
  }

  private void beat(
      PodScope scope, Container container, Kind kind, Optional<Probe> wanted, Listener listener) {
    if (wanted.isEmpty()) {
      return;
    }
    Probe probe = wanted.get();
    Tally tally = new Tally(probe, kind, listener);
    Runnable check =
        () -> {
          Optional<String> failure = ProbeCheck.run(probe, container, scope.address());
          scope.post(() -> tally.count(failure));
        };
    Runnable look =
        () -> {
          if (listener.active(kind)) {
            Thread.startVirtualThread(check);
          }
        };
    long first = Optional.ofNullable(probe.getInitialDelaySeconds()).orElse(0) * 1000L + 50;
    long period = Optional.ofNullable(probe.getPeriodSeconds()).orElse(10) * 1000L;
    beats.add(
        scope
            .machine()
            .clock()
            .scheduleAtFixedRate(() -> scope.post(look), first, period, TimeUnit.MILLISECONDS));
  }

  /** Counts equal outcomes in a row. */
  private static final class Tally {
    private final Kind kind;
    private final Listener listener;
    private final int successes;
    private final int failures;
    private boolean lastSucceeded;
    private int inRow;

    Tally(Probe probe, Kind kind, Listener listener) {
      this.kind = kind;
      this.listener = listener;
      successes = Optional.ofNullable(probe.getSuccessThreshold()).orElse(1);
      failures = Optional.ofNullable(probe.getFailureThreshold()).orElse(3);
    }

    void count(Optional<String> failure) {
      if (!listener.active(kind)) {
        return;
      }
      boolean success = failure.isEmpty();
      inRow = success == lastSucceeded ? inRow + 1 : 1;
      lastSucceeded = success;
      failure.ifPresent(
          message -> listener.failed(kind, kind.words() + " probe failed: " + message));
      if (inRow == (success ? successes : failures)) {
        listener.crossed(kind, success);
      }
    }
  }

  @Override
  public void close() {
    beats.forEach(beat -> beat.cancel(false));
    beats.clear();
  }
}
