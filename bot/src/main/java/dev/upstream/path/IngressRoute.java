package dev.upstream.path;

import dev.upstream.snapshot.ClusterView;
import dev.upstream.snapshot.Kind;
import java.util.Optional;

/** The Ingress entry behind a leg, and which requests go its way. */
public final class IngressRoute {
  private final IngressTable table;
  private final IngressRules.Entry entry;
  private final String host;

  private IngressRoute(IngressTable table, IngressRules.Entry entry, String host) {
    this.table = table;
    this.entry = entry;
    this.host = host;
  }

  /** The route of a leg; empty where no Ingress decides it. */
  public static Optional<IngressRoute> of(ClusterView cluster, Leg leg, String host) {
    return leg.route()
        .filter(p -> p.ref().kind().equals(Kind.INGRESS.kind()))
        .flatMap(
            p ->
                cluster
                    .objects()
                    .find(Kind.INGRESS, p.ref().namespace(), p.ref().name())
                    .flatMap(
                        i -> {
                          IngressTable table = EdgeEntry.table(cluster, i, host);
                          return table.entry(p).map(entry -> new IngressRoute(table, entry, host));
                        }));
  }

  /** What ingress-nginx calls the backend in its log. */
  public String upstreamName() {
    return entry.upstreamName();
  }

  /**
   * Whether another namespace's backend has the same name there: its parts are joined by dashes.
   */
  public boolean sharesItsName(ClusterView cluster) {
    String own = entry.ingress().namespace();
    return cluster.objects().all(Kind.INGRESS).stream()
        .filter(i -> !i.namespace().equals(own) && upstreamName().startsWith(i.namespace() + "-"))
        .flatMap(i -> IngressRules.entries(i, h -> true).stream())
        .anyMatch(e -> e.upstreamName().equals(upstreamName()));
  }

  public boolean takes(String path) {
    return table
        .taking(path)
        .map(IngressRules.Entry::place)
        .filter(entry.place()::equals)
        .isPresent();
  }

  /** Whether a logged host is the target's. */
  public boolean hostIs(String logged) {
    return host.equals(IngressRules.ANY_HOST)
        || host.equals(logged)
        || IngressRules.wildcard(host, logged);
  }
}
