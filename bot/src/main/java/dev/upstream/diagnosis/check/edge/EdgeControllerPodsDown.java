package dev.upstream.diagnosis.check.edge;

import dev.upstream.diagnosis.Case;
import dev.upstream.diagnosis.Check;
import dev.upstream.diagnosis.CheckInfo;
import dev.upstream.diagnosis.Evidence;
import dev.upstream.diagnosis.Finding;
import dev.upstream.diagnosis.Impact;
import dev.upstream.diagnosis.LegPods;
import dev.upstream.diagnosis.check.Words;
import dev.upstream.path.Caller;
import dev.upstream.path.Leg;
import dev.upstream.snapshot.Container;
import dev.upstream.snapshot.Kind;
import dev.upstream.snapshot.ObjectRef;
import dev.upstream.snapshot.Objects;
import dev.upstream.snapshot.Pod;
import dev.upstream.snapshot.Selectors;
import dev.upstream.snapshot.Service;
import dev.upstream.snapshot.Source;
import dev.upstream.snapshot.Workload;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Of the pods at which requests enter the cluster, none is ready. */
public final class EdgeControllerPodsDown implements Check {
  private static final CheckInfo INFO =
      CheckInfo.rootCause(
              "edge-controller-pods-down",
              "No pod of the edge controller or gateway is ready.",
              Set.of(Source.OBJECTS),
              Set.of(),
              List.of())
          .alias("controller-pods-down");

  @Override
  public CheckInfo info() {
    return INFO;
  }

  @Override
  public List<Finding> diagnose(Case c) {
    List<Finding> findings = new ArrayList<>();
    for (Leg leg : c.legs()) {
      Map<String, String> labels = labels(c, leg);
      if (!labels.isEmpty()) {
        findings.addAll(edge(c, leg, labels));
      }
    }
    return findings;
  }

  /** What the pods of the leg's edge carry; nothing where the caller is no edge, or not known. */
  private static Map<String, String> labels(Case c, Leg leg) {
    return switch (leg.caller()) {
      case Caller.IngressController i -> i.labels();
      case Caller.Mesh m ->
          m.gateway()
              ? c.objects(leg.cluster())
                  .find(Kind.ISTIO_GATEWAY, m.subject().namespace(), m.subject().name())
                  .map(g -> g.at("spec").textMap("selector"))
                  .orElse(Map.of())
              : Map.of();
      case Caller.Plain p -> Map.of();
    };
  }

  private static List<Finding> edge(Case c, Leg leg, Map<String, String> labels) {
    Objects objects = c.objects(leg.cluster());
    List<Pod> pods =
        leg.caller().pods().stream()
            .flatMap(p -> objects.pod(p.namespace(), p.name()).stream())
            .toList();
    if (pods.stream().anyMatch(Pod::ready)) {
      return List.of();
    }
    Map<ObjectRef, List<Pod>> owners = new LinkedHashMap<>(LegPods.byOwner(objects, pods));
    workloads(objects, labels).forEach(w -> owners.putIfAbsent(w, List.of()));
    if (owners.isEmpty()) {
      services(objects, labels).stream().limit(1).forEach(s -> owners.put(s.ref(), List.of()));
    }
    Set<String> namespaces = new TreeSet<>();
    owners.keySet().forEach(o -> namespaces.add(o.namespace()));
    boolean seen =
        namespaces.isEmpty()
            ? c.complete(leg.cluster(), Kind.POD, "", labels)
            : namespaces.stream().allMatch(n -> c.complete(leg.cluster(), Kind.POD, n, labels));
    return seen
        ? owners.entrySet().stream()
            .map(e -> finding(objects, leg, e.getKey(), e.getValue()))
            .toList()
        : List.of();
  }

  /** What should make the pods: beside the edge's own Service, else anywhere. */
  private static List<ObjectRef> workloads(Objects objects, Map<String, String> labels) {
    Set<String> beside = new TreeSet<>();
    services(objects, labels).forEach(s -> beside.add(s.namespace()));
    List<Workload> all =
        objects.all().stream()
            .filter(r -> r.kind().workload() && r.kind() != Kind.JOB)
            .map(Workload::new)
            .filter(w -> !w.owned() && Selectors.holds(labels, w.templateLabels()))
            .toList();
    List<Workload> near = all.stream().filter(w -> beside.contains(w.namespace())).toList();
    return (beside.isEmpty() ? all : near).stream().map(Workload::ref).toList();
  }

  private static List<Service> services(Objects objects, Map<String, String> labels) {
    return objects.services().stream().filter(s -> Selectors.holds(labels, s.selector())).toList();
  }

  private static Finding finding(Objects objects, Leg leg, ObjectRef owner, List<Pod> pods) {
    String state =
        pods.isEmpty()
            ? " has " + zero(objects, owner)
            : owner.kind().equals(Kind.POD.kind())
                ? " is not ready" + waiting(pods)
                : " has " + Words.count(pods.size(), "pod") + ", none ready" + waiting(pods);
    return Finding.of(
            INFO,
            leg.cluster(),
            owner,
            "No pod of the edge is ready, so no request gets in: " + owner.words() + state + ".")
        .hits(Impact.on(leg, 1))
        .since(pods.stream().flatMap(p -> p.readyChangedAt().stream()).max(Instant::compareTo))
        .proof(
            new Evidence(
                Source.OBJECTS,
                pods.isEmpty()
                    ? owner.words() + " has no pods"
                    : "Not ready: " + Words.names(pods) + waiting(pods),
                Words.kubectl(leg.cluster(), "-n " + owner.namespace() + " get pods -o wide")));
  }

  private static String zero(Objects objects, ObjectRef owner) {
    boolean scaled =
        objects.workloads(owner.namespace()).stream()
            .filter(w -> w.ref().equals(owner))
            .anyMatch(w -> w.replicas().filter(r -> r == 0).isPresent());
    return scaled ? "no pods because it is scaled to 0" : "no pods";
  }

  /** Why the first one waits, in Kubernetes' word. */
  private static String waiting(List<Pod> pods) {
    Optional<String> reason =
        pods.stream()
            .flatMap(p -> p.containers().stream())
            .map(Container::waitingReason)
            .filter(r -> !r.isEmpty())
            .findFirst();
    return reason.map(r -> " (" + r + ")").orElse("");
  }
}
