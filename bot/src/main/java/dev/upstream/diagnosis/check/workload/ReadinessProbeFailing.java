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

/** The readiness probe is at the right place, and the application does not pass it. */
public final class ReadinessProbeFailing implements Check {
  private static final CheckInfo INFO =
      CheckInfo.rootCause(
              "readiness-probe-failing",
              "The probe reaches the application, which says it is not ready.",
              Set.of(Source.OBJECTS, Source.EVENTS),
              Set.of(Source.PROXY),
              PodCause.LEADS_TO)
          .alias("readiness-failing-http-status");

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
              ReadinessFailure.culprits(c, leg, ReadinessFailure.Cause.NOT_READY, "")));
    }
    return findings;
  }
}
