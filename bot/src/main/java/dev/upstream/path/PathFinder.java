package dev.upstream.path;

import dev.upstream.snapshot.ClusterView;
import dev.upstream.snapshot.Gap;
import dev.upstream.snapshot.Kind;
import dev.upstream.snapshot.Pod;
import dev.upstream.snapshot.Resource;
import dev.upstream.snapshot.Selectors;
import dev.upstream.snapshot.Service;
import dev.upstream.snapshot.Snapshot;
import dev.upstream.target.Target;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** From what was seen and a question to the way the request takes. */
public final class PathFinder {
  private final Snapshot snapshot;
  private final Ask ask;
  private final ClusterView cluster;
  private final Scope scope;

  /** The Envoy cluster that a pasted line names. */
  private Optional<String> destination = Optional.empty();

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
      case Target.Url t ->
          host(
              new Request(
                  t.host(),
                  Optional.of(t.port()),
                  Optional.of(t.path()),
                  Optional.empty(),
                  Optional.of(t.scheme()),
                  true));
      case Target.Host t ->
          host(t.port().map(Request.plain(t.host())::port).orElse(Request.plain(t.host())));
      case Target.LogLine t -> logged(t);
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

  /** A logged request may have carried any header; the destination tells which rule took it. */
  private Resolution logged(Target.LogLine line) {
    Optional<Pod> client = line.client().filter(c -> ask.client().isEmpty()).flatMap(this::client);
    if (client.isPresent()) {
      Optional<String> named = client.map(p -> p.namespace() + "/" + p.name());
      Ask asked = new Ask(line, ask.cluster(), named, ask.namespace());
      return new PathFinder(snapshot, asked, scope).logged(line);
    }
    destination = MeshRequests.outbound(line.upstreamCluster());
    Request request =
        new Request(
            line.host(),
            Optional.empty(),
            line.path(),
            line.method(),
            Optional.empty(),
            destination.isEmpty());
    return host(destination.map(d -> request.port(portOf(d))).orElse(request));
  }

  /** The pod with that address, if its own proxy is what sends its requests. */
  private Optional<Pod> client(String address) {
    return cluster.objects().all(Kind.POD).stream()
        .map(Pod::new)
        .filter(p -> p.ip().filter(address::equals).isPresent() && p.hasProxy() && !p.ended())
        .filter(
            p ->
                cluster.objects().all(Kind.ISTIO_GATEWAY).stream()
                    .noneMatch(
                        g -> Selectors.matches(g.at("spec").textMap("selector"), p.labels())))
        .findFirst();
  }

  private static int portOf(String envoyCluster) {
    String port = envoyCluster.split("\\|", -1)[1];
    return port.matches("\\d{1,5}") ? Integer.parseInt(port) : 80;
  }

  private Resolution host(Request request) {
    String host = request.host();
    if (ask.client().isEmpty()) {
      List<EdgeEntry.Way> ways = EdgeEntry.ways(cluster, request, destination);
      if (!ways.isEmpty()) {
        return found(throughEdge(ways, request));
      }
    }
    Optional<Service> service = HostNames.service(cluster, host);
    if (service.isPresent()) {
      return toService(service.get(), request);
    }
    if (!ServiceEntries.of(cluster, clientNamespace(Optional.empty()), host).isEmpty()
        || VirtualServices.inMesh(cluster, host)) {
      String namespace = clientNamespace(Optional.of(entryNamespace(host)));
      return found(fromMesh(namespace, request));
    }
    List<EdgeEntry.Way> around = EdgeEntry.ways(cluster, request, destination);
    if (ask.client().isPresent() && !around.isEmpty()) {
      return found(throughEdge(around, request));
    }
    if (namedSomewhere(host)) {
      PathBuilder path = new PathBuilder(snapshot, scope);
      EdgeEntry edge = new EdgeEntry(cluster, path);
      edge.notModelled(cluster.name(), request);
      edge.gatewayApi(cluster.name(), host);
      request.path().ifPresentOrElse(p -> edge.refuse(host, p), () -> edge.withoutPaths(host));
      return found(List.of(path.path(cluster.name(), request, edgeClient(), "")));
    }
    List<EdgeEntry.Way> others = EdgeEntry.catchAll(cluster, request.path());
    return others.isEmpty() ? unnamed(Optional.empty()) : found(throughEdge(others, request));
  }

