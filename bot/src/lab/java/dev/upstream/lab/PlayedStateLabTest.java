package dev.upstream.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlayedStateLabTest extends ShopLabTest {
  @Test
  void crashLoop(LabCluster east, Witness witness) {
    deploy(east, Map.of("state", "crash-loop", "log", "Error: no database"), "");
    expect(east, 503, "503 UH");
    ContainerStatus status = waiting(east, "CrashLoopBackOff");
    assertThat(status.getLastState().getTerminated().getReason()).isEqualTo("Error");
    assertThat(status.getLastState().getTerminated().getExitCode()).isEqualTo(1);
    assertThat(status.getRestartCount()).isEqualTo(6);
    assertThat(pod(east).getStatus().getPhase()).isEqualTo("Running");
    assertThat(east.client().pods().resource(pod(east)).terminated().getLog())
        .contains("Error: no database");
    witness.played("crash-loop", "CrashLoopBackOff, 503 UH at the gateway");
  }

  @Test
  void oomKilled(LabCluster east, Witness witness) {
    deploy(east, Map.of("state", "oom-killed"), "");
    ContainerStatus status = waiting(east, "CrashLoopBackOff");
    assertThat(status.getLastState().getTerminated().getReason()).isEqualTo("OOMKilled");
    assertThat(status.getLastState().getTerminated().getExitCode()).isEqualTo(137);
    witness.played("oom-killed", "OOMKilled");
  }

  @Test
  void imagePullBackOff(LabCluster east) {
    deploy(east, Map.of("state", "image-pull-backoff"), "");
    waiting(east, "ImagePullBackOff");
    assertThat(pod(east).getStatus().getPhase()).isEqualTo("Pending");
    expect(east, 503, "503 UH");
  }

  @Test
  void evicted(LabCluster east) {
    deploy(east, Map.of("state", "evicted"), "");
    await()
        .untilAsserted(
            () ->
                assertThat(east.pods("shop", "app", "web"))
                    .extracting(one -> one.getStatus().getPhase())
                    .containsExactlyInAnyOrder("Failed", "Running"));
    expect(east, 200, "200 -");
  }

  private static ContainerStatus waiting(LabCluster east, String reason) {
    return await()
        .until(
            () -> pod(east).getStatus().getContainerStatuses().stream().findFirst(),
            one ->
                one.map(ContainerStatus::getState)
                    .filter(
                        state ->
                            state.getWaiting() != null
                                && state.getWaiting().getReason().equals(reason))
                    .isPresent())
        .orElseThrow();
  }
}
