package dev.upstream.path;

import dev.upstream.snapshot.ClusterView;
import dev.upstream.snapshot.Gap;
import dev.upstream.snapshot.Kind;
import dev.upstream.snapshot.Pod;
import dev.upstream.snapshot.Resource;
import dev.upstream.snapshot.Service;
import dev.upstream.snapshot.Snapshot;
import dev.upstream.target.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** From what was seen and a question to the way the request takes. */
public final class PathFinder {
  private final Snapshot snapshot;
  private final Ask ask;
  private final ClusterView cluster;
  private final Scope scope;

  private PathFinder(Snapshot snapshot, Ask ask, Scope scope) {
    this.snapshot = snapshot;
    this.ask = ask;
    this.scope = scope;
    this.cluster =
        snapshot
            .cluster(ask.cluster())
            .orElseGet(() -> ClusterView.unseen(ask.cluster(), List.of(), List.of()));
  }

  /** Finds the paths and what still has to be read for them. */
  public static Resolution find(Snapshot snapshot, Ask ask) {
    return new PathFinder(snapshot, ask, Scope.empty()).find();
  }

  private Resolution find() {
    return switch (ask.target()) {
      case Target.Url t -> host(t.host(), t.port(), Optional.of(t.path()));
      case Target.Host t -> host(t.host(), t.port().orElse(80), Optional.empty());
      case Target.LogLine t -> host(t.host(), 80, t.path());
      case Target.ServiceName t -> serviceNamed(t.name(), t.namespace(), t.port());
      case Target.PodName t -> podNamed(t);
      case Target.IngressName t -> ingressNamed(t);
      case Target.Everything t -> everything(t);
    };
  }

  /** The paths of every route, and what has to be read for all of them together. */
  private Resolution everything(Target.Everything target) {
    List<RequestPath> paths = new ArrayList<>();
    for (Target one : Routes.of(cluster, target.namespace())) {
      Ask about = new Ask(one, ask.cluster(), ask.client(), ask.namespace());
      if (new PathFinder(snapshot, about, scope).find() instanceof Resolution.Found f) {
        paths.addAll(f.paths());
      }
    }
    return paths.isEmpty() ? unnamed(target.namespace()) : found(paths);
  }

  private Resolution host(String host, int port, Optional<String> urlPath) {
    if (ask.client().isEmpty()) {
      List<EdgeEntry.Way> ways = EdgeEntry.ways(cluster, host, urlPath);
      if (!ways.isEmpty()) {
        return found(ways.stream().map(w -> throughEdge(w, host, port, urlPath)).toList());
      }
    }
    Optional<Service> service = HostNames.service(cluster, host);
    if (service.isPresent()) {
      return found(List.of(toService(service.get(), port, urlPath)));
    }
    if (!ServiceEntries.of(cluster, clientNamespace(Optional.empty()), host).isEmpty()
        || VirtualServices.inMesh(cluster, host)) {
      String namespace = clientNamespace(Optional.of(entryNamespace(host)));
      return found(List.of(fromMesh(namespace, host, port, urlPath)));
    }
    List<EdgeEntry.Way> around = EdgeEntry.ways(cluster, host, urlPath);
    if (ask.client().isPresent() && !around.isEmpty()) {
      return found(around.stream().map(w -> throughEdge(w, host, port, urlPath)).toList());
    }
    if (namedSomewhere(host)) {
      PathBuilder path = new PathBuilder(snapshot, scope);
      EdgeEntry edge = new EdgeEntry(cluster, path);
      edge.notModelled(cluster.name(), host);
      edge.gatewayApi(cluster.name(), host);
      urlPath.ifPresentOrElse(p -> edge.refuse(host, p), () -> edge.withoutPaths(host));
      return found(List.of(path.path(cluster.name(), host, urlPath, edgeClient(), "")));
    }
    List<EdgeEntry.Way> others = EdgeEntry.catchAll(cluster, urlPath);
    return others.isEmpty()
        ? unnamed(Optional.empty())
        : found(others.stream().map(w -> throughEdge(w, host, port, urlPath)).toList());
  }

