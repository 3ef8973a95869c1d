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

/** The readiness probe is refused at its port, while the container runs. */
public final class ProbeWrongPort implements Check {
  private static final CheckInfo INFO =
      CheckInfo.rootCause(
          "probe-wrong-port",
          "The probe connects to a port on which nothing listens.",
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
              ReadinessFailure.culprits(c, leg, ReadinessFailure.Cause.WRONG_PORT, "port")));
    }
    return findings;
  }
}
