package dev.upstream.diagnosis.check.workload;

import dev.upstream.diagnosis.Case;
import dev.upstream.diagnosis.CheckInfo;
import dev.upstream.diagnosis.Confidence;
import dev.upstream.diagnosis.Evidence;
import dev.upstream.diagnosis.Finding;
import dev.upstream.diagnosis.Impact;
import dev.upstream.diagnosis.LegPods;
import dev.upstream.diagnosis.Serving;
import dev.upstream.diagnosis.check.Words;
import dev.upstream.path.Leg;
import dev.upstream.snapshot.Container;
import dev.upstream.snapshot.Fields;
import dev.upstream.snapshot.Kind;
import dev.upstream.snapshot.ObjectRef;
import dev.upstream.snapshot.Pod;
import dev.upstream.snapshot.Resource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Turns what keeps single pods of a leg from being ready into findings about the workloads that own
 * them: a root cause where none of the leg's pods is ready, else a risk (RULES.md R9 and R12).
 */
final class PodCause {
  /** What a pod-level cause leads to, nearest first. */
  static final List<String> LEADS_TO =
      List.of(
          "dr-subset-pods-not-ready",
          "all-pods-not-ready",
          "no-ready-endpoints",
          "envoy-no-healthy-upstream",
          "http-503-from-edge");

  /**
   * One container that keeps its pod from being ready.
   *
   * @param why continues "container web of Deployment shop/web "
   * @param field below the container's spec; empty for none
   */
  record Culprit(
      Pod pod,
      Container container,
      String why,
      String field,
      Confidence confidence,
      List<Evidence> proofs) {}

  private PodCause() {}

  /** The leg's pods that should serve and do not; notes when not all of its pods were read. */
  static List<Pod> notReady(Case c, Leg leg) {
    LegPods pods = c.pods(leg);
    pods.service()
        .filter(s -> !s.selector().isEmpty())
        .ifPresent(s -> c.complete(leg.cluster(), Kind.POD, s.namespace(), s.selector()));
    return pods.notReady().stream().filter(p -> !p.ended()).toList();
  }

  /** One finding for each owner; the surest culprit of each tells the reason. */
  static List<Finding> findings(Case c, CheckInfo info, Leg leg, List<Culprit> culprits) {
    List<Finding> findings = new ArrayList<>();
    Map<String, List<Culprit>> byPod = new LinkedHashMap<>();
    culprits.forEach(k -> byPod.computeIfAbsent(k.pod().name(), n -> new ArrayList<>()).add(k));
    List<Pod> pods = byPod.values().stream().map(k -> k.getFirst().pod()).toList();
    Impact impact = impact(c, leg);
    for (Map.Entry<ObjectRef, List<Pod>> owned :
        LegPods.byOwner(c.objects(leg.cluster()), pods).entrySet()) {
      List<Culprit> of =
          owned.getValue().stream()
              .flatMap(p -> byPod.getOrDefault(p.name(), List.of()).stream())
              .sorted(Comparator.comparing(Culprit::confidence))
              .toList();
      findings.add(finding(c, info, leg, owned.getKey(), of, owned.getValue(), impact));
    }
    return findings;
  }

  private static Finding finding(
      Case c,
      CheckInfo info,
      Leg leg,
      ObjectRef owner,
      List<Culprit> culprits,
      List<Pod> pods,
      Impact impact) {
    Culprit first = culprits.getFirst();
    String why =
        "container " + first.container().name() + " of " + owner.words() + " " + first.why() + ".";
    boolean hurts = !impact.known() || impact.legs().values().stream().anyMatch(f -> f > 0);
    String effect =
        hurts
            ? "Requests go to " + Words.destination(leg) + ", which has no ready pod: "
            : pods.size()
                + " of the "
                + Words.count(c.pods(leg).chosen().size(), "pod")
                + " of "
                + Words.destination(leg)
                + (pods.size() == 1 ? " is" : " are")
                + " not ready: ";
    Optional<Resource> workload =
        Kind.of(owner.apiVersion(), owner.kind())
            .flatMap(k -> c.objects(leg.cluster()).find(k, owner.namespace(), owner.name()));
    String field =
        workload
            .filter(w -> !first.field().isEmpty())
            .flatMap(w -> containerPath(w, first.container().name()))
            .map(path -> path + "." + first.field())
            .orElse("");
    return Finding.of(info, leg.cluster(), owner, effect + why)
        .at(field)
        .hits(impact)
        .sure(first.confidence())
        .since(pods.stream().flatMap(p -> p.readyChangedAt().stream()).max(Instant::compareTo))
        .proofs(culprits.stream().limit(3).flatMap(k -> k.proofs().stream()).toList());
  }

  /**
   * Ready pods that get nothing are another cause's work, so that pods beside them hurt nobody; and
   * where the proxy lacks the whole cluster, no pod could help.
   */
  private static Impact impact(Case c, Leg leg) {
    LegPods pods = c.pods(leg);
    boolean others =
        pods.chosen().stream().anyMatch(p -> p.ready() && !p.terminating())
            || !pods.readyOfLeg().isEmpty();
    Serving serving = c.serving(leg);
    return others
        ? Impact.on(leg, 0)
        : serving.known() ? Impact.on(leg, serving.empty()) : Impact.unknown(leg);
  }

  /** Where a container stands in a workload's template, or in a pod. */
  private static Optional<String> containerPath(Resource owner, String container) {
    boolean bare = owner.kind() == Kind.POD;
    Fields spec = bare ? owner.at("spec") : owner.at("spec", "template", "spec");
    for (String list : List.of("containers", "initContainers")) {
      List<Fields> all = spec.list(list);
      for (int i = 0; i < all.size(); i++) {
        if (all.get(i).string("name").equals(container)) {
          return Optional.of((bare ? "spec." : "spec.template.spec.") + list + "[" + i + "]");
        }
      }
    }
    return Optional.empty();
  }

  static String command(Leg leg, Pod pod, String verb) {
    return Words.kubectl(
        leg.cluster(),
        "-n " + pod.namespace() + " " + String.format(Locale.ROOT, verb, pod.name()));
  }
}
