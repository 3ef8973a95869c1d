package dev.upstream.path;

import dev.upstream.snapshot.ClusterView;
import dev.upstream.snapshot.Gap;
import dev.upstream.snapshot.Kind;
import dev.upstream.snapshot.Pod;
import dev.upstream.snapshot.Resource;
import dev.upstream.snapshot.Selectors;
import dev.upstream.snapshot.Service;
import dev.upstream.snapshot.Snapshot;
import dev.upstream.snapshot.Source;
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
    return paths.isEmpty() ? missing(target.shown()) : found(paths);
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
    if (namedSomewhere(host)) {
      PathBuilder path = new PathBuilder(snapshot, scope);
      EdgeEntry edge = new EdgeEntry(cluster, path);
      edge.notModelled(cluster.name(), request);
      request.path().ifPresentOrElse(p -> edge.refuse(host, p), () -> edge.withoutPaths(host));
      return found(List.of(path.path(cluster.name(), request, "edge", "")));
    }
    List<EdgeEntry.Way> others = EdgeEntry.catchAll(cluster, request.path());
    return others.isEmpty() ? missing(host) : found(throughEdge(others, request));
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
              return path.path(cluster.name(), request, "edge", ways.size() > 1 ? way.name() : "");
            })
        .toList();
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
                  case VIRTUAL_SERVICE -> VirtualServices.hosts(r).contains(host);
                  case INGRESS -> IngressRules.names(r, host);
                  case HTTP_ROUTE -> r.at("spec").texts("hostnames").contains(host);
                  case SERVICE_ENTRY -> r.at("spec").texts("hosts").contains(host);
                  case ROUTE -> r.at("spec").string("host").equals(host);
                  default -> false;
                });
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
          service.name() + "." + service.namespace(),
          request.port().orElse(0),
          ports.stream().map(PathFinder::words).toList());
    }
    int port = ports.isEmpty() ? 80 : ports.getFirst().number();
    String namespace = clientNamespace(Optional.of(service.namespace()));
    return found(fromMesh(namespace, request.to(service.fqdn()).port(request.port().orElse(port))));
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
      return missing(name + where.map(n -> "." + n).orElse(""));
    }
    if (found.size() > 1) {
      return new Resolution.Ambiguous(
          found.stream().map(s -> s.name() + "." + s.namespace()).sorted().toList());
    }
    Service service = found.getFirst();
    Request request = Request.plain(service.fqdn());
    return toService(service, port.map(request::port).orElse(request));
  }

  private Resolution podNamed(Target.PodName target) {
    Optional<String> where = target.namespace().or(ask::namespace);
    scope.part(cluster.name()).pods().add(Scope.PodQuery.of(where.orElse(""), java.util.Map.of()));
    List<Pod> pods =
        cluster.objects().all(Kind.POD).stream()
            .map(Pod::new)
            .filter(p -> p.name().equals(target.name()))
            .filter(p -> where.map(n -> n.equals(p.namespace())).orElse(true))
            .toList();
    if (pods.isEmpty()) {
      return cluster.complete(Kind.POD, where.orElse(""))
          ? missing(target.shown())
          : found(List.of());
    }
    Pod pod = pods.getFirst();
    Optional<Service> service =
        cluster.objects().services(pod.namespace()).stream()
            .filter(s -> Selectors.matches(s.selector(), pod.labels()))
            .findFirst();
    return service
        .map(s -> serviceNamed(s.name(), Optional.of(s.namespace()), Optional.empty()))
        .orElseGet(() -> new Resolution.NotFound(List.of("no Service selects pod " + pod.name())));
  }

  private Resolution ingressNamed(Target.IngressName target) {
    Optional<String> where = target.namespace().or(ask::namespace);
    List<Resource> found =
        cluster.objects().all(Kind.INGRESS).stream()
            .filter(i -> i.name().equals(target.name()))
            .filter(i -> where.map(n -> n.equals(i.namespace())).orElse(true))
            .toList();
    if (found.isEmpty()) {
      return missing(target.shown());
    }
    if (found.size() > 1) {
      return new Resolution.Ambiguous(
          found.stream().map(i -> "ingress/" + i.namespace() + "/" + i.name()).toList());
    }
    List<RequestPath> paths =
        EdgeEntry.hostsOf(found.getFirst()).stream()
            .flatMap(
                h ->
                    throughEdge(
                        EdgeEntry.waysThrough(cluster, found.getFirst(), h), Request.plain(h))
                        .stream())
            .toList();
    return paths.isEmpty()
        ? new Resolution.NotFound(List.of("no rule of this Ingress leads anywhere"))
        : found(paths);
  }

  private Resolution found(List<RequestPath> paths) {
    return new Resolution.Found(paths, scope);
  }

  private Resolution missing(String wanted) {
    List<Gap> unseen = new ArrayList<>();
    for (Gap gap : cluster.gaps()) {
      if (gap.source() == Source.OBJECTS) {
        unseen.add(gap);
      }
    }
    for (Kind kind : List.of(Kind.SERVICE, Kind.INGRESS, Kind.VIRTUAL_SERVICE)) {
      if (unseen.isEmpty() && !cluster.complete(kind, ask.namespace().orElse(""))) {
        unseen.add(
            new Gap(
                cluster.name(),
                Source.OBJECTS,
                kind.plural(),
                Gap.Cause.NOT_COLLECTED,
                "They were not read, and " + wanted + " may be one of them.",
                "Capture them too, or ask the live cluster."));
      }
    }
    return unseen.isEmpty()
        ? new Resolution.NotFound(NearNames.of(cluster, wanted))
        : new Resolution.Unseen(unseen);
  }
}
