package dev.upstream.diagnosis;

import dev.upstream.path.RequestPath;
import dev.upstream.snapshot.Pod;
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

  /**
   * Checks of crashes look at containers that serve, those of probes at containers that started.
   */
  private static void ofPod(Pod pod, Set<String> open) {
    if (pod.initContainers().stream().anyMatch(c -> c.restarts() > 0)) {
      open.addAll(Set.of("crash-loop", "oom-killed"));
    }
    if (pod.containers().stream().anyMatch(c -> c.running() && !c.started())) {
      open.addAll(Set.of("probe-wrong-path", "probe-wrong-port", "readiness-probe-failing"));
    }
  }

  static Set<String> ids(RequestPath path, Facts facts, List<Finding> findings) {
    Set<String> open = new HashSet<>();
    if (findings.stream().anyMatch(f -> f.id().equals("edge-controller-pods-down"))) {
      open.addAll(OF_PODS);
    }
    path.legs().stream()
        .flatMap(l -> facts.pods(l).notReady().stream())
        .forEach(p -> ofPod(p, open));
    return open;
  }
}
