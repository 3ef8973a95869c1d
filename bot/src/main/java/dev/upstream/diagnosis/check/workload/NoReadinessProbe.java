package dev.upstream.diagnosis.check.workload;

import dev.upstream.diagnosis.Case;
import dev.upstream.diagnosis.Check;
import dev.upstream.diagnosis.CheckInfo;
import dev.upstream.diagnosis.Evidence;
import dev.upstream.diagnosis.Finding;
import dev.upstream.diagnosis.Impact;
import dev.upstream.diagnosis.LegPods;
import dev.upstream.diagnosis.Role;
import dev.upstream.diagnosis.Severity;
import dev.upstream.diagnosis.check.Connects;
import dev.upstream.diagnosis.check.Words;
import dev.upstream.path.Backend;
import dev.upstream.path.Caller;
import dev.upstream.path.Leg;
import dev.upstream.snapshot.AccessLogLine;
import dev.upstream.snapshot.Container;
import dev.upstream.snapshot.EdgeLog;
import dev.upstream.snapshot.Kind;
import dev.upstream.snapshot.ObjectRef;
import dev.upstream.snapshot.Pod;
import dev.upstream.snapshot.Service;
import dev.upstream.snapshot.Source;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Pods without a readiness probe refused connections in their first seconds. */
public final class NoReadinessProbe implements Check {
  private static final CheckInfo INFO =
      CheckInfo.rootCause(
              "no-readiness-probe",
              "Without a readiness probe, pods get traffic before they can answer.",
              Set.of(Source.OBJECTS, Source.LOG),
              Set.of(),
              List.of(
                  "envoy-connect-failure",
                  "edge-connection-refused",
                  "http-502-from-edge",
                  "http-503-from-edge"))
          .as(Role.CONTRIBUTING, Severity.WARNING)
          .asMistake();

  @Override
  public CheckInfo info() {
    return INFO;
  }

  @Override
  public List<Finding> diagnose(Case c) {
    List<Finding> findings = new ArrayList<>();
    for (Leg leg : c.legs()) {
      if (leg.backend() instanceof Backend.KubernetesService backend
          && !(leg.caller() instanceof Caller.Plain) // which writes no log that could be missed
          && !backend.service().selector().isEmpty()) {
        findings.addAll(findings(c, leg, backend));
      }
    }
    return findings;
  }

  /** A refused connection to a pod that had only just started. */
  private record Early(Pod pod, Container container, List<Connects.Connect> refused) {}

  private static List<Finding> findings(Case c, Leg leg, Backend.KubernetesService backend) {
    Service service = backend.service();
    List<Early> early = new ArrayList<>();
    if (!c.complete(leg.cluster(), Kind.POD, service.namespace(), service.selector())) {
      return List.of();
    }
    LegPods pods = c.pods(leg);
    List<Pod> unprobed =
        pods.chosen().stream().filter(p -> p.ready() && unprobed(p, backend).isPresent()).toList();
    if (unprobed.isEmpty() || !c.logged(leg)) {
      return List.of();
    }
    Connects connects = Connects.of(c, leg);
    for (Pod pod : unprobed) {
      List<Connects.Connect> refused =
          connects.to(pod.ip().orElse(""), port(backend.port(), pod)).stream()
              .filter(k -> k.refused() && Connects.soonAfterStart(pod, k.at()))
              .toList();
      unprobed(pod, backend)
          .filter(k -> !refused.isEmpty())
          .ifPresent(k -> early.add(new Early(pod, k, refused)));
    }
    List<Finding> findings = new ArrayList<>();
    LegPods.byOwner(c.objects(leg.cluster()), early.stream().map(Early::pod).toList())
        .forEach(
            (owner, owned) -> {
              Set<String> names = owned.stream().map(Pod::name).collect(Collectors.toSet());
              List<Early> own = early.stream().filter(e -> names.contains(e.pod().name())).toList();
              findings.add(finding(c, leg, backend, owner, own, connects));
            });
    return findings;
  }

