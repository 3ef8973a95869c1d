package dev.upstream.lab.node;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * Keeps one container going: opens its ports, probes it, and starts it again when a probe condemns
 * it.
 */
final class ContainerLife implements Probes.Listener {
  private final PodScope scope;
  private final ContainerRun run;
  private final boolean serves;
  private final Listeners listeners = new Listeners();
  private final Probes probes = new Probes();

  /** A container whose ports somebody else serves, as Envoy does for a gateway, is only probed. */
  ContainerLife(PodScope scope, ContainerRun run, boolean serves) {
    this.scope = scope;
    this.run = run;
    this.serves = serves;
  }

  void start() {
    run.run();
    open();
    probes.start(scope, run.container(), this);
  }

  void stop() {
    probes.close();
    listeners.close();
  }

  /** The ports have changed while it runs. */
  void reopen() {
    if (run.running()) {
      listeners.close();
      open();
    }
  }

  private void open() {
    Behaviour wanted = scope.behaviour();
    if (!serves) {
      return;
    }
    if (wanted.acceptAfter().isZero()) {
      listen(wanted);
    } else {
      scope.postAfter(
          wanted.acceptAfter(),
          () -> {
            if (!scope.ended() && run.running() && wanted.sameListeners(scope.behaviour())) {
              listen(wanted);
            }
          });
    }
  }

  private void listen(Behaviour wanted) {
    listeners.close();
    listeners.open(
        scope.pod(),
        scope.address(),
        Listeners.ports(run.container(), wanted),
        scope::behaviour,
        line -> scope.log(run.name(), line));
  }

  @Override
  public boolean active(Probes.Kind kind) {
    return !scope.ended() && run.running() && run.started() != (kind == Probes.Kind.STARTUP);
  }

  @Override
  public void failed(Probes.Kind kind, String message) {
    scope.machine().events().warning(scope.pod(), Optional.of(run.name()), "Unhealthy", message);
  }

  @Override
  public void crossed(Probes.Kind kind, boolean success) {
    switch (kind) {
      case READINESS -> run.ready(success);
      case STARTUP -> {
        if (success) {
          run.startupSucceeded();
        } else {
          restart(kind);
        }
      }
      case LIVENESS -> {
        if (!success) {
          restart(kind);
        }
      }
    }
    scope.publish();
  }

  /** The first restart comes at once, the next ones after the kubelet's back-off. */
  private void restart(Probes.Kind kind) {
    String probe = kind.words().toLowerCase(Locale.ROOT);
    scope
        .machine()
        .events()
        .normal(
            scope.pod(),
            Optional.of(run.name()),
            "Killing",
            "Container %s failed %s probe, will be restarted".formatted(run.name(), probe));
    stop();
    run.restartAfter("Error", 137, run.restarts() + 1);
    if (run.restarts() == 1) {
      start();
      return;
    }
    Duration delay = Duration.ofSeconds(Math.min(300, 10L << Math.min(run.restarts() - 2, 5)));
    String words = delay.toString().substring(2).toLowerCase(Locale.ROOT);
    PlayedState.backOff(scope.pod(), run, scope.machine().events(), words);
    scope.postAfter(
        delay,
        () -> {
          if (!scope.ended()) {
            start();
            scope.publish();
          }
        });
  }
}
