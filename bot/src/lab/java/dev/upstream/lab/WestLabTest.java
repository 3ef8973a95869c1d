package dev.upstream.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("lab")
@ExtendWith(LabExtension.class)
class WestLabTest {
  @Test
  void twoClustersStandSideBySide(Lab lab) {
    LabCluster west = lab.west();
    west.applyScenario("case1");
    west.waitReady("istio-system");
    west.waitReady("shop");
    ShopLabTest.await().until(() -> west.request(ShopLabTest.HOST, "/", Map.of()).status() != 404);
    assertThat(west.requests(50, ShopLabTest.HOST, "/").keySet()).contains(503);
    assertThat(west.gatewayAddress()).isNotEqualTo(lab.east().gatewayAddress());
    assertThat(west.gatewayPod().getStatus().getPodIP()).startsWith("10.245.");
    west.deleteNamespace("shop");
  }
}
