package dev.upstream.path;

import dev.upstream.path.IngressRules.Entry;
import dev.upstream.snapshot.ClusterView;
import dev.upstream.snapshot.Kind;
import dev.upstream.snapshot.Resource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

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
      Optional<RouteTable.Taken> taken,
      List<VirtualServices.Rule> doubtful,
      Optional<Entry> ingress) {
    Way {
      doubtful = List.copyOf(doubtful);
    }

    static Way of(Entry entry) {
      return new Way(
          entry.ingress().name() + " " + entry.path(),
          Optional.empty(),
          Optional.empty(),
          List.of(),
          Optional.of(entry));
    }
  }

  /** The ways for a host and path; several where rules are routes of their own. */
  static List<Way> ways(ClusterView cluster, Request request, Optional<String> destination) {
    String host = request.host();
    List<Way> ways = new ArrayList<>();
    for (Resource gateway : Edges.istioGateways(cluster, host)) {
      RouteTable table = RouteTable.of(cluster, Edges.router(cluster, gateway, host), host);
      RouteTable.Chosen chosen = table.choose(request, destination);
      chosen.rules().stream()
          .map(
              r ->
                  new Way(
                      r.words(),
                      Optional.of(gateway),
                      Optional.of(new RouteTable.Taken(table, r)),
                      chosen.doubtful(),
                      Optional.empty()))
          .forEach(ways::add);
    }
    List<Way> unserved = new ArrayList<>();
    owned(cluster, i -> IngressRules.names(i, host))
        .forEach(
            (owner, ingresses) ->
                (owner instanceof IngressOwner.MissingClass ? unserved : ways)
                    .addAll(ways(IngressTable.named(ingresses, host), request.path())));
    return ways.isEmpty() ? unserved : ways;
  }

  /** The ways for a host that no rule names. */
  static List<Way> catchAll(ClusterView cluster, Optional<String> urlPath) {
    return owned(cluster, IngressRules::takesAnyHost).entrySet().stream()
        .filter(e -> !(e.getKey() instanceof IngressOwner.MissingClass))
        .flatMap(e -> ways(IngressTable.catchAll(e.getValue()), urlPath).stream())
        .toList();
  }

  /** The hosts of an Ingress, each a route of its own. */
  static List<String> hostsOf(Resource ingress) {
    List<String> hosts = IngressRules.hosts(ingress);
    return hosts.isEmpty()
        ? List.of(IngressRules.ANY_HOST)
        : hosts.stream().map(h -> h.isEmpty() ? IngressRules.ANY_HOST : h).toList();
  }

  /** The ways for a host that lead through one Ingress. */
  static List<Way> waysThrough(ClusterView cluster, Resource ingress, String host) {
    IngressTable table = table(cluster, ingress, host);
    Optional<Entry> root = table.taking("/").filter(e -> e.ingress().equals(ingress));
    return root
        .map(List::of)
        .orElseGet(() -> table.entries().stream().filter(e -> e.ingress().equals(ingress)).toList())
        .stream()
        .map(Way::of)
        .toList();
  }

  private static List<Way> ways(IngressTable table, Optional<String> urlPath) {
    Optional<Entry> taking = table.taking(urlPath.orElse("/"));
    List<Entry> chosen =
        taking.map(List::of).orElse(urlPath.isPresent() ? List.of() : table.entries());
    return chosen.stream().map(Way::of).toList();
  }

  /** Ingresses by whom they are meant for, in a steady order. */
  private static Map<IngressOwner, List<Resource>> owned(
      ClusterView cluster, Predicate<Resource> wanted) {
    Map<IngressOwner, List<Resource>> owned = new LinkedHashMap<>();
    for (Resource ingress : cluster.objects().all(Kind.INGRESS)) {
      if (wanted.test(ingress)) {
        owned
            .computeIfAbsent(IngressOwner.of(cluster, ingress), k -> new ArrayList<>())
            .add(ingress);
      }
    }
    return owned;
  }

  /** The table that a request for the host meets at the controller of an Ingress. */
  static IngressTable table(ClusterView cluster, Resource ingress, String host) {
    IngressOwner owner = IngressOwner.of(cluster, ingress);
    boolean named = IngressRules.names(ingress, host);
    List<Resource> same =
        owned(cluster, i -> named ? IngressRules.names(i, host) : IngressRules.takesAnyHost(i))
            .getOrDefault(owner, List.of());
    return named ? IngressTable.named(same, host) : IngressTable.catchAll(same);
  }

  void enter(PathBuilder.At at, Request request) {
    List<Way> ways = ways(cluster, request, Optional.empty());
    ways.stream().findFirst().ifPresent(w -> go(at, w, request));
    notModelled(at.cluster(), request);
    if (ways.isEmpty()) {
      path.nothingTakes(at.cluster(), request.host());
    }
  }

  void go(PathBuilder.At at, Way way, Request request) {
    way.doubtful().stream().forEach(d -> path.doubtful(at.cluster(), d));
    way.taken()
        .ifPresent(
            t ->
                way.gateway()
                    .ifPresent(
                        g -> new MeshSteps(path, cluster).throughGateway(at, g, t, request)));
    way.ingress().ifPresent(e -> path.throughIngress(at, e, request));
    way.ingress()
        .ifPresent(
            e ->
                table(cluster, e.ingress(), request.host())
                    .canaries()
                    .forEach(
                        c ->
                            path.unsupported(
                                at.cluster(), c.ref(), "Canary Ingresses are not modelled.")));
    way.ingress()
        .flatMap(e -> table(cluster, e.ingress(), request.host()).undecided(request.pathOrRoot()))
        .ifPresent(this::undecided);
    idle(way, request.host(), request.path());
  }

  private void undecided(Entry entry) {
    path.unsupported(
        cluster.name(),
        entry.ingress().ref(),
        "Its regular expression " + entry.path() + " is too hard to compare with the path.");
  }

  /** Ingresses for the same requests that nobody serves, while this way does. */
  private void idle(Way way, String host, Optional<String> urlPath) {
    owned(cluster, i -> IngressRules.names(i, host))
        .forEach(
            (owner, ingresses) -> {
              if (owner instanceof IngressOwner.MissingClass missing) {
                IngressTable.named(ingresses, host)
                    .taking(urlPath.orElse("/"))
                    .map(Entry::ingress)
                    .filter(i -> way.ingress().filter(e -> e.ingress().equals(i)).isEmpty())
                    .ifPresent(i -> refuseClass(i, missing, 0));
              }
            });
  }

  private void refuseClass(Resource ingress, IngressOwner.MissingClass missing, double share) {
    path.refuse(
        cluster.name(),
        RequestPath.Reason.CLASS_MISSING,
        new Leg.Place(ingress.ref(), "spec.ingressClassName"),
        missing.name(),
        share);
  }

  /** Says why no Ingress takes a path that was given, for a host that some name. */
  void refuse(String host, String urlPath) {
    Map<IngressOwner, List<Resource>> naming = owned(cluster, i -> IngressRules.names(i, host));
    boolean served =
        naming.keySet().stream().anyMatch(o -> !(o instanceof IngressOwner.MissingClass));
    naming.forEach(
        (owner, ingresses) -> {
          if (!(owner instanceof IngressOwner.MissingClass missing)) {
            Optional<Entry> undecided = IngressTable.named(ingresses, host).undecided(urlPath);
            undecided.ifPresentOrElse(
                this::undecided, () -> noMatch(ingresses.getFirst(), urlPath));
          } else if (!served) {
            ingresses.forEach(i -> refuseClass(i, missing, 1));
          }
        });
  }

  /** Rules that name the host and have no path of their own. */
  void withoutPaths(String host) {
    cluster.objects().all(Kind.INGRESS).stream()
        .filter(i -> IngressRules.names(i, host))
        .forEach(
            i ->
                path.unsupported(
                    cluster.name(), i.ref(), "Its rule for " + host + " has no path."));
  }

  private void noMatch(Resource ingress, String urlPath) {
    path.refuse(
        cluster.name(),
        RequestPath.Reason.NO_PATH_MATCHES,
        new Leg.Place(ingress.ref(), "spec.rules"),
        urlPath,
        1);
  }

  /** Objects that name the host and take requests in ways that are not modelled. */
  void notModelled(String name, Request request) {
    String host = request.host();
    for (Resource gateway : Edges.istioGateways(cluster, host)) {
      String namespace = Edges.proxyNamespace(cluster, gateway);
      new Unmodelled(path, cluster)
          .connections(
              VirtualServices.forHost(
                  cluster, gateway.namespace() + "/" + gateway.name(), namespace, host),
              request);
    }
    for (Resource route : cluster.objects().all(Kind.HTTP_ROUTE)) {
      if (route.at("spec").texts("hostnames").stream().anyMatch(h -> HostNames.covers(h, host))) {
        path.unsupported(name, route.ref(), "HTTPRoutes are not modelled yet.");
      }
    }
    for (Resource route : cluster.objects().all(Kind.ROUTE)) {
      if (routes(route, host)) {
        path.unsupported(name, route.ref(), "OpenShift Routes are not modelled.");
      }
    }
  }

  /** Listeners of Gateway API that name the host, where nothing that is modelled takes it. */
  void gatewayApi(String name, String host) {
    cluster.objects().all(Kind.GATEWAY).stream()
        .filter(g -> listenerHosts(g).stream().anyMatch(h -> HostNames.covers(h, host)))
        .forEach(g -> path.unsupported(name, g.ref(), "Gateway API is not modelled yet."));
  }

  static List<String> listenerHosts(Resource gateway) {
    return gateway.at("spec").list("listeners").stream()
        .flatMap(l -> l.text("hostname").stream())
        .filter(h -> !h.isEmpty())
        .toList();
  }

  /** Whether an OpenShift Route takes the host; a wildcard one takes all beside its own. */
  static boolean routes(Resource route, String host) {
    String own = route.at("spec").string("host");
    boolean wildcard = route.at("spec").string("wildcardPolicy").equals("Subdomain");
    int dot = own.indexOf('.');
    return own.equals(host)
        || (wildcard && dot > 0 && IngressRules.wildcard("*" + own.substring(dot), host));
  }
}
