package dev.upstream.diagnosis.check.workload;

import dev.upstream.diagnosis.Case;
import dev.upstream.diagnosis.Check;
import dev.upstream.diagnosis.CheckInfo;
import dev.upstream.diagnosis.Evidence;
import dev.upstream.diagnosis.Finding;
import dev.upstream.diagnosis.Impact;
import dev.upstream.diagnosis.LegPods;
import dev.upstream.diagnosis.check.Words;
import dev.upstream.path.Leg;
import dev.upstream.snapshot.Fields;
import dev.upstream.snapshot.Kind;
import dev.upstream.snapshot.Selectors;
import dev.upstream.snapshot.Service;
import dev.upstream.snapshot.Source;
import dev.upstream.snapshot.Workload;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The workload whose pods would serve a leg is scaled to zero (RULES.md R11). */
public final class ScaledToZero implements Check {
  private static final CheckInfo INFO =
      CheckInfo.rootCause(
              "scaled-to-zero",
              "The workload behind the Service has zero replicas.",
              Set.of(Source.OBJECTS),
              Set.of(Source.PROXY, Source.EVENTS),
              List.of(
                  "dr-subset-selects-no-pods",
                  "no-ready-endpoints",
                  "envoy-no-healthy-upstream",
                  "http-503-from-edge"))
          .alias("deployment-scaled-to-zero");

  @Override
  public CheckInfo info() {
    return INFO;
  }

  @Override
  public List<Finding> diagnose(Case c) {
    List<Finding> findings = new ArrayList<>();
    for (Leg leg : c.legs()) {
      LegPods pods = c.pods(leg);
      if (pods.service().isPresent()
          && pods.chosen().isEmpty()
          && !(leg.subset().isPresent() && leg.subsetIndex().isEmpty())) {
        findings.addAll(zeroes(c, leg, pods.service().get()));
      }
    }
    return findings;
  }

  private List<Finding> zeroes(Case c, Leg leg, Service service) {
    Map<String, String> subset = leg.subsetLabels().orElse(Map.of());
    List<Finding> findings = new ArrayList<>();
    if (!c.complete(leg.cluster(), Kind.POD, service.namespace(), service.selector())) {
      return findings;
    }
    c.complete(leg.cluster(), Kind.DEPLOYMENT, service.namespace());
    for (Workload w : c.objects(leg.cluster()).workloads(service.namespace())) {
      boolean serves = w.makes(service.selector()) && Selectors.holds(subset, w.templateLabels());
      if (serves && w.replicas().map(r -> r == 0).orElse(false)) {
        findings.add(finding(c, leg, w));
      }
    }
    return findings;
  }

  private static Finding finding(Case c, Leg leg, Workload w) {
    return Finding.of(
            INFO,
            leg.cluster(),
            w.ref(),
            "Requests go to "
                + Words.destination(leg)
                + ", which has no pods: "
                + w.ref().words()
                + " is scaled to 0.")
        .at("spec.replicas")
        .hits(Impact.failing(leg, c.serving(leg)))
        .since(scaledAt(c, leg, w))
        .proof(
            new Evidence(
                Source.OBJECTS,
                w.ref().words() + " has spec.replicas 0",
                Words.kubectl(
                    leg.cluster(),
                    "-n "
                        + w.namespace()
                        + " get "
                        + w.ref().kind().toLowerCase(java.util.Locale.ROOT)
                        + " "
                        + w.ref().name())));
  }

  /**
   * When it was scaled: by managedFields, or, where the scale subresource left no owner behind, by
   * the Deployment controller's event.
   */
  private static Optional<Instant> scaledAt(Case c, Leg leg, Workload w) {
    Optional<Instant> byField =
        w.raw().at("metadata").list("managedFields").stream()
            .filter(m -> m.at("fieldsV1", "f:spec", "f:replicas").present())
            .map((Fields m) -> m.time("time"))
            .flatMap(Optional::stream)
            .max(Instant::compareTo);
    Optional<Instant> byEvent =
        c.events(leg.cluster(), w.ref()).stream()
            .filter(e -> e.reason().equals("ScalingReplicaSet"))
            .filter(e -> e.message().endsWith(" to 0"))
            .flatMap(e -> e.lastSeen().stream())
            .max(Instant::compareTo);
    return byEvent.or(() -> byField);
  }
}
