package dev.upstream.diagnosis;

import dev.upstream.diagnosis.check.Words;
import dev.upstream.path.Backend;
import dev.upstream.path.Caller;
import dev.upstream.path.Hop;
import dev.upstream.path.HostNames;
import dev.upstream.path.Leg;
import dev.upstream.path.MeshRequests;
import dev.upstream.path.ProxySync;
import dev.upstream.path.RequestPath;
import dev.upstream.snapshot.AccessLogLine;
import dev.upstream.snapshot.ClusterView;
import dev.upstream.snapshot.EdgeLog;
import dev.upstream.snapshot.Gap;
import dev.upstream.snapshot.Kind;
import dev.upstream.snapshot.LogExcerpt;
import dev.upstream.snapshot.ObjectRef;
import dev.upstream.snapshot.Pod;
import dev.upstream.snapshot.ProxyView;
import dev.upstream.snapshot.Service;
import dev.upstream.snapshot.Snapshot;
import dev.upstream.snapshot.Source;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What several checks need, worked out once for a path. */
final class Facts {
  private final Snapshot snapshot;
  private final RequestPath path;
  private final Window window;
  private final Map<Integer, LegPods> pods = new HashMap<>();
  private final Map<Integer, List<AccessLogLine>> requests = new HashMap<>();
  private final Map<Integer, EdgeLog> edgeLogs = new HashMap<>();
  private final List<Edit> edits;

  Facts(Snapshot snapshot, RequestPath path) {
    this.snapshot = snapshot;
    this.path = path;
    this.edits = Edits.of(snapshot, path);
    this.window = Window.of(snapshot.at(), lastChange());
  }

  Window window() {
    return window;
  }

  List<Edit> edits() {
    return edits;
  }

  private Instant lastChange() {
    Stream<Instant> edited = edits.stream().map(Edit::at);
    Stream<Instant> readiness =
        path.legs().stream()
            .flatMap(l -> pods(l).selected().stream())
            .flatMap(p -> p.readyChangedAt().stream());
    Stream<Instant> created =
        path.hops().stream().flatMap(h -> object(h).stream()).flatMap(r -> r.createdAt().stream());
    return Stream.of(edited, readiness, created)
        .flatMap(s -> s)
        .filter(t -> !t.isAfter(snapshot.at()))
        .max(Instant::compareTo)
        .orElse(Instant.EPOCH);
  }

  private Optional<dev.upstream.snapshot.Resource> object(Hop hop) {
    ObjectRef ref = hop.ref();
    return Kind.of(ref.apiVersion(), ref.kind())
        .flatMap(
            k ->
                snapshot
                    .cluster(hop.cluster())
                    .flatMap(c -> c.objects().find(k, ref.namespace(), ref.name())));
  }

  ClusterView view(String cluster) {
    return snapshot
        .cluster(cluster)
        .orElseGet(() -> ClusterView.unseen(cluster, List.of(), List.of()));
  }

  LegPods pods(Leg leg) {
    return pods.computeIfAbsent(leg.id(), id -> LegPods.of(view(leg.cluster()).objects(), leg));
  }

  List<ProxyView> proxies(Leg leg) {
    return leg.caller() instanceof Caller.Mesh
        ? leg.caller().pods().stream()
            .flatMap(p -> view(leg.cluster()).proxy(p.namespace(), p.name()).stream())
            .toList()
        : List.of();
  }

  List<AccessLogLine> requests(Leg leg) {
    return requests.computeIfAbsent(
        leg.id(),
        id -> Recovery.since(readRequests(leg, window), proxies(leg), leg.envoyCluster()));
  }

  /** Requests as far back as the log of the leg's caller goes. */
  List<AccessLogLine> everyRequest(Leg leg) {
    return readRequests(leg, Window.whole(snapshot.at()));
  }

  private List<AccessLogLine> readRequests(Leg leg, Window window) {
    List<AccessLogLine> lines = new ArrayList<>();
    if (leg.caller() instanceof Caller.Mesh) {
      MeshRequests own = MeshRequests.of(leg);
      for (LogExcerpt log : logs(leg, "istio-proxy")) {
        log.lines().stream()
            .map(Facts::withoutCriPrefix)
            .flatMap(l -> AccessLogLine.parse(l).stream())
            .filter(l -> window.holds(l.at()))
            .filter(l -> l.upstreamCluster().equals(leg.envoyCluster()) || notSent(l, leg))
            .filter(l -> own.hold(l, log.namespace()))
            .forEach(lines::add);
      }
    }
    return lines;
  }

  /** Envoy names no upstream when it lacks the cluster. */
  private boolean notSent(AccessLogLine line, Leg leg) {
    return line.upstreamCluster().isEmpty()
        && line.flags().contains("NC")
        && serving(leg).noCluster() > 0;
  }

