package dev.upstream.diagnosis.check.workload;

import dev.upstream.diagnosis.Case;
import dev.upstream.diagnosis.Check;
import dev.upstream.diagnosis.CheckInfo;
import dev.upstream.diagnosis.Confidence;
import dev.upstream.diagnosis.Evidence;
import dev.upstream.diagnosis.Finding;
import dev.upstream.diagnosis.check.Words;
import dev.upstream.path.Leg;
import dev.upstream.snapshot.Container;
import dev.upstream.snapshot.Pod;
import dev.upstream.snapshot.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Pods are not ready because a container of theirs was killed at its memory limit. */
public final class OomKilled implements Check {
  private static final CheckInfo INFO =
      CheckInfo.rootCause(
          "oom-killed",
          "A container was killed at its own memory limit.",
          Set.of(Source.OBJECTS),
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
      List<PodCause.Culprit> culprits = new ArrayList<>();
      for (Pod pod : PodCause.notReady(c, leg)) {
        pod.containers().stream()
            .filter(k -> Endings.outOfMemory(k, c.now()))
            .findFirst()
            .ifPresent(k -> culprits.add(culprit(leg, pod, k)));
      }
      findings.addAll(PodCause.findings(c, INFO, leg, culprits));
    }
    return findings;
  }

  private static PodCause.Culprit culprit(Leg leg, Pod pod, Container container) {
    String limit =
        container.spec().text("resources", "limits", "memory").map(m -> " of " + m).orElse("");
    return new PodCause.Culprit(
        pod,
        container,
        (container.restarts() > 1 ? "is killed again and again" : "was killed")
            + " at its memory limit"
            + limit,
        "resources.limits.memory",
        Confidence.HIGH,
        List.of(
            new Evidence(
                Source.OBJECTS,
                "Pod "
                    + pod.name()
                    + ", container "
                    + container.name()
                    + ": last ended with reason OOMKilled"
                    + container
                        .lastTermination()
                        .flatMap(Container.Termination::finishedAt)
                        .map(t -> " at " + t)
                        .orElse("")
                    + ", "
                    + Words.count(container.restarts(), "restart"),
                PodCause.command(leg, pod, "describe pod %s"))));
  }
}
