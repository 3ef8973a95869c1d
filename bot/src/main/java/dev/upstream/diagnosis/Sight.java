package dev.upstream.diagnosis;

import dev.upstream.path.Backend;
import dev.upstream.path.Caller;
import dev.upstream.path.HostNames;
import dev.upstream.path.Leg;
import dev.upstream.path.ProxySync;
import dev.upstream.path.RequestPath;
import dev.upstream.snapshot.ClusterView;
import dev.upstream.snapshot.ControlPlaneView.SyncRow;
import dev.upstream.snapshot.Gap;
import dev.upstream.snapshot.Kind;
import dev.upstream.snapshot.ObjectRef;
import dev.upstream.snapshot.Pod;
import dev.upstream.snapshot.Selectors;
import dev.upstream.snapshot.Snapshot;
import dev.upstream.snapshot.Source;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which gaps matter to a path: with one of them open, nothing is called healthy (RULES.md R5). */
final class Sight {
  private final Snapshot snapshot;
  private final RequestPath path;
  private final Facts facts;

  Sight(Snapshot snapshot, RequestPath path, Facts facts) {
    this.snapshot = snapshot;
    this.path = path;
    this.facts = facts;
  }

  List<Gap> mattering() {
    List<Gap> gaps = new ArrayList<>(path.gaps());
    Set<String> namespaces = namespaces();
    for (String cluster : clusters()) {
      facts.view(cluster).gaps().stream()
          .filter(g -> g.source() == Source.OBJECTS)
          .filter(g -> path.hops().isEmpty() || touches(g, namespaces))
          .forEach(gaps::add);
    }
    for (Leg leg : path.legs()) {
      behind(leg, gaps);
      controller(leg, gaps);
      mesh(leg, gaps);
    }
    return gaps.stream().distinct().sorted().toList();
  }

  /**
   * What matters where the request was found to go nowhere, and nothing says why: all that a check
   * could not see, and in any case that no rule was found.
   */
  List<Gap> nowhere(List<Outcome> outcomes) {
    List<Gap> gaps = new ArrayList<>(mattering());
    outcomes.forEach(
        o -> {
          if (o instanceof Outcome.Inconclusive i) {
            gaps.addAll(i.gaps());
          }
        });
    if (gaps.isEmpty()) {
      gaps.add(
          new Gap(
              clusters().stream().sorted().findFirst().orElse(""),
              Source.OBJECTS,
              HostNames.shown(path.host()),
              Gap.Cause.UNSUPPORTED,
              "No rule was found that takes the request.",
              "See by hand which Gateway, VirtualService, Ingress or HTTPRoute should take it."));
    }
    return gaps.stream().distinct().sorted().toList();
  }

  /** Everything that was not seen in the clusters of the path, whether it matters or not. */
  List<Gap> all() {
    List<Gap> gaps = new ArrayList<>(mattering());
    clusters().forEach(c -> gaps.addAll(facts.view(c).gaps()));
    return gaps.stream().distinct().sorted().toList();
  }

  private Set<String> clusters() {
    Set<String> clusters = new HashSet<>();
    path.hops().forEach(h -> clusters.add(h.cluster()));
    path.legs().forEach(l -> clusters.add(l.cluster()));
    if (clusters.isEmpty()) {
      clusters.addAll(snapshot.clusters().keySet());
    }
    return clusters;
  }

  private Set<String> namespaces() {
    Set<String> namespaces = new HashSet<>();
    path.hops().forEach(h -> namespaces.add(h.ref().namespace()));
    path.legs().forEach(l -> l.caller().pods().forEach(p -> namespaces.add(p.namespace())));
    return namespaces;
  }

  private static boolean touches(Gap gap, Set<String> namespaces) {
    int in = gap.scope().indexOf(" in ");
    return in < 0 || namespaces.contains(gap.scope().substring(in + 4).split(" ", 2)[0]);
  }

  private void behind(Leg leg, List<Gap> gaps) {
    if (leg.backend() instanceof Backend.KubernetesService s) {
      ClusterView view = facts.view(leg.cluster());
      String namespace = s.service().namespace();
      if (view.manifestsOnly()) {
        return;
      }
      if (!Facts.slicesSeen(view, s.service())) {
        gaps.add(facts.gapFor(view, Kind.ENDPOINT_SLICE, namespace));
      }
      if (!s.service().selector().isEmpty()
          && !view.complete(Kind.POD, namespace, s.service().selector())) {
        gaps.add(facts.gapFor(view, Kind.POD, namespace));
      }
    }
  }

