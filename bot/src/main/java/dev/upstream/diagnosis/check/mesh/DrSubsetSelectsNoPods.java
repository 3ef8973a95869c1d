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
import dev.upstream.snapshot.Resource;
import dev.upstream.snapshot.Service;
import dev.upstream.snapshot.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A subset's labels fit none of the pods of a Service that has ready ones. */
public final class DrSubsetSelectsNoPods implements Check {
  private static final CheckInfo INFO =
      CheckInfo.rootCause(
          "dr-subset-selects-no-pods",
          "The subset's labels match no pod of a Service with ready pods.",
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
    if (pods.service().isEmpty()
        || !pods.chosen().isEmpty()
        || pods.selected().stream().noneMatch(p -> p.ready())) {
      return List.of();
    }
    Service service = pods.service().get();
    if (!c.complete(leg.cluster(), Kind.POD, service.namespace(), service.selector())) {
      return List.of();
    }
    boolean one = pods.selected().size() == 1;
    Map<String, String> labels = leg.subsetLabels().orElse(Map.of());
    String text =
        "Subset "
            + leg.subset().orElse("")
            + " wants pods with "
            + Words.selector(labels)
            + (one ? "; the only pod" : "; none of the " + pods.selected().size() + " pods")
            + " of Service "
            + service.namespace()
            + "/"
            + service.name()
            + (one ? " has other labels." : " has that.");
    return List.of(
        Finding.of(
                INFO,
                leg.cluster(),
                rule.ref(),
                "Requests go to "
                    + Words.destination(leg)
                    + ", and no pod carries that subset's labels ("
                    + Words.selector(labels)
                    + ").")
            .at("spec.subsets[" + index + "].labels")
            .hits(Impact.failing(leg, c.serving(leg)))
            .proof(
                new Evidence(
                    Source.OBJECTS,
                    text,
                    Words.getPods(leg.cluster(), service.namespace(), merged(service, labels))))
            .proofs(ProxyProof.of(c, leg)));
  }

  private static Map<String, String> merged(Service service, Map<String, String> labels) {
    Map<String, String> both = new java.util.TreeMap<>(service.selector());
    both.putAll(labels);
    return both;
  }
}