  static String withoutCriPrefix(String line) {
    int space = line.indexOf(" stdout F ");
    int error = line.indexOf(" stderr F ");
    int cut = Math.max(space, error);
    return cut > 0 && cut < 40 ? line.substring(cut + 10) : line;
  }

  /** Why nothing of the leg's caller's log can be told; empty where it was read. */
  Optional<Gap> unlogged(Leg leg) {
    ClusterView view = view(leg.cluster());
    boolean edge = leg.caller() instanceof Caller.IngressController;
    List<LogExcerpt> read = logs(leg, edge ? "controller" : "istio-proxy");
    if (leg.caller() instanceof Caller.Plain || view.manifestsOnly()) {
      return Optional.empty();
    }
    if (!read.isEmpty()) {
      return read.stream()
          .filter(l -> strange(l, edge))
          .findFirst()
          .map(l -> otherFormat(view.name(), l, edge));
    }
    Optional<Gap> none = noGatewayPod(view, leg.caller());
    if (none.isPresent()) {
      return none;
    }
    return view.gaps().stream()
        .filter(g -> g.source() == Source.LOG)
        .filter(g -> leg.caller().pods().stream().anyMatch(p -> g.scope().startsWith(id(p))))
        .findFirst()
        .or(() -> Optional.of(notCollected(view.name(), Source.LOG, logOf(leg))));
  }

  private static String id(ObjectRef pod) {
    return pod.namespace() + "/" + pod.name();
  }

  /** An Istio Gateway whose selector no pod matches, with all pods read. */
  static Optional<Gap> noGatewayPod(ClusterView view, Caller caller) {
    if (!(caller instanceof Caller.Mesh mesh) || !mesh.gateway() || !mesh.pods().isEmpty()) {
      return Optional.empty();
    }
    return view.objects()
        .find(Kind.ISTIO_GATEWAY, mesh.subject().namespace(), mesh.subject().name())
        .map(g -> g.at("spec").textMap("selector"))
        .filter(labels -> view.complete(Kind.POD, "", labels))
        .map(
            labels ->
                new Gap(
                    view.name(),
                    Source.OBJECTS,
                    mesh.subject().words(),
                    Gap.Cause.NOT_COLLECTED,
                    "No pod in this cluster has the labels that it selects: "
                        + Words.selector(labels)
                        + ".",
                    "Compare them with the labels of the gateway's pods, or start those."));
  }

  private static String logOf(Leg leg) {
    return leg.caller().pods().stream()
        .findFirst()
        .map(Facts::id)
        .orElse("the caller of " + HostNames.shown(leg.host()));
  }

  /** Requests are logged, and not one of them in the default format. */
  private static boolean strange(LogExcerpt log, boolean edge) {
    List<String> lines = log.lines().stream().map(Facts::withoutCriPrefix).toList();
    boolean requests =
        lines.stream().anyMatch(l -> AccessLogLine.aboutRequest(l) && !l.contains(", client: "));
    boolean read =
        edge
            ? !EdgeLog.read(lines).requests().isEmpty()
            : lines.stream().anyMatch(l -> AccessLogLine.parse(l).isPresent());
    return requests && !read;
  }

  private static Gap otherFormat(String cluster, LogExcerpt log, boolean edge) {
    return new Gap(
        cluster,
        Source.LOG,
        log.id(),
        Gap.Cause.UNPARSED,
        "Its access log is not in "
            + (edge ? "ingress-nginx's" : "Istio's")
            + " default format: failing requests would not show.",
        edge
            ? "See log-format-upstream in the controller's ConfigMap; read the log by hand."
            : "See accessLogFormat in the mesh configuration; read the log by hand.");
  }

  private List<LogExcerpt> logs(Leg leg, String container) {
    return leg.caller().pods().stream()
        .flatMap(p -> view(leg.cluster()).log(p.namespace(), p.name(), container).stream())
        .toList();
  }

  EdgeLog edgeLog(Leg leg) {
    return edgeLogs.computeIfAbsent(leg.id(), id -> readEdgeLog(leg, window));
  }

  /** What the Ingress controller's log says as far back as it goes. */
  EdgeLog wholeEdgeLog(Leg leg) {
    return readEdgeLog(leg, Window.whole(snapshot.at()));
  }

  private EdgeLog readEdgeLog(Leg leg, Window window) {
    if (!(leg.caller() instanceof Caller.IngressController)) {
      return EdgeLog.EMPTY;
    }
    EdgeLog all =
        EdgeLog.all(
            logs(leg, "controller").stream()
                .map(l -> EdgeLog.read(l.lines().stream().map(Facts::withoutCriPrefix).toList()))
                .toList());
    return EdgeRequests.of(view(leg.cluster()), path, leg, pods(leg).selected(), window).in(all);
  }

