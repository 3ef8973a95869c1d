package dev.upstream.diagnosis;

import dev.upstream.path.Caller;
import dev.upstream.path.IngressPaths;
import dev.upstream.path.Leg;
import dev.upstream.path.RequestPath;
import dev.upstream.snapshot.AccessLogLine;
import dev.upstream.snapshot.ClusterView;
import dev.upstream.snapshot.ControlPlaneView;
import dev.upstream.snapshot.EdgeLog;
import dev.upstream.snapshot.Event;
import dev.upstream.snapshot.Gap;
import dev.upstream.snapshot.Kind;
import dev.upstream.snapshot.NodeView;
import dev.upstream.snapshot.ObjectRef;
import dev.upstream.snapshot.Objects;
import dev.upstream.snapshot.ProbeTimeouts;
import dev.upstream.snapshot.ProxyView;
import dev.upstream.snapshot.Service;
import dev.upstream.snapshot.Snapshot;
import dev.upstream.snapshot.Source;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What one check is given: the path and everything seen, through accessors that note which sources
 * were read and where absence could not be trusted.
 */
public final class Case {
  /** What controllers make and no manifest holds. */
  private static final Set<Kind> RUNNING =
      EnumSet.of(Kind.POD, Kind.ENDPOINT_SLICE, Kind.REPLICA_SET, Kind.EVENT, Kind.NODE);

  private final Snapshot snapshot;
  private final RequestPath path;
  private final Facts facts;
  private final Set<Source> read = EnumSet.noneOf(Source.class);
  private final Set<Source> seen = EnumSet.noneOf(Source.class);
  private final List<Gap> blind = new ArrayList<>();
  private boolean notAsked;
  private boolean couldNotTell;

  Case(Snapshot snapshot, RequestPath path, Facts facts) {
    this.snapshot = snapshot;
    this.path = path;
    this.facts = facts;
  }

  public RequestPath path() {
    return path;
  }

  public List<Leg> legs() {
    return path.legs();
  }

  public Instant now() {
    return snapshot.at();
  }

  public Window window() {
    return facts.window();
  }

  public Set<String> clusters() {
    return snapshot.clusters().keySet();
  }

  /** Those that the path leads through: a recording may hold others, which are not asked about. */
  public Set<String> onPath() {
    Set<String> on = new TreeSet<>();
    path.hops().forEach(h -> on.add(h.cluster()));
    path.legs().forEach(l -> on.add(l.cluster()));
    on.retainAll(clusters());
    return on.isEmpty() ? clusters() : on;
  }

  public Objects objects(String cluster) {
    read.add(Source.OBJECTS);
    return view(cluster).objects();
  }

  /**
   * Whether an absence can be trusted (RULES.md R1). When not, the check becomes inconclusive.
   *
   * @param namespace empty for the whole cluster
   */
  public boolean complete(String cluster, Kind kind, String namespace, Map<String, String> labels) {
    Source source = kind == Kind.EVENT ? Source.EVENTS : Source.OBJECTS;
    read.add(source);
    if (view(cluster).complete(kind, namespace, labels)) {
      seen.add(source);
      return true;
    }
    if (RUNNING.contains(kind) && manifestsOnly(cluster)) {
      notAsked = true;
    } else {
      blind.add(facts.gapFor(view(cluster), kind, namespace));
    }
    return false;
  }

  /** Nothing of a running cluster is there: a lint, which asks for none of it (RULES.md R5). */
  public boolean manifestsOnly(String cluster) {
    return view(cluster).manifestsOnly();
  }

  public boolean complete(String cluster, Kind kind, String namespace) {
    return complete(cluster, kind, namespace, Map.of());
  }

  /** Whether all EndpointSlices of a Service were read; when not, the check is inconclusive. */
  public boolean slicesComplete(String cluster, Service service) {
    return complete(
        cluster,
        Kind.ENDPOINT_SLICE,
        service.namespace(),
        Map.of("kubernetes.io/service-name", service.name()));
  }

  /** The paths that the target's host has at the controller of an Ingress. */
  public IngressPaths ingressPaths(String cluster, ObjectRef ingress) {
    looked(Source.OBJECTS);
    return IngressPaths.of(view(cluster), ingress, path.host());
  }

  /** The proxies of the leg's caller that were read. */
  public List<ProxyView> proxies(Leg leg) {
    return got(Source.PROXY, facts.proxies(leg));
  }

  /** Requests on this leg's Envoy cluster in the window, from its caller's logs. */
  public List<AccessLogLine> requests(Leg leg) {
    return got(Source.LOG, facts.requests(leg));
  }

  /** Whether the log of the leg's caller can be told from; when not, the check is inconclusive. */
  public boolean logged(Leg leg) {
    read.add(Source.LOG);
    Optional<Gap> gap = facts.unlogged(leg);
    gap.ifPresent(blind::add);
    if (gap.isEmpty() && !(leg.caller() instanceof Caller.Plain) && !manifestsOnly(leg.cluster())) {
      seen.add(Source.LOG);
    }
    return gap.isEmpty();
  }

