package dev.upstream.lab.node;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodReadinessGate;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Builds a pod's status as a strategic merge patch, as the kubelet does, so that conditions of
 * others stay.
 */
final class PodStatusPatch {
  private static final ObjectMapper JSON = Serialization.jsonMapper();
  private final Map<String, String> since = new HashMap<>();
  private final String startTime = EventRecorder.now();

  /** The pod's phase, and for a pod that failed as a whole its reason and message. */
  record Phase(String name, Optional<String> reason, Optional<String> message) {
    static Phase of(String name) {
      return new Phase(name, Optional.empty(), Optional.empty());
    }
  }

  String of(Pod pod, Phase phase, String address, String nodeAddress, List<ContainerRun> runs) {
    ObjectNode status = JSON.createObjectNode();
    status.put("phase", phase.name());
    phase.reason().ifPresent(reason -> status.put("reason", reason));
    phase.message().ifPresent(message -> status.put("message", message));
    status.put("startTime", startTime);
    status.put("hostIP", nodeAddress);
    status.putArray("hostIPs").addObject().put("ip", nodeAddress);
    status.put("podIP", address);
    status.putArray("podIPs").addObject().put("ip", address);
    ArrayNode conditions = status.putArray("conditions");
    List<String> unready =
        runs.stream().filter(run -> !run.ready()).map(ContainerRun::name).toList();
    boolean over = phase.name().equals("Succeeded") || phase.name().equals("Failed");
    Optional<String> containers =
        over || !unready.isEmpty()
            ? Optional.of("containers with unready status: [" + String.join(" ", unready) + "]")
            : Optional.empty();
    String reason =
        phase.name().equals("Succeeded")
            ? "PodCompleted"
            : over ? "PodFailed" : "ContainersNotReady";
    condition(
        conditions, "PodReadyToStartContainers", over ? "False" : "True", Optional.empty(), "");
    condition(conditions, "Initialized", "True", Optional.empty(), "");
    condition(
        conditions, "ContainersReady", containers.isEmpty() ? "True" : "False", containers, reason);
    Optional<String> gates = containers.isEmpty() ? closedGates(pod) : Optional.empty();
    condition(
        conditions,
        "Ready",
        containers.isEmpty() && gates.isEmpty() ? "True" : "False",
        containers.or(() -> gates),
        gates.isPresent() ? "ReadinessGatesNotReady" : reason);
    condition(conditions, "PodScheduled", "True", Optional.empty(), "");
    ArrayNode statuses = status.putArray("containerStatuses");
    ArrayNode initStatuses = status.putArray("initContainerStatuses");
    List<String> names = pod.getSpec().getContainers().stream().map(one -> one.getName()).toList();
    for (ContainerRun run : runs) {
      (names.contains(run.name()) ? statuses : initStatuses).add(JSON.valueToTree(run.status()));
    }
    ObjectNode patch = JSON.createObjectNode();
    patch.set("status", status);
    return patch.toString();
  }

  private void condition(
      ArrayNode conditions, String type, String status, Optional<String> message, String reason) {
    String known = since.getOrDefault(type, "");
    if (!known.startsWith(status + " ")) {
      known = status + " " + EventRecorder.now();
      since.put(type, known);
    }
    ObjectNode condition = conditions.addObject();
    condition
        .put("type", type)
        .put("status", status)
        .put("lastTransitionTime", known.substring(status.length() + 1));
    // an explicit null takes away what an earlier patch said
    message.ifPresentOrElse(
        text -> condition.put("message", text).put("reason", reason),
        () -> condition.putNull("message").putNull("reason"));
  }

  private static Optional<String> closedGates(Pod pod) {
    String closed =
        pod.getSpec().getReadinessGates().stream()
            .map(PodReadinessGate::getConditionType)
            .filter(
                gate ->
                    pod.getStatus().getConditions().stream()
                        .noneMatch(
                            one -> one.getType().equals(gate) && one.getStatus().equals("True")))
            .map(
                gate ->
                    "corresponding condition of pod readiness gate \""
                        + gate
                        + "\" does not exist.")
            .collect(Collectors.joining(", "));
    return Optional.of(closed).filter(text -> !text.isEmpty());
  }
}
