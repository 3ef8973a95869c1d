package dev.upstream.lab.node;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.ContainerStateTerminatedBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;

/**
 * What the kubelet would report of one container, as it stands now; touched only by its pod's own
 * thread.
 */
final class ContainerRun {
  private final Container container;
  private final String podUid;
  private ContainerState state = waiting("ContainerCreating", Optional.empty());
  private ContainerState last = new ContainerState();
  private int restarts;
  private boolean started;
  private boolean ready;

  ContainerRun(Container container, String podUid) {
    this.container = container;
    this.podUid = podUid;
  }

  Container container() {
    return container;
  }

  String name() {
    return container.getName();
  }

  int restarts() {
    return restarts;
  }

  boolean ready() {
    return ready;
  }

  boolean started() {
    return started;
  }

  boolean running() {
    return state.getRunning() != null;
  }

  /** It runs: ready at once only where no probe has a say. */
  void run() {
    state = new ContainerStateBuilder().withNewRunning(EventRecorder.now()).build();
    started = container.getStartupProbe() == null;
    ready = started && container.getReadinessProbe() == null;
  }

  void startupSucceeded() {
    started = true;
    ready = container.getReadinessProbe() == null;
  }

  void ready(boolean now) {
    ready = now;
  }

  void waitFor(String reason, Optional<String> message) {
    state = waiting(reason, message);
    started = false;
    ready = false;
  }

  void terminate(String reason, int exitCode) {
    state = terminated(reason, exitCode);
    started = false;
    ready = false;
  }

  /** Remembers an end and counts a restart; what comes next is said by run() or waitFor(). */
  void restartAfter(String reason, int exitCode, int count) {
    last = terminated(reason, exitCode);
    restarts = count;
  }

  private ContainerState terminated(String reason, int exitCode) {
    String began =
        Optional.ofNullable(state.getRunning())
            .map(run -> run.getStartedAt())
            .orElse(EventRecorder.now());
    return new ContainerStateBuilder()
        .withTerminated(
            new ContainerStateTerminatedBuilder()
                .withReason(reason)
                .withExitCode(exitCode)
                .withStartedAt(began)
                .withFinishedAt(EventRecorder.now())
                .withContainerID(id())
                .build())
        .build();
  }

  private static ContainerState waiting(String reason, Optional<String> message) {
    return new ContainerStateBuilder().withNewWaiting(message.orElse(""), reason).build();
  }

  ContainerStatus status() {
    boolean pulled = state.getWaiting() == null || restarts > 0;
    return new ContainerStatusBuilder()
        .withName(name())
        .withImage(container.getImage())
        .withImageID(pulled ? container.getImage() + "@sha256:" + hex(container.getImage()) : "")
        .withContainerID(pulled ? id() : "")
        .withState(state)
        .withLastState(last)
        .withRestartCount(restarts)
        .withStarted(started)
        .withReady(ready)
        .build();
  }

  private String id() {
    return "containerd://" + hex(podUid + name() + restarts);
  }

  private static String hex(String seed) {
    String half =
        UUID.nameUUIDFromBytes(seed.getBytes(StandardCharsets.UTF_8)).toString().replace("-", "");
    return half + new StringBuilder(half).reverse();
  }
}
