package dev.upstream.diagnosis.check.mesh;

import dev.upstream.diagnosis.Case;
import dev.upstream.diagnosis.Check;
import dev.upstream.diagnosis.CheckInfo;
import dev.upstream.diagnosis.Evidence;
import dev.upstream.diagnosis.Finding;
import dev.upstream.diagnosis.Impact;
import dev.upstream.diagnosis.LegPods;
import dev.upstream.diagnosis.check.ProxyProof;
import dev.upstream.diagnosis.check.Words;
import dev.upstream.path.Leg;
import dev.upstream.snapshot.Kind;
import dev.upstream.snapshot.Pod;
import dev.upstream.snapshot.Resource;
import dev.upstream.snapshot.Service;
import dev.upstream.snapshot.Source;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A subset has pods, none of them ready, while other pods of the Service are. */
public final class DrSubsetPodsNotReady implements Check {
  private static final CheckInfo INFO =
      CheckInfo.rootCause(
          "dr-subset-pods-not-ready",
          "The subset has pods but none ready; another subset has ready ones.",
          Set.of(Source.OBJECTS),
          Set.of(Source.PROXY),
          List.of("envoy-no-healthy-upstream"));

  @Override
  public CheckInfo info() {
    return INFO;
  }

  @Override
  public List<Finding> diagnose(Case c) {
    List<Finding> findings = new ArrayList<>();
    for (Leg leg : c.legs()) {
      leg.subsetIndex()
          .ifPresent(i -> leg.rule().ifPresent(r -> findings.addAll(subset(c, leg, r, i))));
    }
    return findings;
  }

  private List<Finding> subset(Case c, Leg leg, Resource rule, int index) {
    LegPods pods = c.pods(leg);
    if (pods.service().isEmpty()) {
      return List.of();
    }
    Service service = pods.service().get();
    if (!c.complete(leg.cluster(), Kind.POD, service.namespace(), service.selector())
        || pods.chosen().isEmpty()
        || pods.anyReady()
        || pods.selected().stream().noneMatch(Pod::ready)) {
      return List.of();
    }
    Map<String, String> labels = new java.util.TreeMap<>(service.selector());
    labels.putAll(leg.subsetLabels().orElse(Map.of()));
    return List.of(
        Finding.of(
                INFO,
                leg.cluster(),
                rule.ref(),
                "Requests go to "
                    + Words.destination(leg)
                    + ", and "
                    + Words.noneReady(pods.chosen().size())
                    + ".")
            .at("spec.subsets[" + index + "]")
            .hits(Impact.failing(leg, c.serving(leg)))
            .since(
                pods.chosen().stream()
                    .flatMap(p -> p.readyChangedAt().stream())
                    .max(Instant::compareTo))
            .proof(
                new Evidence(
                    Source.OBJECTS,
                    "Not ready: " + Words.names(pods.chosen()),
                    Words.getPods(leg.cluster(), service.namespace(), labels)))
            .proofs(ProxyProof.of(c, leg)));
  }
}
