package dev.upstream.diagnosis.check.edge;

import dev.upstream.diagnosis.Case;
import dev.upstream.diagnosis.CheckInfo;
import dev.upstream.diagnosis.Evidence;
import dev.upstream.diagnosis.Finding;
import dev.upstream.diagnosis.Impact;
import dev.upstream.path.Caller;
import dev.upstream.path.Leg;
import dev.upstream.snapshot.EdgeLog;
import dev.upstream.snapshot.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/** Findings about 5xx answers that an Ingress controller made itself, counted from its log. */
final class EdgeAnswers {
  private EdgeAnswers() {}

  /** One finding an Ingress that such answers came through. */
  static List<Finding> of(
      Case c,
      CheckInfo info,
      Predicate<EdgeLog.Request> made,
      Function<List<EdgeLog.Request>, String> why) {
    List<Finding> findings = new ArrayList<>();
    for (Leg leg : c.legs()) {
      if (!(leg.caller() instanceof Caller.IngressController) || !c.logged(leg)) {
        continue;
      }
      List<EdgeLog.Request> all = c.edgeLog(leg).requests();
      List<EdgeLog.Request> failed = all.stream().filter(made).toList();
      if (!failed.isEmpty()) {
        leg.route()
            .ifPresent(
                place ->
                    findings.add(
                        Finding.of(info, leg.cluster(), place.ref(), why.apply(failed))
                            .at(place.fieldPath())
                            .hits(Impact.counted(leg, failed.size(), all.size()))
                            .proof(proof(leg, failed, all.size()))));
      }
    }
    return findings;
  }

  private static Evidence proof(Leg leg, List<EdgeLog.Request> failed, int all) {
    EdgeLog.Request last = failed.getLast();
    return new Evidence(
        Source.LOG,
        failed.size()
            + " of "
            + all
            + " logged requests to "
            + last.upstreamName()
            + " ended with "
            + last.status()
            + " made by the controller (upstream "
            + String.join(", ", last.tries())
            + ", upstream status "
            + String.join(", ", last.statuses())
            + "), the last at "
            + last.at()
            + EdgeWords.someOf(leg),
        EdgeWords.log(leg, "\\[" + last.upstreamName() + "\\]"));
  }
}
