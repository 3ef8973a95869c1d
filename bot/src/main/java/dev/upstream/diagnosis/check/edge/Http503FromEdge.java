package dev.upstream.diagnosis.check.edge;

import dev.upstream.diagnosis.Case;
import dev.upstream.diagnosis.Check;
import dev.upstream.diagnosis.CheckInfo;
import dev.upstream.diagnosis.Finding;
import dev.upstream.snapshot.Source;
import java.util.List;
import java.util.Set;

/** The Ingress controller answered 503 without asking any backend. */
public final class Http503FromEdge implements Check {
  private static final CheckInfo INFO =
      CheckInfo.symptom(
          "http-503-from-edge",
          "The edge itself made the 503.",
          Set.of(),
          Set.of(Source.LOG),
          List.of());

  @Override
  public CheckInfo info() {
    return INFO;
  }

  @Override
  public List<Finding> diagnose(Case c) {
    return EdgeAnswers.of(
        c,
        INFO,
        r -> r.status() == 503 && r.unsent(),
        failed -> "The Ingress controller answers 503 by itself and sends the request nowhere.");
  }
}
