package dev.upstream.path;

import dev.upstream.snapshot.ClusterView;
import dev.upstream.snapshot.Fields;
import dev.upstream.snapshot.Gap;
import dev.upstream.snapshot.Kind;
import dev.upstream.snapshot.ObjectRef;
import dev.upstream.snapshot.Pod;
import dev.upstream.snapshot.ProxyView;
import dev.upstream.snapshot.Resource;
import dev.upstream.snapshot.Selectors;
import dev.upstream.snapshot.Service;
import dev.upstream.snapshot.Snapshot;
import dev.upstream.snapshot.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Grows one request path, leg by leg, and notes what has to be read for it. */
final class PathBuilder {
  private static final int PROXIES_PER_HOP = 3;
  private static final int DEEPEST = 4;

  private final Snapshot snapshot;
  private final Scope scope;
  private final List<Hop> hops = new ArrayList<>();
  private final List<Leg> legs = new ArrayList<>();
  private final List<Gap> gaps = new ArrayList<>();
  private final List<RequestPath.Refusal> refusals = new ArrayList<>();

  PathBuilder(Snapshot snapshot, Scope scope) {
    this.snapshot = snapshot;
    this.scope = scope;
  }

  /** Where a part of the requests stands before its next step. */
  record At(String cluster, double share, List<Integer> hops, Optional<Integer> parent, int depth) {
    static At start(String cluster) {
      return new At(cluster, 1, List.of(), Optional.empty(), 0);
    }

    At over(int hop) {
      List<Integer> more = new ArrayList<>(hops);
      more.add(hop);
      return new At(cluster, share, more, parent, depth);
    }

    At part(double newShare) {
      return new At(cluster, newShare, hops, parent, depth);
    }
  }

  RequestPath path(
      String cluster, String host, Optional<String> urlPath, String client, String route) {
    if (legs.isEmpty() && refusals.isEmpty() && gaps.isEmpty()) {
      nothingTakes(cluster, host);
    }
    return new RequestPath(host, urlPath, client, route, hops, legs, gaps, refusals);
  }

  ClusterView view(String cluster) {
    return snapshot
        .cluster(cluster)
        .orElseGet(() -> ClusterView.unseen(cluster, List.of(), List.of()));
  }

  private int hop(At at, ObjectRef ref, String detail) {
    hops.add(new Hop(at.cluster(), ref, detail, at.share()));
    return hops.size() - 1;
  }

  void gap(Gap gap) {
    gaps.add(gap);
  }

  void unsupported(String cluster, ObjectRef what, String detail) {
    gaps.add(
        new Gap(
            cluster,
            Source.OBJECTS,
            what.words(),
            Gap.Cause.UNSUPPORTED,
            detail,
            "Look at this object by hand; Upstream does not model it."));
  }

  /** No rule of a cluster's edge or mesh takes the request, for a reason that is not modelled. */
  void nothingTakes(String cluster, String host) {
    gaps.add(
        new Gap(
            cluster,
            Source.OBJECTS,
            HostNames.shown(host),
            Gap.Cause.UNSUPPORTED,
            "No rule was found that takes the request in cluster " + cluster + ".",
            "See by hand which Gateway, VirtualService, Ingress or HTTPRoute should take it."));
  }

  void refuse(
      String cluster, RequestPath.Reason reason, Leg.Place place, String detail, double share) {
    refusals.add(new RequestPath.Refusal(cluster, reason, place, detail, share));
  }

  /** Through an Istio Gateway with one rule of a VirtualService. */
  void throughGateway(
      At at, Resource gateway, VirtualServices.Rule rule, String host, int requestPort) {
    Map<String, String> selector = gateway.at("spec").textMap("selector");
    Caller caller = gatewayCaller(at.cluster(), gateway, selector);
    String sync = ProxySync.words(view(at.cluster()), caller.pods());
    At behind = at.over(hop(at, gateway.ref(), "takes " + host + sync));
    tls(at.cluster(), gateway, host);
    throughRule(behind, caller, rule, namespace(at.cluster(), caller, selector), host, requestPort);
  }

