package dev.upstream.cluster;

import dev.upstream.path.Scope;
import dev.upstream.snapshot.ClusterView;
import dev.upstream.snapshot.ControlPlaneView;
import dev.upstream.snapshot.Coverage;
import dev.upstream.snapshot.Gap;
import dev.upstream.snapshot.Kind;
import dev.upstream.snapshot.LogExcerpt;
import dev.upstream.snapshot.NodeFactsLog;
import dev.upstream.snapshot.NodeView;
import dev.upstream.snapshot.ObjectRef;
import dev.upstream.snapshot.Objects;
import dev.upstream.snapshot.Pod;
import dev.upstream.snapshot.ProbeTimeouts;
import dev.upstream.snapshot.ProxyView;
import dev.upstream.snapshot.Resource;
import dev.upstream.snapshot.Source;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;

/** One cluster while it is being read for one question; asks for nothing twice. */
final class ClusterReading implements AutoCloseable {
  private static final List<Kind> ROUTING =
      List.of(
          Kind.SERVICE,
          Kind.INGRESS,
          Kind.INGRESS_CLASS,
          Kind.ISTIO_GATEWAY,
          Kind.VIRTUAL_SERVICE,
          Kind.DESTINATION_RULE,
          Kind.SERVICE_ENTRY,
          Kind.SIDECAR,
          Kind.ENVOY_FILTER,
          Kind.AUTHORIZATION_POLICY,
          Kind.WASM_PLUGIN,
          Kind.HTTP_ROUTE,
          Kind.GATEWAY,
          Kind.ROUTE);
  private static final List<Kind> WORKLOADS =
      List.of(
          Kind.DEPLOYMENT,
          Kind.STATEFUL_SET,
          Kind.DAEMON_SET,
          Kind.REPLICA_SET,
          Kind.JOB,
          Kind.ROLLOUT);
  private static final Duration LOG_BACK = Duration.ofMinutes(6);

  /** Of these the pods are listed at once to see whether probes fail still. */
  private static final int MOST_NAMESPACES = 20;

  private final ClusterSource source;
  private final ApiReader api;
  private final PodPorts ports;
  private final RuntimeReader runtime;
  private final NodeReader nodeReader;
  private final InstantSource clock;
  private final Calls calls;
  private final Set<String> asked = new HashSet<>();
  private final Map<ObjectRef, Resource> objects = new LinkedHashMap<>();
  private Objects sorted = new Objects(List.of());
  private final List<Coverage.Entry> read = new ArrayList<>();
  private final Map<String, ProxyView> proxies = new LinkedHashMap<>();
  private final Map<String, ControlPlaneView> controlPlanes = new LinkedHashMap<>();
  private final Map<String, NodeView> nodes = new TreeMap<>();
  private final List<LogExcerpt> logs = new ArrayList<>();
  private final Set<Gap> gaps = new TreeSet<>();
  private volatile boolean lost;

  ClusterReading(
      ClusterSource source,
      KubernetesClient client,
      Limits limits,
      Semaphore slots,
      InstantSource clock) {
    this.source = source;
    this.calls = new Calls(limits, slots);
    this.api = new ApiReader(source.name(), client, limits, calls, clock);
    this.clock = clock;
    this.nodeReader = new NodeReader(source.name(), api);
    this.ports = new PodPorts(client, calls, limits.request());
    this.runtime = new RuntimeReader(source.name(), ports);
  }

  ClusterView view() {
    List<Gap> all = List.copyOf(gaps);
    return new ClusterView(
        source.name(),
        known(),
        new Coverage(read, List.of()).without(all),
        List.copyOf(proxies.values()),
        List.copyOf(controlPlanes.values()),
        List.copyOf(nodes.values()),
        List.copyOf(logs),
        all,
        source.reachedBy());
  }

  /** Sorting them takes its time where there are thousands: only after something was added. */
  private Objects known() {
    if (sorted.all().size() != objects.size()) {
      sorted = new Objects(objects.values());
    }
    return sorted;
  }

