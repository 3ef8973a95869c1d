package dev.upstream.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The lab's own Ingress edge does what ingress-nginx does. */
@Tag("lab")
@ExtendWith(LabExtension.class)
class IngressLabTest {
  private static final String HOST = "shop.example.com";

  @BeforeEach
  void apply(LabCluster east) {
    IngressEdge edge = IngressEdge.in(east);
    east.applyScenario("case3");
    east.waitReady("shop");
    expect(edge, 200);
  }

  @AfterEach
  void clean(LabCluster east) {
    east.deleteNamespace("shop");
    east.deleteNamespace(IngressEdge.NAMESPACE);
  }

  private static void expect(IngressEdge edge, int status) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(edge.request(HOST, "/").status()).isEqualTo(status));
  }

  @Test
  void servesFollowsAndLogs(LabCluster east) {
    IngressEdge edge = IngressEdge.in(east);
    assertThat(edge.requests(4, HOST, "/a")).isEqualTo(Map.of(200, 4));
    assertThat(edge.request("nobody.example.com", "/").status()).isEqualTo(404);
    Awaitility.await()
        .untilAsserted(
            () ->
                assertThat(edge.log())
                    .containsPattern(
                        "\"GET /a HTTP/1.1\" 200 \\d+ \"-\" .* \\[shop-web-80\\] \\[\\]"
                            + " 10\\.244\\.\\d+\\.\\d+:8080 \\d+ 0\\.\\d+ 200 [0-9a-f]{32}"));
    assertThat(edge.log()).doesNotContain("nobody");

    for (Pod pod : east.pods("shop", "app", "web")) {
      east.behave(pod, "listen", "none");
    }
    expect(edge, 503); // not ready any more
    Awaitility.await()
        .untilAsserted(
            () ->
                assertThat(edge.log())
                    .containsPattern("\\[shop-web-80\\] \\[\\] - - - - ")
                    .containsPattern(
                        "W\\d{4} .* Service \"shop/web\" does not have any active Endpoint\\."));
    assertThat(
            east.client()
                .network()
                .v1()
                .ingresses()
                .inNamespace("shop")
                .withName("web")
                .get()
                .getStatus()
                .getLoadBalancer()
                .getIngress()
                .getFirst()
                .getIp())
        .isEqualTo(edge.address());
  }

  @Test
  void severalControllers(LabCluster east) {
    IngressEdge edge = IngressEdge.in(east);
    edge.scale(2);
    east.waitReady(IngressEdge.NAMESPACE);
    assertThat(edge.pods()).hasSize(2);
    for (Pod pod : edge.pods()) {
      assertThat(edge.request(pod, HOST, "/").status()).isEqualTo(200);
      Awaitility.await()
          .untilAsserted(() -> assertThat(east.log(pod, "controller")).contains("[shop-web-80]"));
    }
  }
}
