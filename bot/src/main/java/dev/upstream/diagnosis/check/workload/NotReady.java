package dev.upstream.diagnosis.check.workload;

import dev.upstream.snapshot.Container;
import dev.upstream.snapshot.Fields;
import dev.upstream.snapshot.Kind;
import dev.upstream.snapshot.Objects;
import dev.upstream.snapshot.Pod;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Why a pod is not ready, as far as its status says so, in Kubernetes' words. */
final class NotReady {
  /** They say no more than that the pod has just begun, or waits for an init container. */
  private static final Set<String> STARTING = Set.of("", "PodInitializing", "ContainerCreating");

  private NotReady() {}

  /** Of the first pod whose status says something. */
  static Optional<String> words(Objects objects, List<Pod> pods) {
    return pods.stream().flatMap(p -> words(objects, p).stream()).findFirst();
  }

  private static Optional<String> words(Objects objects, Pod pod) {
    return init(pod)
        .or(() -> waiting(pod))
        .or(() -> unscheduled(pod))
        .or(() -> node(objects, pod))
        .or(() -> notStarted(pod));
  }

  private static Optional<String> init(Pod pod) {
    return pod.initContainers().stream()
        .filter(c -> !STARTING.contains(c.waitingReason()) || c.running())
        .findFirst()
        .map(
            c ->
                "init container "
                    + c.name()
                    + " of "
                    + pod.name()
                    + (c.running()
                        ? " has not finished"
                        : " waits, " + c.waitingReason() + ended(c)));
  }

  private static Optional<String> waiting(Pod pod) {
    return pod.containers().stream()
        .filter(c -> !STARTING.contains(c.waitingReason()))
        .findFirst()
        .map(
            c ->
                "container "
                    + c.name()
                    + " of "
                    + pod.name()
                    + " waits, "
                    + c.waitingReason()
                    + ended(c));
  }

  private static String ended(Container container) {
    return container
        .lastTermination()
        .map(t -> " (it ended last with " + t.exitCode() + ", " + t.reason() + ")")
        .orElse("");
  }

  private static Optional<String> unscheduled(Pod pod) {
    return pod.condition("PodScheduled")
        .filter(c -> c.string("status").equals("False"))
        .map(c -> pod.name() + " is on no node, " + c.text("reason").orElse("not scheduled"));
  }

  private static Optional<String> node(Objects objects, Pod pod) {
    Optional<String> lost =
        pod.node()
            .filter(n -> objects.find(Kind.NODE, "", n).filter(NotReady::down).isPresent())
            .map(n -> "node " + n + " of " + pod.name() + " is not ready");
    return lost.or(
        () ->
            pod.raw()
                .at("status")
                .text("reason")
                .filter(r -> !r.isEmpty())
                .map(r -> pod.name() + " has the status " + r));
  }

  private static boolean down(dev.upstream.snapshot.Resource node) {
    return node.at("status").list("conditions").stream()
        .filter((Fields c) -> c.string("type").equals("Ready"))
        .anyMatch(c -> !c.string("status").equals("True"));
  }

  private static Optional<String> notStarted(Pod pod) {
    return Stream.concat(pod.initContainers().stream(), pod.containers().stream())
        .filter(c -> c.running() && !c.started())
        .findFirst()
        .map(
            c ->
                "container "
                    + c.name()
                    + " of "
                    + pod.name()
                    + " has not passed its startup probe");
  }
}
