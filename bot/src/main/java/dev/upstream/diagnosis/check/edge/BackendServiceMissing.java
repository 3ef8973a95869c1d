package dev.upstream.diagnosis.check.edge;

import dev.upstream.diagnosis.Case;
import dev.upstream.diagnosis.Check;
import dev.upstream.diagnosis.CheckInfo;
import dev.upstream.diagnosis.Evidence;
import dev.upstream.diagnosis.Finding;
import dev.upstream.diagnosis.Impact;
import dev.upstream.diagnosis.check.Words;
import dev.upstream.path.Backend;
import dev.upstream.path.Caller;
import dev.upstream.path.Leg;
import dev.upstream.path.NearNames;
import dev.upstream.snapshot.EdgeLog;
import dev.upstream.snapshot.Kind;
import dev.upstream.snapshot.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** An Ingress sends requests to a Service that is not there. */
public final class BackendServiceMissing implements Check {
  private static final CheckInfo INFO =
      CheckInfo.rootCause(
          "backend-service-missing",
          "The Ingress or route names a Service that does not exist.",
          Set.of(Source.OBJECTS),
          Set.of(Source.LOG),
          List.of("http-503-from-edge"));

  @Override
  public CheckInfo info() {
    return INFO;
  }

  @Override
  public List<Finding> diagnose(Case c) {
    List<Finding> findings = new ArrayList<>();
    for (Leg leg : c.legs()) {
      if (leg.caller() instanceof Caller.IngressController
          && leg.backend() instanceof Backend.KubernetesService) {
        c.looked(Source.OBJECTS);
      }
      if (leg.backend() instanceof Backend.MissingService missing
          && c.complete(leg.cluster(), Kind.SERVICE, missing.namespace())) {
        leg.route().ifPresent(place -> findings.add(finding(c, leg, place, missing)));
      }
    }
    return findings;
  }

  private static Finding finding(Case c, Leg leg, Leg.Place place, Backend.MissingService missing) {
    Optional<String> near =
        NearNames.service(c.objects(leg.cluster()), missing.namespace(), missing.name());
    Finding finding =
        Finding.of(
                INFO,
                leg.cluster(),
                place.ref(),
                place.ref().words()
                    + " sends requests to Service "
                    + missing.name()
                    + ", which does not exist in namespace "
                    + missing.namespace()
                    + near.map(n -> "; " + n + " does").orElse("")
                    + ".")
            .at(place.fieldPath() + ".name")
            .hits(Impact.failing(leg, c.serving(leg)))
            .proof(
                new Evidence(
                    Source.OBJECTS,
                    "No Service " + missing.namespace() + "/" + missing.name(),
                    Words.kubectl(leg.cluster(), "-n " + missing.namespace() + " get services")));
    String key = "\"" + missing.namespace() + "/" + missing.name() + "\"";
    return c.edgeLog(leg).notices().stream()
        .map(EdgeLog.Notice::message)
        .filter(m -> m.startsWith("Error obtaining Endpoints for Service " + key))
        .findFirst()
        .map(m -> finding.proof(new Evidence(Source.LOG, m, EdgeWords.log(leg, key))))
        .orElse(finding);
  }
}
