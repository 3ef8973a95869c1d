package dev.upstream.path;

import dev.upstream.snapshot.AccessLogLine;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Which lines of a mesh proxy's log are requests of a leg: those to its hosts that go by its rule
 * and, where a path or method was asked for, ask for the same (RULES.md R6 and R8).
 */
public final class MeshRequests {
  private final Leg leg;
  private final Set<String> hosts = new HashSet<>();

  private MeshRequests(Leg leg) {
    this.leg = leg;
    hosts.add(leg.request().host());
    leg.taken()
        .ifPresent(
            t -> {
              t.rule().http().text("rewrite", "authority").ifPresent(hosts::add);
              hosts.addAll(VirtualServices.exactHosts(t.rule().virtualService()));
            });
    if (leg.backend() instanceof Backend.KubernetesService s && leg.taken().isEmpty()) {
      s.service().raw().at("spec").text("clusterIP").ifPresent(hosts::add);
    }
  }

  public static MeshRequests of(Leg leg) {
    return new MeshRequests(leg);
  }

  /**
   * Whether a line is one of them, wherever the request was sent.
   *
   * @param namespace of the proxy that wrote it
   */
  public boolean hold(AccessLogLine line, String namespace) {
    return hosts.stream().anyMatch(h -> named(line.authority(), h, namespace))
        && leg.request().path().map(p -> bare(line.path()).equals(p)).orElse(true)
        && leg.request().method().map(m -> line.method().equals(m)).orElse(true)
        && leg.taken().map(t -> t.table().mayHaveTaken(t.rule(), line)).orElse(true);
  }

  private static boolean named(String authority, String host, String namespace) {
    return HostNames.means(authority, host, namespace)
        || (host.startsWith("*") && HostNames.covers(host, HostNames.withoutPort(authority)));
  }

  private static String bare(String requested) {
    int query = requested.indexOf('?');
    return query < 0 ? requested : requested.substring(0, query);
  }

  /** The destination that a line names, when it leads into the mesh. */
  static Optional<String> outbound(Optional<String> upstreamCluster) {
    return upstreamCluster.filter(c -> c.startsWith("outbound|") && c.split("\\|", -1).length == 4);
  }
}
