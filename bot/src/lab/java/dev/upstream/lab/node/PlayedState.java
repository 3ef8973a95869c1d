package dev.upstream.lab.node;

import dev.upstream.lab.node.PodStatusPatch.Phase;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * States that no probe decides: told to the API as the kubelet would tell them, with nothing
 * running behind.
 */
enum PlayedState {
  CRASH_LOOP,
  OOM_KILLED,
  IMAGE_PULL_BACKOFF,
  PENDING,
  EVICTED,
  COMPLETED;

  /**
   * A ReplicaSet replaces every evicted pod at once, so only its first pod is evicted and the next
   * one lives.
   */
  static Optional<PlayedState> of(Pod pod, Machine machine) {
    Map<String, String> annotations =
        Optional.ofNullable(pod.getMetadata().getAnnotations()).orElse(Map.of());
    return Behaviour.get(annotations, "state")
        .map(name -> PlayedState.valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_')))
        .filter(
            state ->
                state != EVICTED
                    || pod.getMetadata().getOwnerReferences().stream()
                        .allMatch(owner -> machine.evictedOwners().add(owner.getUid())));
  }

  Phase play(Pod pod, List<ContainerRun> runs, EventRecorder events) {
    return switch (this) {
      case CRASH_LOOP -> crash(pod, runs, events, "Error", 1);
      case OOM_KILLED -> crash(pod, runs, events, "OOMKilled", 137);
      case IMAGE_PULL_BACKOFF -> imagePull(pod, runs, events);
      case PENDING -> Phase.of("Pending");
      case EVICTED -> evict(pod, runs, events);
      case COMPLETED -> {
        runs.forEach(run -> run.terminate("Completed", 0));
        yield Phase.of("Succeeded");
      }
    };
  }

  private static Phase crash(
      Pod pod, List<ContainerRun> runs, EventRecorder events, String reason, int usualCode) {
    Map<String, String> annotations = pod.getMetadata().getAnnotations();
    int restarts = Behaviour.get(annotations, "restarts").map(Integer::valueOf).orElse(6);
    int code = Behaviour.get(annotations, "exit-code").map(Integer::valueOf).orElse(usualCode);
    for (ContainerRun run : runs) {
      run.run();
      run.restartAfter(reason, code, restarts);
      backOff(pod, run, events, "5m0s");
    }
    return Phase.of("Running");
  }

  /** The waiting state and the event of a container that crashed again. */
  static void backOff(Pod pod, ContainerRun run, EventRecorder events, String delay) {
    String who =
        "%s_%s(%s)"
            .formatted(
                pod.getMetadata().getName(),
                pod.getMetadata().getNamespace(),
                pod.getMetadata().getUid());
    run.waitFor(
        "CrashLoopBackOff",
        Optional.of(
            "back-off %s restarting failed container=%s pod=%s".formatted(delay, run.name(), who)));
    events.warning(
        pod,
        Optional.of(run.name()),
        "BackOff",
        "Back-off restarting failed container %s in pod %s".formatted(run.name(), who));
  }

  private static Phase imagePull(Pod pod, List<ContainerRun> runs, EventRecorder events) {
    for (ContainerRun run : runs) {
      String image = run.container().getImage();
      Optional<String> where = Optional.of(run.name());
      String cause =
          "rpc error: code = NotFound desc = failed to pull and unpack image \"%1$s\": failed to resolve reference \"%1$s\": %1$s: not found"
              .formatted(image);
      events.normal(pod, where, "Pulling", "Pulling image \"%s\"".formatted(image));
      events.warning(
          pod, where, "Failed", "Failed to pull image \"%s\": %s".formatted(image, cause));
      events.warning(pod, where, "Failed", "Error: ErrImagePull");
      events.normal(pod, where, "BackOff", "Back-off pulling image \"%s\"".formatted(image));
      events.warning(pod, where, "Failed", "Error: ImagePullBackOff");
      run.waitFor(
          "ImagePullBackOff",
          Optional.of("Back-off pulling image \"%s\": ErrImagePull: %s".formatted(image, cause)));
    }
    return Phase.of("Pending");
  }

  private static Phase evict(Pod pod, List<ContainerRun> runs, EventRecorder events) {
    String message =
        "The node was low on resource: memory. Threshold quantity: 100Mi, available: 52Mi. ";
    events.warning(pod, Optional.empty(), "Evicted", message);
    runs.forEach(run -> run.terminate("Error", 137));
    return new Phase("Failed", Optional.of("Evicted"), Optional.of(message));
  }
}
