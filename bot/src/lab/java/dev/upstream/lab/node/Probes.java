package dev.upstream.lab.node;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Probe;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** The probes of one container's run: each on its own beat, each outcome handed to the pod's own thread. */
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

  /** What a pod is told: a probe failed, or a kind of probe has crossed its threshold. */
  interface Listener {
    boolean active(Kind kind);

    void failed(Kind kind, String message);

    void crossed(Kind kind, boolean success);
  }

  private final List<ScheduledFuture<?>> beats = new ArrayList<>();

  void start(Machine machine, Container container, String address, java.util.function.Consumer<Runnable> mailbox, Listener listener) {
    beat(machine, container, address, Kind.STARTUP, container.getStartupProbe(), mailbox, listener);
    beat(machine, container, address, Kind.READINESS, container.getReadinessProbe(), mailbox, listener);
    beat(machine, container, address, Kind.LIVENESS, container.getLivenessProbe(), mailbox, listener);
  }

  @SuppressWarnings("FutureReturnValueIgnored")
  private void beat(
      Machine machine,
      Container container,
      String address,
      Kind kind,
      Probe probe,
      java.util.function.Consumer<Runnable> mailbox,
      Listener listener) {
    if (probe == null) {
      return;
    }
    Tally tally = new Tally(probe, kind, listener);
    Runnable check =
        () -> {
          Optional<String> failure = ProbeCheck.run(probe, container, address);
          mailbox.accept(() -> tally.count(failure));
        };
    beats.add(
        machine
            .clock()
            .scheduleAtFixedRate(
                () ->
                    mailbox.accept(
                        () -> {
                          if (listener.active(kind)) {
                            Thread.startVirtualThread(check);
                          }
                        }),
                Optional.ofNullable(probe.getInitialDelaySeconds()).orElse(0) * 1000L + 50,
                Optional.ofNullable(probe.getPeriodSeconds()).orElse(10) * 1000L,
                TimeUnit.MILLISECONDS));
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
      failure.ifPresent(message -> listener.failed(kind, kind.words() + " probe failed: " + message));
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
