package dev.upstream.path;

import dev.upstream.snapshot.ClusterView;
import dev.upstream.snapshot.Fields;
import dev.upstream.snapshot.ObjectRef;
import dev.upstream.snapshot.Pod;
import dev.upstream.snapshot.Resource;
import dev.upstream.snapshot.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The steps of a path that Envoys of the mesh decide: gateways, sidecars and their routes. */
final class MeshSteps {
  private final PathBuilder path;
  private final ClusterView view;

  MeshSteps(PathBuilder path, ClusterView view) {
    this.path = path;
    this.view = view;
  }

  /** Through an Istio Gateway with one rule of a VirtualService. */
  void throughGateway(
      PathBuilder.At at, Resource gateway, RouteTable.Taken taken, Request request) {
    Caller.Mesh caller = gatewayCaller(gateway);
    String sync = ProxySync.words(view, caller.pods(), path.now());
    PathBuilder.At behind = at.over(path.hop(at, gateway.ref(), "takes " + request.host() + sync));
    tls(gateway, request.host());
    throughRule(behind, caller, taken, Edges.proxyNamespace(view, gateway), request);
  }

  private void tls(Resource gateway, String host) {
    boolean passthrough =
        gateway.at("spec").list("servers").stream()
            .anyMatch(s -> s.string("tls", "mode").equals("PASSTHROUGH"));
    if (passthrough) {
      path.unsupported(
          view.name(), gateway.ref(), "TLS for " + host + " is passed through unopened.");
    }
  }

  private Caller.Mesh gatewayCaller(Resource gateway) {
    Map<String, String> selector = gateway.at("spec").textMap("selector");
    Scope.Part scope = path.scope(view.name());
    scope.pods().add(Scope.PodQuery.of("", selector));
    Edges.servicesOf(view, gateway).forEach(s -> scope.namespaces().add(s.namespace()));
    return caller(gateway.ref(), Edges.proxies(view, gateway), true);
  }

  /** Envoys of a client or gateway; of many, the ends by name stand for all. */
  Caller.Mesh caller(ObjectRef subject, List<Pod> pods, boolean gateway) {
    List<ObjectRef> refs = pods.stream().filter(p -> !p.terminating()).map(Pod::ref).toList();
    Scope.Part part = path.scope(view.name());
    part.meshNamespaces().add("istio-system");
    List<ObjectRef> read =
        refs.size() <= PathBuilder.PROXIES_PER_HOP
            ? refs
            : List.of(refs.getFirst(), refs.get(refs.size() / 2), refs.getLast());
    for (ObjectRef pod : read) {
      part.proxies().add(pod);
      part.logs().add(new Scope.LogQuery(pod.namespace(), pod.name(), "istio-proxy"));
    }
    refs.forEach(r -> part.namespaces().add(r.namespace()));
    new Unmodelled(path, view).atCaller(pods, gateway);
    return new Caller.Mesh(view.name(), subject, refs, gateway);
  }

  /** Out of a client through its own proxies, where it has any. */
  PathBuilder.At fromClient(PathBuilder.At at, Caller caller, String host) {
    if (!(caller instanceof Caller.Mesh client) || client.pods().isEmpty()) {
      return at;
    }
    String sync = ProxySync.words(view, client.pods(), path.now());
    return at.over(path.hop(at, client.subject(), "calls " + HostNames.shown(host) + sync));
  }

  /** One leg for each destination of a rule that gets traffic. */
  void throughRule(
      PathBuilder.At at,
      Caller caller,
      RouteTable.Taken taken,
      String clientNamespace,
      Request request) {
    VirtualServices.Rule rule = taken.rule();
    Resource vs = rule.virtualService();
    Fields http = rule.http();
    if (http.at("delegate").present()) {
      path.unsupported(view.name(), vs.ref(), "The rule delegates to another VirtualService.");
      return;
    }
    if (http.at("redirect").present() || http.at("directResponse").present()) {
      answersItself(at, caller, taken, request);
      return;
    }
    new Unmodelled(path, view).faults(rule);
    List<Destination> destinations = destinations(rule, clientNamespace, request);
    double[] weights = weights(caller, taken, request, destinations);
    Optional<Request> onward =
        taken
            .table()
            .rewritten(rule, request)
            .map(p -> http.at("rewrite", "uri").present() ? Optional.of(p) : request.path())
            .map(p -> request.path(p).to(http.text("rewrite", "authority").orElse(request.host())));
    for (int d = 0; d < weights.length; d++) {
      if (weights[d] <= 0) {
        continue;
      }
      Destination to = destinations.get(d);
      PathBuilder.At part = at.part(at.share() * weights[d]);
      String shown = to.written() + to.subset().map(s -> " subset " + s).orElse("");
      PathBuilder.At behind =
          part.over(path.hop(part, vs.ref(), "http[" + rule.index() + "] -> " + shown));
      Leg.Place place = new Leg.Place(vs.ref(), rule.fieldPath() + ".route[" + d + "].destination");
      toHost(
          behind,
          new Leg.Sent(caller, request, Optional.of(taken), Optional.of(place)),
          clientNamespace,
          to,
          onward);
    }
  }

