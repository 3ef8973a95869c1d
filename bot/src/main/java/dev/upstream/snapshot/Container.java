package dev.upstream.snapshot;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One container of a pod: what was asked for, and what its status says. */
public record Container(Fields spec, Fields status) {
  /** A declared port; declaring it is information only, the process may listen on others. */
  public record Port(String name, int number, String protocol) {}

  /** The last time the container ended. */
  public record Termination(
      String reason, int exitCode, Optional<Instant> startedAt, Optional<Instant> finishedAt) {}

  public String name() {
    return spec.string("name");
  }

  public List<Port> ports() {
    return spec.list("ports").stream()
        .map(
            p ->
                new Port(
                    p.string("name"),
                    p.number("containerPort").orElse(0),
                    p.text("protocol").orElse("TCP")))
        .toList();
  }

  public boolean running() {
    return status.at("state", "running").present();
  }

  /** Whether its startup probe has passed; true where it has none. */
  public boolean started() {
    return !spec.at("startupProbe").present() || status.flag("started");
  }

  /** Whether it is the mesh's proxy beside the application. */
  public boolean meshProxy() {
    return name().equals("istio-proxy");
  }

  public boolean ready() {
    return status.flag("ready");
  }

  public int restarts() {
    return status.number("restartCount").orElse(0);
  }

  /** Why the container waits, such as CrashLoopBackOff; empty when it does not. */
  public String waitingReason() {
    return status.at("state", "waiting").string("reason");
  }

  public Optional<Termination> lastTermination() {
    return termination(status.at("state", "terminated"))
        .or(() -> termination(status.at("lastState", "terminated")));
  }

  private static Optional<Termination> termination(Fields t) {
    return t.present()
        ? Optional.of(
            new Termination(
                t.string("reason"),
                t.number("exitCode").orElse(0),
                t.time("startedAt"),
                t.time("finishedAt")))
        : Optional.empty();
  }

  public Optional<Instant> startedAt() {
    return status.time("state", "running", "startedAt");
  }

  /** A probe by its field name: readinessProbe, livenessProbe or startupProbe. */
  public Optional<Fields> probe(String field) {
    Fields probe = spec.at(field);
    return probe.present() ? Optional.of(probe) : Optional.empty();
  }
}