  /** Each way is a route of its own, and named where there are several. */
  private List<RequestPath> throughEdge(List<EdgeEntry.Way> ways, Request request) {
    return ways.stream()
        .map(
            way -> {
              PathBuilder path = new PathBuilder(snapshot, scope);
              EdgeEntry edge = new EdgeEntry(cluster, path);
              edge.go(PathBuilder.At.start(cluster.name()), way, request);
              edge.notModelled(cluster.name(), request);
              return path.path(
                  cluster.name(), request, edgeClient(), ways.size() > 1 ? way.name() : "");
            })
        .toList();
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

  private Resolution toService(Service service, Request request) {
    List<Service.Port> ports = service.ports();
    boolean asked = request.port().isPresent() && !ports.isEmpty();
    if (asked && service.port(request.port().orElse(0)).isEmpty() && destination.isEmpty()) {
      return new Resolution.NoSuchPort(
          NearNames.choice(service),
          request.port().orElse(0),
          ports.stream().map(PathFinder::words).toList());
    }
    return found(toServices(service, request));
  }

  private List<RequestPath> toServices(Service service, Request request) {
    List<Service.Port> ports = service.ports();
    int port = request.port().orElse(ports.isEmpty() ? 80 : ports.getFirst().number());
    String namespace = clientNamespace(Optional.of(service.namespace()));
    return fromMesh(namespace, request.to(service.fqdn()).port(port));
  }

  private List<RequestPath> fromMesh(String namespace, Request request) {
    return new MeshPaths(snapshot, cluster, ask, scope, destination).of(namespace, request);
  }

  private static String words(Service.Port port) {
    return port.number() + (port.name().isEmpty() ? "" : " (" + port.name() + ")");
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
          found.stream()
              .map(NearNames::choice)
              .sorted(Comparator.comparing(Choice::shown))
              .toList());
    }
    Service service = found.getFirst();
    Request request = Request.plain(service.fqdn());
    return toService(service, port.map(request::port).orElse(request));
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
          pods.stream()
              .map(p -> new Choice("pod/" + p.namespace() + "/" + p.name(), p.namespace()))
              .sorted(Comparator.comparing(Choice::shown))
              .toList());
    }
    return behind(pods.getFirst());
  }

  /** A pod takes the requests of every Service that selects it. */
  private Resolution behind(Pod pod) {
    List<RequestPath> paths =
        cluster.objects().services(pod.namespace()).stream()
            .filter(s -> Selectors.matches(s.selector(), pod.labels()))
            .flatMap(s -> toServices(s, Request.plain(s.fqdn())).stream())
            .toList();
    List<Gap> unread =
        new Unnamed(cluster, scope).unread(List.of(Kind.SERVICE), pod.namespace(), Map.of());
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
    return found(List.of(path.path(cluster.name(), Request.plain(pod.name()), "edge", "")));
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
          found.stream()
              .map(i -> new Choice("ingress/" + i.namespace() + "/" + i.name(), i.namespace()))
              .toList());
    }
    List<RequestPath> paths =
        EdgeEntry.hostsOf(found.getFirst()).stream()
            .flatMap(
                h ->
                    throughEdge(
                        EdgeEntry.waysThrough(cluster, found.getFirst(), h), Request.plain(h))
                        .stream())
            .toList();
    return found(paths.isEmpty() ? List.of(leadsNowhere(found.getFirst())) : paths);
  }

  private RequestPath leadsNowhere(Resource ingress) {
    PathBuilder path = new PathBuilder(snapshot, scope);
    path.unsupported(cluster.name(), ingress.ref(), "No rule of it has a path to a backend.");
    String host = EdgeEntry.hostsOf(ingress).getFirst();
    return path.path(cluster.name(), Request.plain(host), "edge", "");
  }

  private Resolution found(List<RequestPath> paths) {
    return new Resolution.Found(paths, scope);
  }

  private Resolution unnamed(Optional<String> namespace) {
    return new Unnamed(cluster, scope).answer(ask.target(), namespace);
  }
}
