package dev.upstream.diagnosis;

import dev.upstream.path.Leg;
import dev.upstream.path.RequestPath;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Since when requests fail (RULES.md R15): what proves the root cause, else the first failing line
 * after the last good one.
 */
final class Since {
  private Since() {}

  static Optional<Instant> of(List<Finding> findings, RequestPath path, Facts facts) {
    Optional<Instant> proven =
        findings.stream()
            .filter(f -> f.role() == Role.ROOT_CAUSE)
            .findFirst()
            .flatMap(Finding::since);
    return proven.or(
        () -> path.ends().stream().flatMap(l -> firstFailing(l, facts)).min(Instant::compareTo));
  }

  private record Logged(Instant at, boolean failed) {}

  /** In the whole log: where it holds no success, nobody knows how long it has failed before. */
  private static Stream<Instant> firstFailing(Leg leg, Facts facts) {
    List<Logged> lines =
        Stream.concat(
                facts.everyRequest(leg).stream().map(l -> new Logged(l.at(), l.failed())),
                facts.wholeEdgeLog(leg).requests().stream()
                    .map(r -> new Logged(r.at(), r.status() >= 500)))
            .toList();
    Optional<Instant> lastGood =
        lines.stream().filter(l -> !l.failed()).map(Logged::at).max(Instant::compareTo);
    return lastGood.stream()
        .flatMap(
            good ->
                lines.stream()
                    .filter(l -> l.failed() && l.at().isAfter(good))
                    .map(Logged::at)
                    .min(Instant::compareTo)
                    .stream());
  }
}