  private RequestPath throughEdge(
      EdgeEntry.Way way, String host, int port, Optional<String> urlPath) {
    PathBuilder path = new PathBuilder(snapshot, scope);
    EdgeEntry edge = new EdgeEntry(cluster, path);
    edge.go(PathBuilder.At.start(cluster.name()), way, host, urlPath, port);
    edge.notModelled(cluster.name(), host);
    return path.path(cluster.name(), host, urlPath, edgeClient(), way.name());
  }

  /** A client without a way of its own to a host enters by the edge as anybody does. */
  private String edgeClient() {
    return ask.client().map(c -> c + " by way of the edge").orElse("edge");
  }

  private String entryNamespace(String host) {
    return cluster.objects().all(Kind.SERVICE_ENTRY).stream()
        .filter(e -> e.at("spec").texts("hosts").stream().anyMatch(h -> HostNames.covers(h, host)))
        .map(Resource::namespace)
        .findFirst()
        .or(
            () ->
                cluster.objects().all(Kind.VIRTUAL_SERVICE).stream()
                    .filter(v -> VirtualServices.hosts(v).contains(host))
                    .map(Resource::namespace)
                    .findFirst())
        .orElse("default");
  }

  private boolean namedSomewhere(String host) {
    return cluster.objects().all().stream()
        .anyMatch(
            r ->
                switch (r.kind()) {
                  case ISTIO_GATEWAY -> Edges.servesHost(r, host) && !catchesAll(r);
                  case VIRTUAL_SERVICE -> named(VirtualServices.hosts(r), host);
                  case INGRESS -> IngressRules.names(r, host);
                  case HTTP_ROUTE -> named(r.at("spec").texts("hostnames"), host);
                  case GATEWAY -> named(EdgeEntry.listenerHosts(r), host);
                  case SERVICE_ENTRY -> r.at("spec").texts("hosts").contains(host);
                  case ROUTE -> EdgeEntry.routes(r, host);
                  default -> false;
                });
  }

  private static boolean named(List<String> hosts, String host) {
    return hosts.stream().anyMatch(h -> !h.equals("*") && HostNames.covers(h, host));
  }

  private static boolean catchesAll(Resource gateway) {
    return gateway.at("spec").list("servers").stream()
        .flatMap(s -> s.texts("hosts").stream())
        .allMatch(h -> h.endsWith("*"));
  }

  private String clientNamespace(Optional<String> fallback) {
    return ask.client()
        .map(c -> c.contains("/") ? c.substring(0, c.indexOf('/')) : c)
        .or(() -> fallback)
        .or(ask::namespace)
        .orElse("default");
  }

  private RequestPath toService(Service service, int requestPort, Optional<String> urlPath) {
    int port =
        service.port(requestPort).isPresent() || service.ports().isEmpty()
            ? requestPort
            : service.ports().getFirst().number();
    String namespace = clientNamespace(Optional.of(service.namespace()));
    return fromMesh(namespace, service.fqdn(), port, urlPath);
  }

  private RequestPath fromMesh(
      String namespace, String host, int requestPort, Optional<String> urlPath) {
    PathBuilder path = new PathBuilder(snapshot, scope);
    Caller caller = new MeshClient(cluster, ask, scope).caller(path, namespace, host);
    PathBuilder.At at = path.fromClient(PathBuilder.At.start(cluster.name()), caller, host);
    Optional<Resource> vs =
        caller instanceof Caller.Mesh
            ? VirtualServices.forHost(cluster, "mesh", namespace, host)
            : Optional.empty();
    List<VirtualServices.Rule> rules =
        vs.map(v -> VirtualServices.rules(v, urlPath, "mesh")).orElse(List.of());
    boolean routed = vs.map(v -> !v.at("spec").list("http").isEmpty()).orElse(false);
    if (rules.isEmpty() && routed) {
      path.nothingTakes(cluster.name(), host);
    } else if (rules.isEmpty()) {
      path.toHost(
          at,
          caller,
          Optional.empty(),
          namespace,
          host,
          Optional.of(requestPort),
          requestPort,
          Optional.empty(),
          host);
    } else {
      path.throughRule(at, caller, rules.getFirst(), namespace, host, requestPort);
    }
    String client = ask.client().orElse(namespace);
    return path.path(cluster.name(), host, urlPath, client, "");
  }