  /** Where the pods of a gateway live: what is exported to it is looked up from there. */
  private String namespace(String cluster, Caller caller, Map<String, String> selector) {
    return caller.pods().stream()
        .map(ObjectRef::namespace)
        .findFirst()
        .or(
            () ->
                view(cluster).objects().services().stream()
                    .filter(s -> !selector.isEmpty() && Selectors.holds(selector, s.selector()))
                    .map(Service::namespace)
                    .findFirst())
        .orElse("istio-system");
  }

  private void tls(String cluster, Resource gateway, String host) {
    boolean passthrough =
        gateway.at("spec").list("servers").stream()
            .anyMatch(s -> s.string("tls", "mode").equals("PASSTHROUGH"));
    if (passthrough) {
      unsupported(cluster, gateway.ref(), "TLS for " + host + " is passed through unopened.");
    }
  }

  private Caller gatewayCaller(String cluster, Resource gateway, Map<String, String> selector) {
    scope.part(cluster).pods().add(Scope.PodQuery.of("", selector));
    view(cluster).objects().services().stream()
        .filter(s -> !selector.isEmpty() && Selectors.holds(selector, s.selector()))
        .forEach(s -> scope.part(cluster).namespaces().add(s.namespace()));
    List<Pod> pods =
        view(cluster).objects().all(Kind.POD).stream()
            .map(Pod::new)
            .filter(p -> Selectors.matches(selector, p.labels()))
            .filter(p -> !p.ended())
            .toList();
    return mesh(cluster, gateway.ref(), pods, true);
  }

  /** Envoys of a client or gateway; of many, the ends by name stand for all. */
  Caller mesh(String cluster, ObjectRef subject, List<Pod> pods, boolean gateway) {
    List<ObjectRef> refs = pods.stream().filter(p -> !p.terminating()).map(Pod::ref).toList();
    Scope.Part part = scope.part(cluster);
    part.meshNamespaces().add("istio-system");
    List<ObjectRef> read =
        refs.size() <= PROXIES_PER_HOP
            ? refs
            : List.of(refs.getFirst(), refs.get(refs.size() / 2), refs.getLast());
    for (ObjectRef pod : read) {
      part.proxies().add(pod);
      part.logs().add(new Scope.LogQuery(pod.namespace(), pod.name(), "istio-proxy"));
    }
    refs.forEach(r -> part.namespaces().add(r.namespace()));
    for (Resource filter : view(cluster).objects().all(Kind.ENVOY_FILTER)) {
      boolean applies =
          filter.namespace().equals("istio-system")
              || refs.stream().anyMatch(r -> r.namespace().equals(filter.namespace()));
      if (applies) {
        unsupported(
            cluster, filter.ref(), "It changes the proxy's configuration in ways not modelled.");
      }
    }
    for (Resource sidecar : view(cluster).objects().all(Kind.SIDECAR)) {
      boolean applies =
          !gateway
              && (sidecar.namespace().equals("istio-system")
                  || refs.stream().anyMatch(r -> r.namespace().equals(sidecar.namespace())));
      if (applies) {
        unsupported(cluster, sidecar.ref(), "What it hides from the proxy is not modelled.");
      }
    }
    return new Caller.Mesh(cluster, subject, refs, gateway);
  }

  /** Out of a client through its own proxies, where it has any. */
  At fromClient(At at, Caller caller, String host) {
    if (!(caller instanceof Caller.Mesh client) || client.pods().isEmpty()) {
      return at;
    }
    String sync = ProxySync.words(view(at.cluster()), client.pods());
    return at.over(hop(at, client.subject(), "calls " + HostNames.shown(host) + sync));
  }

