package dev.upstream.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("lab")
@ExtendWith(LabExtension.class)
class Case1LabTest {
  private static final String HOST = "shop.example.com";

  @BeforeEach
  void apply(LabCluster east) {
    east.applyScenario("case1");
    east.waitReady("istio-system");
    east.waitReady("shop");
    Awaitility.await().until(() -> east.request(HOST, "/", Map.of()).status() != 404);
  }

  @AfterEach
  void clean(LabCluster east) {
    east.deleteNamespace("shop");
  }

  @Test
  void subsetWithoutPodsFailsAndWeightsHeal(LabCluster east, Witness witness) {
    Map<Integer, Integer> before = east.requests(200, HOST, "/");
    assertThat(before.keySet()).containsExactly(200, 503);
    assertThat(before.get(503)).isBetween(170, 199);
    Awaitility.await()
        .untilAsserted(
            () ->
                assertThat(east.envoyLog(east.gatewayPod()))
                    .contains("503 UH no_healthy_upstream"));
    witness.wire(
        "dr-subset-selects-no-pods", "503 UH no_healthy_upstream, " + before.get(503) + " of 200");

    east.apply(
        """
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata: {name: web, namespace: shop}
        spec:
          hosts: [shop.example.com]
          gateways: [web]
          http:
            - route:
                - {destination: {host: web, subset: v1}, weight: 0}
                - {destination: {host: web, subset: v2}, weight: 100}
        """);
    Awaitility.await()
        .untilAsserted(() -> assertThat(east.requests(20, HOST, "/")).isEqualTo(Map.of(200, 20)));
    assertThat(east.request(HOST, "/", Map.of()).body()).contains("version=v2");
  }
}