  private Resolution serviceNamed(String name, Optional<String> namespace, Optional<Integer> port) {
    Optional<String> where = namespace.or(ask::namespace);
    List<Service> found =
        cluster.objects().services().stream()
            .filter(s -> s.name().equals(name))
            .filter(s -> where.map(n -> n.equals(s.namespace())).orElse(true))
            .toList();
    if (found.isEmpty()) {
      return unnamed(where);
    }
    if (found.size() > 1) {
      return new Resolution.Ambiguous(
          found.stream().map(s -> s.name() + "." + s.namespace()).sorted().toList());
    }
    Service service = found.getFirst();
    int wanted = port.orElse(service.ports().isEmpty() ? 80 : service.ports().getFirst().number());
    return found(List.of(toService(service, wanted, Optional.empty())));
  }

  private Resolution podNamed(Target.PodName target) {
    Optional<String> where = target.namespace().or(ask::namespace);
    scope
        .part(cluster.name())
        .pods()
        .add(Scope.PodQuery.of(where.orElse(""), Unnamed.named(target.name())));
    List<Pod> pods =
        cluster.objects().all(Kind.POD).stream()
            .map(Pod::new)
            .filter(p -> p.name().equals(target.name()))
            .filter(p -> where.map(n -> n.equals(p.namespace())).orElse(true))
            .toList();
    if (pods.isEmpty()) {
      return unnamed(where);
    }
    if (pods.size() > 1) {
      return new Resolution.Ambiguous(
          pods.stream().map(p -> "pod/" + p.namespace() + "/" + p.name()).sorted().toList());
    }
    return behind(pods.getFirst());
  }

  /** A pod takes the requests of every Service that selects it. */
  private Resolution behind(Pod pod) {
    List<RequestPath> paths =
        cluster.objects().services(pod.namespace()).stream()
            .filter(s -> dev.upstream.snapshot.Selectors.matches(s.selector(), pod.labels()))
            .map(
                s ->
                    toService(
                        s,
                        s.ports().isEmpty() ? 80 : s.ports().getFirst().number(),
                        Optional.empty()))
            .toList();
    List<Gap> unread =
        new Unnamed(cluster, scope)
            .unread(List.of(Kind.SERVICE), pod.namespace(), java.util.Map.of());
    if (!paths.isEmpty()) {
      return found(paths);
    }
    if (!unread.isEmpty()) {
      return new Resolution.Unseen(unread, scope);
    }
    PathBuilder path = new PathBuilder(snapshot, scope);
    path.unsupported(
        cluster.name(),
        pod.ref(),
        "No Service selects it, so that no way of requests leads to it.");
    return found(List.of(path.path(cluster.name(), pod.name(), Optional.empty(), "edge", "")));
  }

  private Resolution ingressNamed(Target.IngressName target) {
    Optional<String> where = target.namespace().or(ask::namespace);
    List<Resource> found =
        cluster.objects().all(Kind.INGRESS).stream()
            .filter(i -> i.name().equals(target.name()))
            .filter(i -> where.map(n -> n.equals(i.namespace())).orElse(true))
            .toList();
    if (found.isEmpty()) {
      return unnamed(where);
    }
    if (found.size() > 1) {
      return new Resolution.Ambiguous(
          found.stream().map(i -> "ingress/" + i.namespace() + "/" + i.name()).toList());
    }
    List<RequestPath> paths =
        EdgeEntry.hostsOf(found.getFirst()).stream()
            .flatMap(
                h ->
                    EdgeEntry.waysThrough(cluster, found.getFirst(), h).stream()
                        .map(w -> throughEdge(w, h, 80, Optional.empty())))
            .toList();
    return found(paths.isEmpty() ? List.of(leadsNowhere(found.getFirst())) : paths);
  }

  private RequestPath leadsNowhere(Resource ingress) {
    PathBuilder path = new PathBuilder(snapshot, scope);
    path.unsupported(cluster.name(), ingress.ref(), "No rule of it has a path to a backend.");
    String host = EdgeEntry.hostsOf(ingress).getFirst();
    return path.path(cluster.name(), host, Optional.empty(), "edge", "");
  }

  private Resolution found(List<RequestPath> paths) {
    return new Resolution.Found(paths, scope);
  }

  private Resolution unnamed(Optional<String> namespace) {
    return new Unnamed(cluster, scope).answer(ask.target(), namespace);
  }
}