  /** With a ready pod of the Ingress controller in sight, the edge is there. */
  private void controller(Leg leg, List<Gap> gaps) {
    ClusterView view = facts.view(leg.cluster());
    if (!(leg.caller() instanceof Caller.IngressController caller)
        || caller.labels().isEmpty()
        || view.manifestsOnly()) {
      return;
    }
    boolean ready =
        caller.pods().stream()
            .flatMap(p -> view.objects().pod(p.namespace(), p.name()).stream())
            .anyMatch(Pod::ready);
    Set<String> namespaces = new HashSet<>();
    caller.pods().forEach(p -> namespaces.add(p.namespace()));
    view.objects().services().stream()
        .filter(s -> Selectors.holds(caller.labels(), s.selector()))
        .forEach(s -> namespaces.add(s.namespace()));
    boolean whole =
        !namespaces.isEmpty()
            && namespaces.stream().allMatch(n -> view.complete(Kind.POD, n, caller.labels()));
    if (!ready && !whole) {
      gaps.add(
          view.complete(Kind.POD, "", caller.labels())
              ? new Gap(
                  leg.cluster(),
                  Source.OBJECTS,
                  caller.subject().words(),
                  Gap.Cause.NOT_COLLECTED,
                  "No pod of its controller " + caller.controller() + " is in this cluster.",
                  "See whether the controller is installed, and under which labels.")
              : facts.gapFor(view, Kind.POD, ""));
    }
  }

  private void mesh(Leg leg, List<Gap> gaps) {
    ClusterView view = facts.view(leg.cluster());
    if (!(leg.caller() instanceof Caller.Mesh caller) || view.manifestsOnly()) {
      return;
    }
    Optional<Gap> noPod = Facts.noGatewayPod(view, caller);
    if (noPod.isPresent()) {
      gaps.add(noPod.get());
      return;
    }
    if (facts.proxies(leg).isEmpty()) {
      gaps.add(
          first(
              view,
              Source.PROXY,
              caller.pods().isEmpty() ? caller.subject().words() : id(caller.pods().getFirst())));
    }
    if (facts.proxies(leg).stream().allMatch(p -> p.routes().isEmpty())) {
      view.gaps().stream()
          .filter(g -> g.source() == Source.PROXY && g.cause() == Gap.Cause.UNPARSED)
          .filter(g -> caller.pods().stream().anyMatch(p -> id(p).equals(g.scope())))
          .forEach(gaps::add);
    }
    boolean rows = view.controlPlanes().stream().anyMatch(c -> c.sync().isPresent());
    List<Gap> istiod = view.unreadSync();
    if (!rows || !istiod.isEmpty()) {
      gaps.addAll(
          istiod.isEmpty()
              ? List.of(Facts.notCollected(view.name(), Source.ISTIOD, "sync state of the proxies"))
              : istiod);
    }
    caller.pods().forEach(p -> outOfSync(view, p).ifPresent(gaps::add));
  }

  /** What a proxy runs that is stale or refuses is not what objects say (RULES.md R10). */
  private Optional<Gap> outOfSync(ClusterView view, ObjectRef pod) {
    return ProxySync.row(view, pod)
        .flatMap(
            row ->
                ProxySync.trouble(row, snapshot.at())
                    .map(
                        t ->
                            new Gap(
                                view.name(),
                                Source.ISTIOD,
                                id(pod),
                                Gap.Cause.UNSUPPORTED,
                                "Its proxy " + t + errors(row) + ".",
                                "istioctl --context "
                                    + view.name()
                                    + " proxy-status "
                                    + pod.name()
                                    + "."
                                    + pod.namespace())));
  }

  private static String errors(SyncRow row) {
    return row.lastErrors().entrySet().stream()
        .min(Map.Entry.comparingByKey())
        .map(
            e ->
                ": "
                    + e.getKey().substring(e.getKey().lastIndexOf('.') + 1)
                    + ": "
                    + e.getValue().strip().replaceAll("\\s+", " ").replaceAll("\\.$", ""))
        .map(t -> t.length() > 200 ? t.substring(0, 200) + "..." : t)
        .orElse("");
  }

  private static Gap first(ClusterView view, Source source, String scope) {
    return view.gaps().stream()
        .filter(g -> g.source() == source)
        .findFirst()
        .orElseGet(() -> Facts.notCollected(view.name(), source, scope));
  }

  private static String id(ObjectRef pod) {
    return pod.namespace() + "/" + pod.name();
  }
}