  private void answersItself(
      PathBuilder.At at, Caller caller, RouteTable.Taken taken, Request request) {
    VirtualServices.Rule rule = taken.rule();
    ObjectRef vs = rule.virtualService().ref();
    Fields fixed = rule.http().at("directResponse");
    int status = fixed.number("status").orElse(0);
    String words =
        fixed.present()
            ? "answers with " + status
            : "redirects with " + rule.http().number("redirect", "redirectCode").orElse(301);
    if (status >= 500) {
      path.unsupported(
          view.name(), vs, "Its rule " + rule.fieldPath() + " " + words + " on purpose.");
    }
    PathBuilder.At behind =
        at.over(path.hop(at, vs, "http[" + rule.index() + "] " + words + " by itself"));
    Leg.Place place = new Leg.Place(vs, rule.fieldPath());
    path.toBackend(
        behind,
        new Leg.Sent(caller, request, Optional.of(taken), Optional.of(place)),
        request.host(),
        request.port().orElse(80),
        Optional.empty(),
        Optional.empty(),
        new Backend.OwnAnswer(words),
        Optional.empty());
  }

  /**
   * Where a route leads.
   *
   * @param written the host as the route has it
   * @param host the full name
   */
  record Destination(String written, String host, int port, Optional<String> subset, int weight) {
    String envoyCluster() {
      return "outbound|" + port + "|" + subset.orElse("") + "|" + host;
    }
  }

  private List<Destination> destinations(
      VirtualServices.Rule rule, String clientNamespace, Request request) {
    List<Destination> found = new ArrayList<>();
    for (Fields route : rule.http().list("route")) {
      Fields to = route.at("destination");
      String full = HostNames.full(to.string("host"), rule.virtualService().namespace());
      found.add(
          new Destination(
              to.string("host"),
              full,
              to.number("port", "number").orElseGet(() -> port(clientNamespace, full, request)),
              to.text("subset"),
              route.number("weight").orElse(0)));
    }
    return found;
  }

  /** Shares of a rule's destinations, as the proxies hold them, else as the object says (R8). */
  private double[] weights(
      Caller caller, RouteTable.Taken taken, Request request, List<Destination> destinations) {
    int n = destinations.size();
    double[] declared = new double[n];
    double sum = 0;
    for (int d = 0; d < n; d++) {
      declared[d] = n == 1 ? 1 : destinations.get(d).weight();
      sum += declared[d];
    }
    for (int d = 0; d < n && sum > 0; d++) {
      declared[d] /= sum;
    }
    List<String> names = destinations.stream().map(Destination::envoyCluster).toList();
    int unread = ProxySync.unreadInOrder(view, caller.pods(), path.now());
    return ProxyWeights.held(view, caller, taken.rule(), request.host(), names, declared, unread);
  }

  /** The port of a host's cluster: its only one, else the one that the client asked for. */
  int port(String clientNamespace, String host, Request request) {
    Optional<Service> service = HostNames.destination(view, host);
    List<Integer> ports =
        service
            .map(s -> s.ports().stream().map(Service.Port::number).toList())
            .orElseGet(
                () ->
                    ServiceEntries.of(view, clientNamespace, host).stream()
                        .flatMap(e -> ServiceEntries.ports(e).stream())
                        .distinct()
                        .toList());
    return ports.size() == 1 ? ports.getFirst() : request.port().orElse(80);
  }

  /** To a destination host inside the mesh: a Service, ServiceEntries, or nothing known. */
  void toHost(
      PathBuilder.At at,
      Leg.Sent sent,
      String clientNamespace,
      Destination to,
      Optional<Request> onward) {
    String host = to.host();
    int port = to.port();
    Optional<Service> service = HostNames.destination(view, host);
    List<Resource> entries =
        service.isPresent() ? List.of() : ServiceEntries.of(view, clientNamespace, host);
    String serviceNamespace =
        service
            .map(Service::namespace)
            .orElse(entries.isEmpty() ? clientNamespace : entries.getFirst().namespace());
    Optional<Resource> rule =
        sent.caller() instanceof Caller.Plain
            ? Optional.empty()
            : DestinationRules.inForce(view, clientNamespace, host, serviceNamespace, to.subset());
    service
        .filter(s -> sent.caller() instanceof Caller.Mesh)
        .filter(s -> !Visibility.sees(clientNamespace, s))
        .ifPresent(
            s ->
                path.unsupported(
                    view.name(),
                    s.ref(),
                    "It is not exported to namespace "
                        + clientNamespace
                        + ", so the proxies there do not know it."));
    PathBuilder.At behind = at;
    if (rule.isPresent() && to.subset().isPresent()) {
      behind = behind.over(path.hop(at, rule.get().ref(), "subset " + to.subset().get()));
    }
    Backend backend =
        service.isPresent()
            ? kubernetes(service.get(), port)
            : entries.isEmpty() ? new Backend.UnknownHost(host) : new Backend.External(entries);
    String named =
        entries.stream().findFirst().flatMap(e -> ServiceEntries.pattern(e, host)).orElse(host);
    path.toBackend(behind, sent, named, port, to.subset(), rule, backend, onward);
  }

  private static Backend kubernetes(Service service, int port) {
    return service
        .port(port)
        .<Backend>map(p -> new Backend.KubernetesService(service, p))
        .orElseGet(() -> new Backend.MissingPort(service, Integer.toString(port)));
  }
}
