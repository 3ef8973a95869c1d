package dev.upstream.diagnosis.check.workload;

import dev.upstream.diagnosis.Case;
import dev.upstream.diagnosis.Check;
import dev.upstream.diagnosis.CheckInfo;
import dev.upstream.diagnosis.Finding;
import dev.upstream.path.Leg;
import dev.upstream.snapshot.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The application answers the readiness probe that it knows no such path. */
public final class ProbeWrongPath implements Check {
  private static final CheckInfo INFO =
      CheckInfo.rootCause(
          "probe-wrong-path",
          "The probe asks for a path that the application does not serve.",
          Set.of(Source.OBJECTS, Source.EVENTS),
          Set.of(Source.PROXY),
          PodCause.LEADS_TO);

  @Override
  public CheckInfo info() {
    return INFO;
  }

  @Override
  public List<Finding> diagnose(Case c) {
    List<Finding> findings = new ArrayList<>();
    for (Leg leg : c.legs()) {
      findings.addAll(
          PodCause.findings(
              c,
              INFO,
              leg,
              ReadinessFailure.culprits(c, leg, ReadinessFailure.Cause.WRONG_PATH, "path")));
    }
    return findings;
  }
}
