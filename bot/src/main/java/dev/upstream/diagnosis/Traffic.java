package dev.upstream.diagnosis;

import dev.upstream.path.Leg;
import dev.upstream.path.RequestPath;
import dev.upstream.snapshot.AccessLogLine;
import dev.upstream.snapshot.EdgeLog;
import java.util.List;
import java.util.Optional;

/**
 * What the callers' logs say of the target's requests in the window: failing ones are a symptom of
 * now, whether a cause was found or not (RULES.md R4).
 */
record Traffic(int failed, int all) {
  private static final int ENOUGH = 20;

  /** Only the first caller's log counts: a request that goes on is logged there as well. */
  static Traffic of(RequestPath path, Facts facts) {
    int failed = 0;
    int all = 0;
    for (Leg leg : path.legs()) {
      if (leg.parent().isEmpty()) {
        List<AccessLogLine> requests = facts.requests(leg);
        EdgeLog edge = facts.edgeLog(leg);
        all += requests.size() + edge.requests().size();
        failed += (int) requests.stream().filter(AccessLogLine::failed).count();
        failed += (int) edge.requests().stream().filter(r -> r.status() >= 500).count();
      }
    }
    return new Traffic(failed, all);
  }

  /** The fraction that failed; empty below 20 requests (RULES.md R8). */
  Optional<Double> share() {
    return failed > 0 && all >= ENOUGH
        ? Optional.of(Impact.round((double) failed / all))
        : Optional.empty();
  }
}
