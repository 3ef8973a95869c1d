package dev.upstream.diagnosis.check;

import dev.upstream.diagnosis.Case;
import dev.upstream.path.Leg;
import dev.upstream.snapshot.AccessLogLine;
import dev.upstream.snapshot.EdgeLog;
import dev.upstream.snapshot.Pod;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How connections to single endpoints of a leg ended in the window, by its caller's logs. */
public final class Connects {
  /** How a connection ended. */
  public enum End {
    REFUSED,
    ANSWERED,
    /** 503 out of the endpoint: of the application, or of a sidecar that did not reach it. */
    UNAVAILABLE
  }

  /**
   * One connection that a log line tells of.
   *
   * @param endpoint address and port as the log writes them
   */
  public record Connect(Instant at, String endpoint, End end, String line) {
    public boolean refused() {
      return end == End.REFUSED;
    }
  }

  /** So long after its start a container without a readiness probe may not listen yet. */
  private static final Duration STARTING = Duration.ofSeconds(60);

  private final Map<String, List<Connect>> byEndpoint = new HashMap<>();

  private Connects(List<Connect> all) {
    all.stream()
        .sorted(Comparator.comparing(Connect::at))
        .forEach(k -> byEndpoint.computeIfAbsent(k.endpoint(), e -> new ArrayList<>()).add(k));
  }

  public static Connects of(Case c, Leg leg) {
    List<Connect> all = new ArrayList<>();
    for (AccessLogLine line : c.requests(leg)) {
      envoy(line).ifPresent(all::add);
    }
    for (AccessLogLine line : c.inbound(leg)) {
      envoy(line).filter(Connect::refused).ifPresent(all::add);
    }
    EdgeLog edge = c.edgeLog(leg);
    for (EdgeLog.Failure f : edge.failures()) {
      if (f.refused()) {
        all.add(new Connect(f.at(), f.upstream(), End.REFUSED, f.message()));
      }
    }
    for (EdgeLog.Request r : edge.requests()) {
      if (r.status() != 502 && r.status() != 504 && !r.tries().isEmpty()) {
        all.add(
            new Connect(
                r.at(), r.tries().getLast(), answered(r.status()), Integer.toString(r.status())));
      }
    }
    return new Connects(all);
  }

  private static Optional<Connect> envoy(AccessLogLine line) {
    if (line.upstreamHost().isEmpty()) {
      return Optional.empty();
    }
    String reason = (line.details() + " " + line.transportFailure()).toLowerCase(Locale.ROOT);
    boolean refused =
        line.flags().contains("UF") && reason.replace('_', ' ').contains("connection refused");
    // retries that were used up leave their flag beside the endpoint's own answer
    boolean answered = Set.of("URX").containsAll(line.flags()) && line.status() > 0;
    return refused || answered
        ? Optional.of(
            new Connect(
                line.at(),
                line.upstreamHost(),
                refused ? End.REFUSED : answered(line.status()),
                line.status()
                    + " "
                    + String.join(",", new java.util.TreeSet<>(line.flags()))
                    + " "
                    + line.details()))
        : Optional.empty();
  }

  private static End answered(int status) {
    return status == 503 ? End.UNAVAILABLE : End.ANSWERED;
  }

  /** Whether a container of the pod had only just started at a time. */
  public static boolean soonAfterStart(Pod pod, Instant at) {
    return pod.containers().stream()
        .filter(k -> !k.meshProxy())
        .flatMap(k -> k.startedAt().stream())
        .anyMatch(s -> !at.isBefore(s) && at.isBefore(s.plus(STARTING)));
  }

  /** Connections to one endpoint, oldest first. */
  public List<Connect> to(String address, int port) {
    String endpoint = (address.contains(":") ? "[" + address + "]" : address) + ":" + port;
    return byEndpoint.getOrDefault(endpoint, List.of());
  }

  /** The last thing seen of an endpoint. */
  public Optional<End> last(String address, int port) {
    return to(address, port).stream().reduce((a, b) -> b).map(Connect::end);
  }

  /** Whether it refused after it last answered, if it ever did. */
  public boolean refuses(String address, int port) {
    return to(address, port).stream()
        .filter(k -> k.end() != End.UNAVAILABLE)
        .reduce((a, b) -> b)
        .filter(Connect::refused)
        .isPresent();
  }

  public boolean answered(String address, int port) {
    return to(address, port).stream().anyMatch(k -> k.end() == End.ANSWERED);
  }
}
