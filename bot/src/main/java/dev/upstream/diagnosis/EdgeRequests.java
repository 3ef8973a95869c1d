package dev.upstream.diagnosis;

import dev.upstream.path.IngressRoute;
import dev.upstream.path.Leg;
import dev.upstream.path.RequestPath;
import dev.upstream.snapshot.ClusterView;
import dev.upstream.snapshot.EdgeLog;
import dev.upstream.snapshot.Pod;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which lines of an Ingress controller's log speak of a leg: access lines by the backend's name and
 * the path that they asked for, because they do not carry the host; error lines by host and path.
 */
final class EdgeRequests {
  private final Optional<IngressRoute> route;
  private final Optional<String> asked;
  private final Window window;
  private final Optional<Set<String>> addresses;
  private final Map<String, Boolean> taken = new HashMap<>();

  /**
   * @param addresses where the requests must have gone, when the backend's name alone may mean
   *     another one
   */
  private EdgeRequests(
      Optional<IngressRoute> route,
      Optional<String> asked,
      Window window,
      Optional<Set<String>> addresses) {
    this.route = route;
    this.asked = asked;
    this.window = window;
    this.addresses = addresses;
  }

  static EdgeRequests of(
      ClusterView view, RequestPath path, Leg leg, List<Pod> pods, Window window) {
    Optional<IngressRoute> route = IngressRoute.of(view, leg, path.host());
    Set<String> own = pods.stream().flatMap(p -> p.ip().stream()).collect(Collectors.toSet());
    return new EdgeRequests(
        route, path.path(), window, route.filter(r -> r.sharesItsName(view)).map(r -> own));
  }

  EdgeLog in(EdgeLog log) {
    return route
        .map(
            r ->
                log.only(
                    q ->
                        window.holds(q.at())
                            && q.upstreamName().equals(r.upstreamName())
                            && own(q)
                            && ofHost(r, q)
                            && takes(r, q.path()),
                    f -> window.holds(f.at()) && r.hostIs(f.host()) && takes(r, f.path())))
        .map(Recovery::since)
        .orElse(EdgeLog.EMPTY);
  }

  /** Error lines tell the host of a request where its access line does not. */
  private static boolean ofHost(IngressRoute route, EdgeLog.Request request) {
    return request.failures().isEmpty()
        || request.failures().stream().anyMatch(f -> route.hostIs(f.host()));
  }

  private boolean own(EdgeLog.Request request) {
    return addresses
        .map(
            a ->
                request.tries().stream()
                    .anyMatch(t -> a.contains(t.substring(0, Math.max(0, t.lastIndexOf(':'))))))
        .orElse(true);
  }

  /** The target's requests are those of the path asked for, else those of the route (R8). */
  private boolean takes(IngressRoute r, String path) {
    return asked.map(path::equals).orElseGet(() -> taken.computeIfAbsent(path, p -> r.takes(p)));
  }
}