  /** More was asked for when enough had been read. */
  void notToTheEnd() {
    gaps.add(
        new Gap(
            source.name(),
            Source.OBJECTS,
            "the end of the path",
            Gap.Cause.TRUNCATED,
            "Reading was stopped: each time the path was known better, more was asked for.",
            "Check the last hop that is shown, from its own client."));
  }

  /** Routing objects and Services: what finding a path starts from. */
  void readRouting(java.util.Optional<String> namespace) {
    List<Listing> listings = new ArrayList<>();
    ROUTING.forEach(k -> listings.add(new Listing(k, "", Map.of())));
    list(listings);
    namespace.ifPresent(this::readForbiddenIn);
  }

  /** Where the whole cluster may not be listed, one namespace may be. */
  void readForbiddenIn(String namespace) {
    List<Listing> narrower = new ArrayList<>();
    for (Kind kind : ROUTING) {
      boolean refused =
          gaps.stream()
              .anyMatch(g -> g.cause() == Gap.Cause.FORBIDDEN && g.scope().equals(kind.plural()));
      if (refused && kind.namespaced()) {
        narrower.add(new Listing(kind, namespace, Map.of()));
      }
    }
    list(narrower);
  }

  /** Reads what a path asks for. Returns whether anything was new. */
  boolean read(Scope.Part part, Set<String> hosts, Set<String> callers) {
    List<Listing> listings = new ArrayList<>();
    part.whole().forEach(k -> listings.add(new Listing(k, "", Map.of())));
    part.pods().forEach(q -> listings.add(new Listing(Kind.POD, q.namespace(), q.labels())));
    for (ObjectRef service : part.services()) {
      listings.add(
          new Listing(
              Kind.ENDPOINT_SLICE,
              service.namespace(),
              Map.of("kubernetes.io/service-name", service.name())));
    }
    for (String namespace : part.namespaces()) {
      WORKLOADS.forEach(k -> listings.add(new Listing(k, namespace, Map.of())));
      listings.add(new Listing(Kind.EVENT, namespace, Map.of()));
    }
    if (!part.meshNamespaces().isEmpty()) {
      source
          .istiodNamespaces()
          .forEach(n -> listings.add(new Listing(Kind.POD, n, Map.of("app", "istiod"))));
    }
    boolean anything = list(listings);
    anything |= readProbes();
    return readRuntime(part, hosts, callers) || anything;
  }

  /**
   * Where a probe on the path timed out, the whole cluster's are looked at, and the nodes when they
   * fail without a pattern (RULES.md R5).
   */
  private boolean readProbes() {
    if (lost || !timeouts().any()) {
      return false;
    }
    List<Callable<Runnable>> work = new ArrayList<>();
    if (asked.add("probes")) {
      work.add(
          () -> {
            ApiReader.Listed listed = api.events(ProbeTimeouts.REASON, ProbeTimeouts.SCOPE);
            return () -> keep(listed);
          });
    }
    calls.sideBySide(work);
    boolean more = !work.isEmpty();
    more |=
        !timeouts().scattered()
            && list(
                timeouts().undecided().stream()
                    .limit(MOST_NAMESPACES)
                    .map(n -> new Listing(Kind.POD, n, Map.of()))
                    .toList());
    ProbeTimeouts seen = timeouts();
    if (seen.scattered()) {
      more |= list(List.of(new Listing(Kind.POD, "", NodeFactsLog.LABELS)));
      more |= readNodes(seen);
    }
    return more;
  }

  private ProbeTimeouts timeouts() {
    Coverage coverage = new Coverage(read, List.of());
    return ProbeTimeouts.of(
        known(), clock.instant(), n -> coverage.complete(Kind.POD, n, Map.of()));
  }

  private boolean readNodes(ProbeTimeouts seen) {
    Objects known = known();
    List<Callable<Runnable>> work = new ArrayList<>();
    for (Pod pod : nodeReader.readers(known, seen)) {
      if (asked.add("node " + pod.ref())) {
        work.add(
            () -> {
              RuntimeReader.Read<NodeView> r = nodeReader.read(pod, known);
              return () -> {
                r.value().ifPresent(v -> nodes.put(v.name(), v));
                gaps.addAll(r.gaps());
              };
            });
      }
    }
    calls.sideBySide(work);
    nodeReader.cut(known).ifPresent(gaps::add);
    return !work.isEmpty();
  }

