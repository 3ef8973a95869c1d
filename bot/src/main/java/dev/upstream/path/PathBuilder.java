package dev.upstream.path;

import dev.upstream.snapshot.ClusterView;
import dev.upstream.snapshot.Gap;
import dev.upstream.snapshot.Kind;
import dev.upstream.snapshot.ObjectRef;
import dev.upstream.snapshot.ProxyView;
import dev.upstream.snapshot.Resource;
import dev.upstream.snapshot.Service;
import dev.upstream.snapshot.Snapshot;
import dev.upstream.snapshot.Source;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Grows one request path, leg by leg, and notes what has to be read for it. */
final class PathBuilder {
  static final int PROXIES_PER_HOP = 3;
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

  RequestPath path(String cluster, Request request, String client, String route) {
    if (legs.isEmpty() && refusals.isEmpty() && gaps.isEmpty()) {
      nothingTakes(cluster, request.host());
    }
    return new RequestPath(
        request.host(), request.path(), client, route, hops, legs, gaps, refusals);
  }

  Instant now() {
    return snapshot.at();
  }

  Scope.Part scope(String cluster) {
    return scope.part(cluster);
  }

  ClusterView view(String cluster) {
    return snapshot
        .cluster(cluster)
        .orElseGet(() -> ClusterView.unseen(cluster, List.of(), List.of()));
  }

  int hop(At at, ObjectRef ref, String detail) {
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

  /** A rule that would come first, if what it looks at were known. */
  void doubtful(String cluster, VirtualServices.Rule rule) {
    unsupported(
        cluster,
        rule.virtualService().ref(),
        "Its rule "
            + rule.fieldPath()
            + " may take the request as well; what it looks at is not known.");
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

  /**
   * The last step of a leg.
   *
   * @param onward the request as it leaves, after what the rule rewrites
   */
  void toBackend(
      At at,
      Leg.Sent sent,
      String host,
      int port,
      Optional<String> subset,
      Optional<Resource> rule,
      Backend backend,
      Optional<Request> onward) {
    At behind =
        switch (backend) {
          case Backend.KubernetesService s -> at.over(serviceHop(at, s.service(), port));
          case Backend.MissingPort m -> at.over(serviceHop(at, m.service(), port));
          case Backend.External e ->
              at.over(hop(at, e.entries().getFirst().ref(), host + " port " + port));
          case Backend.UnknownHost u -> at;
          case Backend.OwnAnswer o -> at;
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
            sent,
            host,
            port,
            subset,
            rule,
            backend);
    legs.add(leg);
    if (backend instanceof Backend.External external && at.depth() < DEEPEST) {
      new Onward(snapshot, this).follow(behind, leg, external, onward);
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
    new Unmodelled(this, view(at.cluster())).atBackend(service);
    return hop(at, service.ref(), "port " + port);
  }

  /** Through the Ingress entry that takes the request. */
  void throughIngress(At at, IngressRules.Entry entry, Request request) {
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
        new Leg.Sent(caller, request, Optional.empty(), Optional.of(entry.place())),
        name + "." + namespace + ".svc.cluster.local",
        port,
        Optional.empty(),
        Optional.empty(),
        backend,
        Optional.empty());
  }

  /** The callers' pods among those that were read as proxies. */
  static List<ProxyView> proxies(ClusterView view, Caller caller) {
    return caller.pods().stream()
        .flatMap(p -> view.proxy(p.namespace(), p.name()).stream())
        .toList();
  }
}