  /** One leg for each destination of a rule that gets traffic. */
  void throughRule(
      At at,
      Caller caller,
      VirtualServices.Rule rule,
      String clientNamespace,
      String host,
      int requestPort) {
    Resource vs = rule.virtualService();
    Fields http = rule.http();
    if (http.at("delegate").present()) {
      unsupported(at.cluster(), vs.ref(), "The rule delegates to another VirtualService.");
      return;
    }
    if (http.at("redirect").present() || http.at("directResponse").present()) {
      hop(at, vs.ref(), "http[" + rule.index() + "] answers by itself");
      return;
    }
    String authority = http.text("rewrite", "authority").orElse(host);
    List<Fields> route = http.list("route");
    double[] weights = weights(at, caller, rule, clientNamespace, requestPort);
    for (int d = 0; d < route.size(); d++) {
      if (weights[d] <= 0) {
        continue;
      }
      Fields destination = route.get(d).at("destination");
      String full = HostNames.full(destination.string("host"), vs.namespace());
      Optional<String> subset = destination.text("subset");
      At part = at.part(at.share() * weights[d]);
      String shown = destination.string("host") + subset.map(s -> " subset " + s).orElse("");
      At behind = part.over(hop(part, vs.ref(), "http[" + rule.index() + "] -> " + shown));
      Leg.Place place = new Leg.Place(vs.ref(), rule.fieldPath() + ".route[" + d + "].destination");
      toHost(
          behind,
          caller,
          Optional.of(place),
          clientNamespace,
          full,
          destination.number("port", "number").stream().boxed().findFirst(),
          requestPort,
          subset,
          authority);
    }
  }

  /** Shares of a rule's destinations, as the proxies hold them, else as the object says (R8). */
  private double[] weights(
      At at, Caller caller, VirtualServices.Rule rule, String clientNamespace, int requestPort) {
    List<Fields> route = rule.http().list("route");
    double[] declared = new double[route.size()];
    List<String> names = new ArrayList<>();
    double sum = 0;
    for (int d = 0; d < route.size(); d++) {
      declared[d] = route.size() == 1 ? 1 : route.get(d).number("weight").orElse(0);
      sum += declared[d];
      Fields destination = route.get(d).at("destination");
      String full = HostNames.full(destination.string("host"), rule.virtualService().namespace());
      int port =
          destination
              .number("port", "number")
              .orElseGet(() -> onlyPort(at.cluster(), clientNamespace, full, requestPort));
      names.add("outbound|" + port + "|" + destination.string("subset") + "|" + full);
    }
    for (int d = 0; d < declared.length && sum > 0; d++) {
      declared[d] /= sum;
    }
    return ProxyWeights.held(view(at.cluster()), caller, names).orElse(declared);
  }

  private int onlyPort(String cluster, String clientNamespace, String host, int fallback) {
    ClusterView view = view(cluster);
    Optional<Service> service = HostNames.destination(view, host);
    if (service.isPresent()) {
      List<Service.Port> ports = service.get().ports();
      return ports.size() == 1 ? ports.getFirst().number() : fallback;
    }
    List<Integer> ports =
        ServiceEntries.of(view, clientNamespace, host).stream()
            .flatMap(e -> ServiceEntries.ports(e).stream())
            .distinct()
            .toList();
    return ports.size() == 1 ? ports.getFirst() : fallback;
  }

  /** To a destination host inside the mesh: a Service, ServiceEntries, or nothing known. */
  void toHost(
      At at,
      Caller caller,
      Optional<Leg.Place> route,
      String clientNamespace,
      String host,
      Optional<Integer> wantedPort,
      int requestPort,
      Optional<String> subset,
      String authority) {
    ClusterView view = view(at.cluster());
    int port = wantedPort.orElse(onlyPort(at.cluster(), clientNamespace, host, requestPort));
    Optional<Service> service = HostNames.destination(view, host);
    List<Resource> entries =
        service.isPresent() ? List.of() : ServiceEntries.of(view, clientNamespace, host);
    String serviceNamespace =
        service
            .map(Service::namespace)
            .orElse(entries.isEmpty() ? clientNamespace : entries.getFirst().namespace());
    Optional<Resource> rule =
        caller instanceof Caller.Plain
            ? Optional.empty()
            : DestinationRules.inForce(view, clientNamespace, host, serviceNamespace, subset);
    At behind = at;
    if (rule.isPresent() && subset.isPresent()) {
      behind = behind.over(hop(at, rule.get().ref(), "subset " + subset.get()));
    }
    Backend backend =
        service.isPresent()
            ? kubernetes(service.get(), port)
            : entries.isEmpty() ? new Backend.UnknownHost(host) : new Backend.External(entries);
    toBackend(behind, caller, route, host, port, subset, rule, backend, authority);
  }

