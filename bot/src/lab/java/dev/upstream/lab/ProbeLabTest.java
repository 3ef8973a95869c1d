package dev.upstream.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Event;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProbeLabTest extends ShopLabTest {
  private static final String HEALTHZ =
      "readinessProbe: {httpGet: {path: /healthz, port: 8080}, periodSeconds: 1, failureThreshold:"
          + " 1}";

  @Test
  void wrongPath(LabCluster east, Witness witness) {
    deploy(east, Map.of("paths", "{\"/\":200,\"/live\":200}"), HEALTHZ);
    expect(east, 503, "503 UH no_healthy_upstream");
    Event unhealthy =
        unhealthy(east, "Readiness probe failed: HTTP probe failed with statuscode: 404");
    await().until(() -> unhealthy(east, unhealthy.getMessage()).getCount() > 2);
    assertThat(unhealthy.getInvolvedObject().getFieldPath()).isEqualTo("spec.containers{web}");
    assertThat(unhealthy.getReportingComponent()).isEqualTo("kubelet");
    assertThat(pod(east).getStatus().getConditions())
        .anySatisfy(
            one -> {
              assertThat(one.getType()).isEqualTo("Ready");
              assertThat(one.getStatus()).isEqualTo("False");
              assertThat(one.getMessage()).isEqualTo("containers with unready status: [web]");
            });
    witness.wire("probe-wrong-path", "503 UH, " + unhealthy.getMessage());
    east.behave(pod(east), "paths", "{\"/\":200,\"/healthz\":200}");
    expect(east, 200, "200 -");
  }

  @Test
  void refused(LabCluster east) {
    deploy(east, Map.of("listen", "none"), HEALTHZ);
    String address = await().until(() -> pod(east).getStatus().getPodIP(), ip -> ip != null);
    unhealthy(
        east,
        "Readiness probe failed: Get \"http://%1$s:8080/healthz\": dial tcp %1$s:8080: connect: connection refused"
            .formatted(address));
  }

  @Test
  void slow(LabCluster east) {
    deploy(east, Map.of("delay", "3s"), HEALTHZ);
    String address = await().until(() -> pod(east).getStatus().getPodIP(), ip -> ip != null);
    unhealthy(
        east,
        "Readiness probe failed: Get \"http://%s:8080/healthz\": context deadline exceeded (Client.Timeout exceeded while awaiting headers)"
            .formatted(address));
  }

  @Test
  void slowStart(LabCluster east) {
    deploy(east, Map.of("accept-after", "4s"), HEALTHZ);
    expect(east, 503, "503 UH");
    expect(east, 200, "200 -");
  }

  @Test
  void livenessRestarts(LabCluster east) {
    deploy(
        east,
        Map.of("status", "500"),
        "livenessProbe: {httpGet: {path: /live, port: 8080}, periodSeconds: 1, failureThreshold:"
            + " 2}");
    await()
        .untilAsserted(
            () -> {
              assertThat(pod(east).getStatus().getContainerStatuses().getFirst().getRestartCount())
                  .isEqualTo(2);
              assertThat(
                      pod(east)
                          .getStatus()
                          .getContainerStatuses()
                          .getFirst()
                          .getState()
                          .getWaiting()
                          .getReason())
                  .isEqualTo("CrashLoopBackOff");
            });
    assertThat(events(east))
        .extracting(Event::getMessage)
        .contains(
            "Liveness probe failed: HTTP probe failed with statuscode: 500",
            "Container web failed liveness probe, will be restarted");
  }

  private static Event unhealthy(LabCluster east, String message) {
    return await()
        .until(
            () -> events(east).stream().filter(one -> one.getMessage().equals(message)).findFirst(),
            one -> one.isPresent())
        .orElseThrow();
  }

  private static List<Event> events(LabCluster east) {
    return east.client()
        .v1()
        .events()
        .inNamespace("shop")
        .withField("involvedObject.uid", pod(east).getMetadata().getUid())
        .list()
        .getItems();
  }
}
