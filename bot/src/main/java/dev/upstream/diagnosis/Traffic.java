package dev.upstream.diagnosis;

import dev.upstream.path.Leg;
import dev.upstream.path.RequestPath;
import java.util.List;
import java.util.Optional;

/**
 * What the callers' logs say of the target's requests in the window: failing ones are a symptom of
 * now, whether a cause was found or not (RULES.md R4).
 */
record Traffic(List<FailingRequests> legs) {
  private static final int ENOUGH = 20;

  Traffic {
    legs = List.copyOf(legs);
  }

  /** Only the first caller's log counts: a request that goes on is logged there as well. */
  static Traffic of(RequestPath path, Facts facts) {
    return new Traffic(
        path.legs().stream()
            .filter(l -> l.parent().isEmpty())
            .map(l -> FailingRequests.of(l, facts.requests(l), facts.edgeLog(l)))
            .toList());
  }

  int failed() {
    return legs.stream().mapToInt(FailingRequests::failed).sum();
  }

  private int all() {
    return legs.stream().mapToInt(FailingRequests::all).sum();
  }

  /** The fraction that failed; empty below 20 requests (RULES.md R8). */
  Optional<Double> share() {
    return failed() > 0 && all() >= ENOUGH
        ? Optional.of(Impact.round((double) failed() / all()))
        : Optional.empty();
  }

  /** The fraction of the logged requests of an ending leg that failed. */
  double on(RequestPath path, Leg end) {
    return legs.stream()
        .filter(l -> l.all() > 0 && path.lineage(end).contains(l.leg().id()))
        .mapToDouble(l -> (double) l.failed() / l.all())
        .max()
        .orElse(0);
  }

  /** The leg on which most requests failed. */
  Optional<FailingRequests> worst() {
    return legs.stream()
        .filter(l -> l.failed() > 0)
        .reduce((a, b) -> b.failed() > a.failed() ? b : a);
  }
}