  private boolean readRuntime(Scope.Part part, Set<String> hosts, Set<String> callers) {
    if (lost) {
      return false;
    }
    List<Callable<Runnable>> work = new ArrayList<>();
    for (ObjectRef pod : part.proxies()) {
      if (asked.add("proxy " + pod + hosts)) {
        work.add(
            () -> {
              RuntimeReader.Read<ProxyView> r = runtime.proxy(pod, hosts);
              return () -> {
                r.value().ifPresent(v -> proxies.put(v.id(), v));
                gaps.addAll(r.gaps());
              };
            });
      }
    }
    for (Scope.LogQuery q : part.logs()) {
      if (asked.add("log " + q)) {
        work.add(() -> log(q));
      }
    }
    if (!part.meshNamespaces().isEmpty() && !callers.isEmpty()) {
      for (String namespace : source.istiodNamespaces()) {
        istiods(namespace, hosts, callers, work);
      }
    }
    calls.sideBySide(work);
    return !work.isEmpty();
  }

  private void istiods(
      String namespace, Set<String> hosts, Set<String> callers, List<Callable<Runnable>> work) {
    for (Pod pod : known().pods(namespace, Map.of("app", "istiod"))) {
      boolean runs = pod.phase().equals("Running") && !pod.terminating();
      if (runs && asked.add("istiod " + pod.ref() + hosts + callers)) {
        work.add(
            () -> {
              RuntimeReader.Read<ControlPlaneView> r = runtime.istiod(pod.ref(), callers, hosts);
              return () -> {
                r.value().ifPresent(v -> controlPlanes.put(v.namespace() + "/" + v.pod(), v));
                gaps.addAll(r.gaps());
              };
            });
      }
    }
  }

  private Runnable log(Scope.LogQuery q) {
    ApiReader.LogRead r = api.log(q.namespace(), q.pod(), q.container(), LOG_BACK);
    return () -> {
      switch (r) {
        case ApiReader.LogRead.Lines l ->
            logs.add(
                new LogExcerpt(q.namespace(), q.pod(), q.container(), false, l.lines(), l.cut()));
        case ApiReader.LogRead.Failed f -> gaps.add(f.gap());
      }
    };
  }

  private record Listing(Kind kind, String namespace, Map<String, String> labels) {}

  private boolean list(List<Listing> listings) {
    List<Callable<Runnable>> work = new ArrayList<>();
    for (Listing l : listings) {
      if (!lost && asked.add("list " + l)) {
        work.add(
            () -> {
              if (lost) {
                return () -> {};
              }
              ApiReader.Listed listed = api.list(l.kind(), l.namespace(), l.labels());
              lost = lost || (listed instanceof ApiReader.Listed.Failed f && f.wholeCluster());
              return () -> took(l, listed);
            });
      }
    }
    calls.sideBySide(work);
    return !work.isEmpty();
  }

  private void took(Listing l, ApiReader.Listed listed) {
    switch (listed) {
      case ApiReader.Listed.Read r -> {
        keep(listed);
        read.add(
            new Coverage.Entry(
                Set.of(l.kind()),
                l.namespace().isEmpty() ? Set.of() : Set.of(l.namespace()),
                l.labels()));
      }
      case ApiReader.Listed.Failed f -> keep(listed);
    }
  }

  private void keep(ApiReader.Listed listed) {
    switch (listed) {
      case ApiReader.Listed.Read r -> {
        r.resources().forEach(o -> objects.putIfAbsent(o.ref(), o));
        r.cut().ifPresent(gaps::add);
      }
      case ApiReader.Listed.Failed f -> gaps.add(f.gap());
    }
  }

  @Override
  public void close() {
    calls.close();
    ports.close();
  }
}