  /** What the sidecars of the leg's own pods logged of requests that came in, in the window. */
  public List<AccessLogLine> inbound(Leg leg) {
    return got(Source.LOG, facts.inbound(leg));
  }

  /** What the Ingress controller's log says of the leg's requests in the window. */
  public EdgeLog edgeLog(Leg leg) {
    EdgeLog log = facts.edgeLog(leg);
    got(Source.LOG, log.requests());
    got(Source.LOG, log.failures());
    return log;
  }

  public List<Event> events(String cluster, ObjectRef about) {
    return got(Source.EVENTS, view(cluster).objects().eventsOf(about));
  }

  /**
   * The probe timeouts of the whole cluster, as far as they were read. Where a gap hides some of
   * them and the others show no pattern, the check becomes inconclusive.
   */
  public ProbeTimeouts probeTimeouts(String cluster) {
    read.add(Source.EVENTS);
    ProbeTimeouts timeouts =
        ProbeTimeouts.of(objects(cluster), now(), n -> view(cluster).complete(Kind.POD, n));
    if (timeouts.events() > 0) {
      seen.add(Source.EVENTS);
    }
    if (!timeouts.scattered()) {
      view(cluster).gaps().stream()
          .filter(g -> g.source() == Source.EVENTS && g.scope().equals(ProbeTimeouts.SCOPE))
          .forEach(blind::add);
      timeouts.undecided().forEach(n -> complete(cluster, Kind.POD, n));
    }
    return timeouts;
  }

  public List<ControlPlaneView> controlPlanes(String cluster) {
    return got(Source.ISTIOD, view(cluster).controlPlanes());
  }

  /** Whether every istiod's sync rows were read; when not, the check becomes inconclusive. */
  public boolean everyControlPlaneRead(String cluster) {
    read.add(Source.ISTIOD);
    List<Gap> gaps = view(cluster).unreadSync();
    boolean any = view(cluster).controlPlanes().stream().anyMatch(c -> c.sync().isPresent());
    if (any && gaps.isEmpty()) {
      seen.add(Source.ISTIOD);
      return true;
    }
    blind.addAll(
        gaps.isEmpty()
            ? List.of(Facts.notCollected(cluster, Source.ISTIOD, "sync state of the proxies"))
            : gaps);
    return false;
  }

  public List<NodeView> nodes(String cluster) {
    return got(Source.NODE, view(cluster).nodes());
  }

  /** What serves the leg: by its proxies where they were read, else by objects. */
  public Serving serving(Leg leg) {
    Serving serving = facts.serving(leg);
    Source source = serving.byProxies() ? Source.PROXY : Source.OBJECTS;
    read.add(source);
    if (serving.known()) {
      seen.add(source);
    }
    return serving;
  }

  /** The pods behind the leg, and their readiness. */
  public LegPods pods(Leg leg) {
    LegPods pods = facts.pods(leg);
    read.add(Source.OBJECTS);
    if (pods.service().isPresent()) {
      seen.add(Source.OBJECTS);
    }
    return pods;
  }

  /** Says that a caller's runtime state was needed and not read; manifests have none (R5). */
  public void notRead(String cluster, Source source, Caller caller) {
    if (view(cluster).manifestsOnly()) {
      return;
    }
    String scope =
        caller.pods().isEmpty()
            ? "proxies"
            : caller.pods().getFirst().namespace() + "/" + caller.pods().getFirst().name();
    blind.add(
        view(cluster).gaps().stream()
            .filter(g -> g.source() == source)
            .findFirst()
            .or(() -> Facts.noGatewayPod(view(cluster), caller))
            .orElseGet(() -> Facts.notCollected(cluster, source, scope)));
  }

  /** Says that something needed was not seen. */
  public void blind(Gap gap) {
    blind.add(gap);
  }

  /** Says that the path itself answers the check's question, as what it was made from was seen. */
  public void looked(Source source) {
    read.add(source);
    seen.add(source);
  }

  /** Says that what was seen would not have shown it either way, so that nothing is ruled out. */
  public void couldNotTell() {
    couldNotTell = true;
  }

  boolean looked(Set<Source> needs) {
    return !couldNotTell && !seen.isEmpty() && seen.containsAll(needs);
  }

  private <T> List<T> got(Source source, List<T> found) {
    read.add(source);
    if (!found.isEmpty()) {
      seen.add(source);
    }
    return found;
  }

  Set<Source> read() {
    return read;
  }

  /** Whether something was missing that is no gap, because a lint does not ask for it. */
  boolean notAsked() {
    return notAsked;
  }

  List<Gap> blindSpots() {
    return blind.stream().distinct().sorted().toList();
  }

  private ClusterView view(String cluster) {
    return snapshot
        .cluster(cluster)
        .orElseGet(() -> ClusterView.unseen(cluster, List.of(), List.of()));
  }
}
