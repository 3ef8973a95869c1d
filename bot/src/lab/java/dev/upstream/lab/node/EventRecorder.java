package dev.upstream.lab.node;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Writes events as the kubelet's recorder does: the same one again only counts up. */
public final class EventRecorder {
  private record Same(String uid, String fieldPath, String reason, String message) {}

  private final KubernetesClient client;
  private final Map<Same, Event> written = new ConcurrentHashMap<>();

  public EventRecorder(KubernetesClient client) {
    this.client = client;
  }

  void normal(Pod pod, Optional<String> container, String reason, String message) {
    record(pod, container, "Normal", reason, message);
  }

  void warning(Pod pod, Optional<String> container, String reason, String message) {
    record(pod, container, "Warning", reason, message);
  }

  private void record(
      Pod pod, Optional<String> container, String type, String reason, String message) {
    String fieldPath = container.map(name -> "spec.containers{" + name + "}").orElse("");
    Same same = new Same(pod.getMetadata().getUid(), fieldPath, reason, message);
    try {
      written.compute(
          same,
          (key, known) ->
              known == null ? create(pod, fieldPath, type, reason, message) : again(known));
    } catch (KubernetesClientException e) {
      // the namespace is going, or the API server is down: the kubelet, too, drops the event
    }
  }

  private Event create(Pod pod, String fieldPath, String type, String reason, String message) {
    String now = now();
    String node = pod.getSpec().getNodeName();
    Event event =
        new EventBuilder()
            .withNewMetadata()
            .withName(pod.getMetadata().getName() + "." + Long.toHexString(System.nanoTime()))
            .withNamespace(pod.getMetadata().getNamespace())
            .endMetadata()
            .withNewInvolvedObject()
            .withApiVersion("v1")
            .withKind("Pod")
            .withName(pod.getMetadata().getName())
            .withNamespace(pod.getMetadata().getNamespace())
            .withUid(pod.getMetadata().getUid())
            .withResourceVersion(pod.getMetadata().getResourceVersion())
            .withFieldPath(fieldPath)
            .endInvolvedObject()
            .withType(type)
            .withReason(reason)
            .withMessage(message)
            .withCount(1)
            .withFirstTimestamp(now)
            .withLastTimestamp(now)
            .withNewSource("kubelet", node)
            .withReportingComponent("kubelet")
            .withReportingInstance(node)
            .build();
    return client.v1().events().resource(event).create();
  }

  private Event again(Event known) {
    return client
        .v1()
        .events()
        .resource(known)
        .edit(
            event ->
                new EventBuilder(event)
                    .withCount(event.getCount() + 1)
                    .withLastTimestamp(now())
                    .build());
  }

  static String now() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