  private static Backend kubernetes(Service service, int port) {
    return service
        .port(port)
        .<Backend>map(p -> new Backend.KubernetesService(service, p))
        .orElseGet(() -> new Backend.MissingPort(service, Integer.toString(port)));
  }

  void toBackend(
      At at,
      Caller caller,
      Optional<Leg.Place> route,
      String host,
      int port,
      Optional<String> subset,
      Optional<Resource> rule,
      Backend backend,
      String authority) {
    At behind =
        switch (backend) {
          case Backend.KubernetesService s -> at.over(serviceHop(at, s.service(), port));
          case Backend.MissingPort m -> at.over(serviceHop(at, m.service(), port));
          case Backend.External e ->
              at.over(hop(at, e.entries().getFirst().ref(), host + " port " + port));
          case Backend.UnknownHost u -> at;
          case Backend.MissingService m ->
              at.over(hop(at, ObjectRef.of(Kind.SERVICE, m.namespace(), m.name()), "missing"));
        };
    Leg leg =
        new Leg(
            legs.size(),
            at.parent(),
            at.cluster(),
            at.share(),
            behind.hops(),
            caller,
            route,
            host,
            port,
            subset,
            rule,
            backend);
    legs.add(leg);
    if (backend instanceof Backend.External external && at.depth() < DEEPEST) {
      new Onward(snapshot, this).follow(behind, leg, external, authority);
    }
  }

  private int serviceHop(At at, Service service, int port) {
    Scope.Part part = scope.part(at.cluster());
    part.services().add(service.ref());
    part.namespaces().add(service.namespace());
    if (!service.selector().isEmpty()) {
      part.pods().add(Scope.PodQuery.of(service.namespace(), service.selector()));
      view(at.cluster()).objects().pods(service.namespace(), service.selector()).stream()
          .filter(p -> p.hasProxy() && !p.ended())
          .limit(PROXIES_PER_HOP)
          .forEach(
              p -> part.logs().add(new Scope.LogQuery(p.namespace(), p.name(), "istio-proxy")));
    }
    return hop(at, service.ref(), "port " + port);
  }

  /** Through the Ingress entry that takes the request. */
  void throughIngress(At at, IngressRules.Entry entry, String host) {
    ClusterView view = view(at.cluster());
    Caller caller =
        new IngressControllers(view, scope.part(at.cluster())).of(entry.ingress(), this);
    At behind = at.over(hop(at, entry.ingress().ref(), entry.words()));
    if (!entry.backend().at("service").present()) {
      unsupported(at.cluster(), entry.ingress().ref(), "The backend is a resource, no Service.");
      return;
    }
    String namespace = entry.ingress().namespace();
    String name = entry.backend().string("service", "name");
    Optional<Service> service = view.objects().service(namespace, name);
    if (service.filter(s -> s.type().equals("ExternalName")).isPresent()) {
      unsupported(at.cluster(), service.get().ref(), "It leads to a name outside of the cluster.");
      return;
    }
    Backend backend =
        service
            .map(s -> IngressBackend.of(s, entry, caller))
            .orElseGet(() -> new Backend.MissingService(namespace, name));
    int port =
        backend instanceof Backend.KubernetesService k
            ? k.port().number()
            : entry.backend().number("service", "port", "number").orElse(0);
    toBackend(
        behind,
        caller,
        Optional.of(entry.place()),
        name + "." + namespace + ".svc.cluster.local",
        port,
        Optional.empty(),
        Optional.empty(),
        backend,
        host);
  }

  /** The callers' pods among those that were read as proxies. */
  static List<ProxyView> proxies(ClusterView view, Caller caller) {
    return caller.pods().stream()
        .flatMap(p -> view.proxy(p.namespace(), p.name()).stream())
        .toList();
  }
}