  /** What the sidecars of the leg's own pods logged of requests that came in, in the window. */
  List<AccessLogLine> inbound(Leg leg) {
    return pods(leg).selected().stream()
        .filter(Pod::hasProxy)
        .flatMap(p -> view(leg.cluster()).log(p.namespace(), p.name(), "istio-proxy").stream())
        .flatMap(l -> l.lines().stream())
        .map(Facts::withoutCriPrefix)
        .flatMap(l -> AccessLogLine.parse(l).stream())
        .filter(l -> l.upstreamCluster().startsWith("inbound|") && window.holds(l.at()))
        .toList();
  }

  Serving serving(Leg leg) {
    if (leg.backend() instanceof Backend.OwnAnswer) {
      return new Serving(0, 0, true, false);
    }
    List<ProxyView> proxies = proxies(leg);
    if (proxies.isEmpty()) {
      return byObjects(leg);
    }
    double empty = 0;
    double none = 0;
    for (ProxyView proxy : proxies) {
      Optional<ProxyView.ProxyCluster> cluster = proxy.cluster(leg.envoyCluster());
      empty += cluster.map(c -> c.usable().isEmpty() && !leg.resolvesLate()).orElse(false) ? 1 : 0;
      none += cluster.isEmpty() ? 1 : 0;
    }
    int unread = ProxySync.unreadInOrder(view(leg.cluster()), leg.caller().pods(), snapshot.at());
    Serving wanted = unread == 0 ? new Serving(0, 0, true, false) : byObjects(leg);
    double all = proxies.size() + unread;
    return new Serving(
        (empty + unread * wanted.empty()) / all,
        (none + unread * wanted.noCluster()) / all,
        true,
        true);
  }

  private Serving byObjects(Leg leg) {
    return switch (leg.backend()) {
      case Backend.KubernetesService s -> byObjects(leg, s);
      case Backend.UnknownHost u -> new Serving(0, 1, true, false);
      case Backend.MissingPort m -> new Serving(0, 1, true, false);
      case Backend.MissingService m -> new Serving(0, 1, true, false);
      case Backend.External e -> new Serving(0, 0, false, false);
      case Backend.OwnAnswer o -> new Serving(0, 0, true, false);
    };
  }

  private Serving byObjects(Leg leg, Backend.KubernetesService backend) {
    if (leg.subset().isPresent() && leg.subsetIndex().isEmpty()) {
      return new Serving(0, 1, true, false);
    }
    ClusterView view = view(leg.cluster());
    boolean seen = slicesSeen(view, backend.service());
    boolean lastResort = leg.caller() instanceof Caller.Plain && pods(leg).lastResort();
    boolean empty = pods(leg).readyOfLeg().isEmpty() && !lastResort;
    return new Serving(empty && seen ? 1 : 0, 0, seen || !empty, false);
  }

  /** Whether all EndpointSlices of a Service were read. */
  static boolean slicesSeen(ClusterView view, Service service) {
    return view.complete(
        Kind.ENDPOINT_SLICE,
        service.namespace(),
        Map.of("kubernetes.io/service-name", service.name()));
  }

  /** The gap that explains why a kind was not read to its end. */
  Gap gapFor(ClusterView view, Kind kind, String namespace) {
    Source source = kind == Kind.EVENT ? Source.EVENTS : Source.OBJECTS;
    return view.gaps().stream()
        .filter(g -> g.source() == source || g.source() == Source.OBJECTS)
        .filter(g -> g.scope().startsWith(kind.plural()) || g.scope().startsWith("*"))
        .filter(
            g ->
                !g.scope().contains(" in ")
                    || namespace.isEmpty()
                    || g.scope().contains(" in " + namespace))
        .findFirst()
        .orElseGet(
            () ->
                notCollected(
                    view.name(),
                    source,
                    kind.plural() + (namespace.isEmpty() ? "" : " in " + namespace)));
  }

  private static String unread(Source source, String scope) {
    return switch (source) {
      case OBJECTS, EVENTS -> "No full list of " + scope + " was read.";
      case LOG -> "The log of " + scope + " was not read.";
      case PROXY -> "The configuration of proxy " + scope + " was not read.";
      case ISTIOD -> "The " + scope + " was not read from istiod.";
      case NODE -> "The facts of " + scope + " were not read.";
      case METRICS -> "The metrics of " + scope + " were not read.";
    };
  }

  static Gap notCollected(String cluster, Source source, String scope) {
    return new Gap(
        cluster,
        source,
        scope,
        Gap.Cause.NOT_COLLECTED,
        unread(source, scope),
        "Capture it too, or ask the live cluster.");
  }
}
