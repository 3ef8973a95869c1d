package dev.upstream.diagnosis;

import dev.upstream.path.RequestPath;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Conditions that a check did not find where it looked, while they may be so beside it. */
final class LeftOpen {
  /** What may be wrong with an edge's own pods, at which only the edge's own check looks. */
  private static final Set<String> OF_PODS =
      Set.of(
          "crash-loop",
          "oom-killed",
          "probe-wrong-path",
          "probe-wrong-port",
          "readiness-probe-failing",
          "scaled-to-zero");

  private LeftOpen() {}

  static Set<String> ids(RequestPath path, Facts facts, List<Finding> findings) {
    Set<String> open = new HashSet<>();
    if (findings.stream().anyMatch(f -> f.id().equals("edge-controller-pods-down"))) {
      open.addAll(OF_PODS);
    }
    return open;
  }
}
