package dev.upstream.diagnosis.check.mesh;

import dev.upstream.diagnosis.Case;
import dev.upstream.diagnosis.Check;
import dev.upstream.diagnosis.CheckInfo;
import dev.upstream.diagnosis.Evidence;
import dev.upstream.diagnosis.Finding;
import dev.upstream.diagnosis.Impact;
import dev.upstream.diagnosis.Serving;
import dev.upstream.diagnosis.check.ProxyProof;
import dev.upstream.diagnosis.check.Words;
import dev.upstream.path.Leg;
import dev.upstream.snapshot.Kind;
import dev.upstream.snapshot.Resource;
import dev.upstream.snapshot.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A route names a subset that the DestinationRule in force does not define. */
public final class VsSubsetUndefined implements Check {
  private static final CheckInfo INFO =
      CheckInfo.rootCause(
          "vs-subset-undefined",
          "The route names a subset that the DestinationRule in force lacks.",
          Set.of(Source.OBJECTS),
          Set.of(Source.PROXY),
          List.of("envoy-no-cluster"));

  @Override
  public CheckInfo info() {
    return INFO;
  }

  @Override
  public List<Finding> diagnose(Case c) {
    List<Finding> findings = new ArrayList<>();
    for (Leg leg : c.legs()) {
      leg.subsetIndex().ifPresent(i -> c.looked(Source.OBJECTS));
      boolean undefined = leg.subset().isPresent() && leg.subsetIndex().isEmpty();
      if (undefined
          && leg.route().isPresent()
          && c.complete(leg.cluster(), Kind.DESTINATION_RULE, "")) {
        findings.add(finding(c, leg, leg.route().get()));
      }
    }
    return findings;
  }

  private static Finding finding(Case c, Leg leg, Leg.Place route) {
    String subset = leg.subset().orElse("");
    Serving serving = c.serving(leg);
    String defined =
        leg.rule()
            .map(
                r -> "DestinationRule " + r.namespace() + "/" + r.name() + " defines " + subsets(r))
            .orElse("no DestinationRule is in force for " + Words.shortHost(leg.host()));
    return Finding.of(
            INFO,
            leg.cluster(),
            route.ref(),
            "Requests go to subset "
                + subset
                + " of "
                + Words.shortHost(leg.host())
                + ", which is not defined: "
                + defined
                + ".")
        .at(route.fieldPath() + ".subset")
        .hits(serving.known() ? Impact.on(leg, serving.noCluster()) : Impact.unknown(leg))
        .proof(
            new Evidence(
                Source.OBJECTS,
                route.ref().words() + " routes to subset " + subset + "; " + defined,
                Words.kubectl(
                    leg.cluster(), "get destinationrules -A -o yaml | grep -B2 -A20 'host:'")))
        .proofs(ProxyProof.of(c, leg));
  }

  private static String subsets(Resource rule) {
    List<String> names =
        rule.at("spec").list("subsets").stream().map(s -> s.string("name")).toList();
    return names.isEmpty() ? "no subsets" : "only " + String.join(", ", names);
  }
}
