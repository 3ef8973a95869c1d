package dev.upstream.path;

import dev.upstream.snapshot.ClusterView;
import dev.upstream.snapshot.Kind;
import dev.upstream.snapshot.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the ways into a cluster for a host: Istio Gateway or Ingress, rule by rule. */
final class EdgeEntry {
  private final ClusterView cluster;
  private final PathBuilder path;

  EdgeEntry(ClusterView cluster, PathBuilder path) {
    this.cluster = cluster;
    this.path = path;
  }

  /** A way in: an Istio Gateway with a VirtualService's rule, or an Ingress entry. */
  record Way(
      String name,
      Optional<Resource> gateway,
      Optional<VirtualServices.Rule> rule,
      Optional<IngressRules.Entry> ingress) {}

  /** The ways for a host and path; several where rules are routes of their own. */
  static List<Way> ways(ClusterView cluster, String host, Optional<String> urlPath) {
    List<Way> ways = new ArrayList<>();
    for (Resource gateway : Edges.istioGateways(cluster, host)) {
      String name = gateway.namespace() + "/" + gateway.name();
      VirtualServices.forHost(cluster, name, "istio-system", host).stream()
          .flatMap(v -> VirtualServices.rules(v, urlPath, name).stream())
          .map(
              r ->
                  new Way(
                      r.virtualService().name() + " " + r.fieldPath(),
                      Optional.of(gateway),
                      Optional.of(r),
                      Optional.empty()))
          .forEach(ways::add);
    }
    List<IngressRules.Entry> entries = IngressRules.forHost(cluster, host);
    Optional<IngressRules.Entry> taking = IngressRules.taking(entries, urlPath.orElse("/"));
    List<IngressRules.Entry> chosen =
        taking.map(List::of).orElse(urlPath.isPresent() ? List.of() : entries);
    chosen.forEach(
        e ->
            ways.add(
                new Way(
                    e.ingress().name() + " " + e.path(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(e))));
    return ways;
  }

  void enter(PathBuilder.At at, String host, Optional<String> urlPath, int port) {
    List<Way> ways = ways(cluster, host, urlPath);
    ways.stream().findFirst().ifPresent(w -> go(at, w, host, port));
    notModelled(at.cluster(), host);
    if (ways.isEmpty()) {
      path.nothingTakes(at.cluster(), host);
    }
  }

  void go(PathBuilder.At at, Way way, String host, int port) {
    way.rule()
        .ifPresent(r -> way.gateway().ifPresent(g -> path.throughGateway(at, g, r, host, port)));
    way.ingress().ifPresent(e -> path.throughIngress(at, e, host));
  }

  /** Objects that name the host and take requests in ways that are not modelled. */
  void notModelled(String name, String host) {
    for (Resource route : cluster.objects().all(Kind.HTTP_ROUTE)) {
      if (route.at("spec").texts("hostnames").stream().anyMatch(h -> HostNames.covers(h, host))) {
        path.unsupported(name, route.ref(), "HTTPRoutes are not modelled yet.");
      }
    }
    for (Resource route : cluster.objects().all(Kind.ROUTE)) {
      if (route.at("spec").string("host").equals(host)) {
        path.unsupported(name, route.ref(), "OpenShift Routes are not modelled.");
      }
    }
  }
}
