package dev.upstream.diagnosis;

import dev.upstream.path.RequestPath;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** The order of findings (RULES.md R13). */
final class Ranking {
  /** A proxy that does not follow makes everything else that was read of it doubtful. */
  private static final Set<String> PROXY_FIRST = Set.of("proxy-not-connected");

  private Ranking() {}

  static List<Finding> sorted(List<Finding> findings, RequestPath path) {
    Set<String> explained =
        findings.stream()
            .flatMap(f -> f.explains().stream())
            .collect(java.util.stream.Collectors.toSet());
    return findings.stream()
        .sorted(
            Comparator.comparing(
                    (Finding f) ->
                        PROXY_FIRST.contains(f.id())
                                && f.role() == Role.ROOT_CAUSE
                                && !explained.contains(f.key())
                            ? 0
                            : 1)
                .thenComparing(Finding::role)
                .thenComparing(f -> -f.share().orElse(-1d))
                .thenComparing(f -> position(f, path))
                .thenComparing(Finding::confidence)
                .thenComparing(Finding::key))
        .toList();
  }

  private static int position(Finding f, RequestPath path) {
    for (int i = 0; i < path.hops().size(); i++) {
      if (path.hops().get(i).ref().equals(f.subject())
          && path.hops().get(i).cluster().equals(f.cluster())) {
        return i;
      }
    }
    return f.impact().legs().keySet().stream()
        .flatMap(id -> path.leg(id).hops().stream())
        .max(Integer::compareTo)
        .orElse(Integer.MAX_VALUE);
  }
}