  /** The container that serves the leg's port, if nothing holds traffic back until it listens. */
  private static Optional<Container> unprobed(Pod pod, Backend.KubernetesService backend) {
    String target = backend.port().targetPort();
    List<Container> own = pod.containers().stream().filter(k -> !k.meshProxy()).toList();
    List<Container> declaring =
        own.stream()
            .filter(
                k ->
                    k.ports().stream()
                        .anyMatch(
                            p ->
                                p.name().equals(target)
                                    || Integer.toString(p.number()).equals(target)))
            .toList();
    List<Container> serving = declaring.isEmpty() ? own : declaring;
    boolean held =
        serving.stream()
            .anyMatch(
                k -> k.probe("readinessProbe").isPresent() || k.probe("startupProbe").isPresent());
    return held ? Optional.empty() : serving.stream().findFirst();
  }

  private static int port(Service.Port port, Pod pod) {
    return port.targetsName()
        ? pod.portNamed(port.targetPort(), port.protocol()).orElse(0)
        : port.targetPort().length() > 5 ? 0 : Integer.parseInt(port.targetPort());
  }

  private static Finding finding(
      Case c,
      Leg leg,
      Backend.KubernetesService backend,
      ObjectRef owner,
      List<Early> early,
      Connects connects) {
    Container container = early.getFirst().container();
    List<Evidence> proofs = new ArrayList<>();
    for (Early e : early.stream().limit(3).toList()) {
      proofs.add(proof(leg, e));
    }
    Optional<Instant> started =
        early.stream().flatMap(e -> e.container().startedAt().stream()).min(Instant::compareTo);
    return Finding.of(
            INFO,
            leg.cluster(),
            owner,
            "Requests go to "
                + Words.destination(leg)
                + ", and container "
                + container.name()
                + " of "
                + owner.words()
                + " has no readiness probe: "
                + Words.count(early.size(), "pod")
                + " refused connections just after the start.")
        .hits(impact(c, leg, backend, early, connects))
        .since(started)
        .proofs(proofs);
  }

  private static Evidence proof(Leg leg, Early e) {
    Connects.Connect last = e.refused().getLast();
    ObjectRef caller = leg.caller().pods().getFirst();
    return new Evidence(
        Source.LOG,
        Words.count(e.refused().size(), "refused connection")
            + " to "
            + e.pod().name()
            + " at "
            + last.endpoint()
            + ", the last at "
            + last.at()
            + e.container().startedAt().map(s -> "; the container started at " + s).orElse(""),
        Words.kubectl(
            leg.cluster(),
            "-n "
                + caller.namespace()
                + " logs "
                + caller.name()
                + " --since=5m | grep "
                + last.endpoint()));
  }

  /** The endpoints that refuse still; once all answer, only the requests counted (R8). */
  private static Impact impact(
      Case c, Leg leg, Backend.KubernetesService backend, List<Early> early, Connects connects) {
    int ready = c.pods(leg).readyPods();
    long still =
        early.stream()
            .filter(e -> connects.refuses(e.pod().ip().orElse(""), port(backend.port(), e.pod())))
            .count();
    if (still > 0 && ready > 0) {
      return Impact.on(leg, Math.min(1, (double) still / ready));
    }
    List<AccessLogLine> requests = c.requests(leg);
    Set<String> addresses = new java.util.HashSet<>();
    early.forEach(e -> e.refused().forEach(k -> addresses.add(k.endpoint())));
    long failed =
        requests.stream()
            .filter(l -> l.flags().contains("UF") && addresses.contains(l.upstreamHost()))
            .count();
    EdgeLog edge = c.edgeLog(leg);
    long refused =
        edge.requests().stream()
            .filter(r -> r.madeByEdge() && addresses.contains(r.lastTry()))
            .count();
    int met = (int) (failed + refused);
    return met == 0
        ? Impact.on(leg, 0)
        : Impact.counted(leg, met, requests.size() + edge.requests().size());
  }
}
