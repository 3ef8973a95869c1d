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

/** Pods are not ready because a container of theirs exits again and again. */
public final class CrashLoop implements Check {
  private static final CheckInfo INFO =
      CheckInfo.rootCause(
              "crash-loop",
              "A container starts, exits and is restarted again and again.",
              Set.of(Source.OBJECTS),
              Set.of(Source.PROXY, Source.EVENTS),
              PodCause.LEADS_TO)
          .alias("crashloop");

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
        boolean memory = pod.containers().stream().anyMatch(k -> Endings.outOfMemory(k, c.now()));
        pod.containers().stream()
            .filter(k -> !memory && Endings.crashing(k, c.now()))
            .findFirst()
            .ifPresent(k -> culprits.add(culprit(c, leg, pod, k)));
      }
      findings.addAll(PodCause.findings(c, INFO, leg, culprits));
    }
    return findings;
  }

  private static PodCause.Culprit culprit(Case c, Leg leg, Pod pod, Container container) {
    String exit =
        container.lastTermination().map(t -> " with exit code " + t.exitCode()).orElse("");
    List<Evidence> proofs = new ArrayList<>();
    proofs.add(
        new Evidence(
            Source.OBJECTS,
            "Pod "
                + pod.name()
                + ", container "
                + container.name()
                + ": "
                + Words.count(container.restarts(), "restart")
                + ", last ended"
                + exit
                + meaning(container)
                + container
                    .lastTermination()
                    .flatMap(Container.Termination::finishedAt)
                    .map(t -> " at " + t)
                    .orElse(""),
            PodCause.command(
                leg, pod, "logs %s -c " + container.name() + " --previous --tail=50")));
    c.events(leg.cluster(), pod.ref()).stream()
        .filter(e -> e.reason().equals("BackOff") || e.reason().equals("Killing"))
        .filter(e -> e.container().map(container.name()::equals).orElse(true))
        .reduce((a, b) -> b)
        .ifPresent(
            e ->
                proofs.add(
                    new Evidence(
                        Source.EVENTS,
                        e.reason() + " of pod " + pod.name() + ": " + Words.excerpt(e.message()),
                        PodCause.command(leg, pod, "events --for pod/%s"))));
    return new PodCause.Culprit(
        pod, container, "exits again and again" + exit, "", Confidence.HIGH, proofs);
  }

  /** What an exit code says by itself (128 and a signal's number, by the shell's convention). */
  private static String meaning(Container container) {
    return switch (container.lastTermination().map(Container.Termination::exitCode).orElse(-1)) {
      case 0 -> " (it finished)";
      case 126 -> " (command not runnable)";
      case 127 -> " (command not found)";
      case 134 -> " (abort)";
      case 137 -> " (SIGKILL)";
      case 139 -> " (segmentation fault)";
      case 143 -> " (SIGTERM)";
      default -> "";
    };
  }
}
