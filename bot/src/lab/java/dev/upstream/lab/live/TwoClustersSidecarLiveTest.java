package dev.upstream.lab.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.upstream.answer.Question;
import dev.upstream.cluster.ClusterSource;
import dev.upstream.lab.Lab;
import dev.upstream.lab.LabCluster;
import dev.upstream.lab.LabExtension;
import dev.upstream.lab.Witness;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A client in east, with a sidecar, calls by ServiceEntry over west's gateway into west. */
@Tag("lab")
@ExtendWith(LabExtension.class)
class TwoClustersSidecarLiveTest {
  private static final String HOST = "orders.west.example";
  private static final String NS = "orders";

  @BeforeEach
  void join(Lab lab) {
    LabCluster west = lab.west();
    LabCluster east = lab.east();
    west.waitReady("istio-system");
    west.apply(Fixture.shop(NS, HOST, "{destination: {host: web}}"));
    west.apply(Fixture.web(NS, "v1", 1, ""));
    west.waitReady(NS);
    east.waitReady("istio-system");
    east.apply(SidecarFixture.client(NS));
    east.apply(
        """
        apiVersion: networking.istio.io/v1
        kind: ServiceEntry
        metadata: {name: orders-west, namespace: orders}
        spec:
          hosts: [orders.west.example]
          location: MESH_INTERNAL
          resolution: STATIC
          ports: [{number: 80, name: http, protocol: HTTP}]
          endpoints: [{address: %s}]
        """
            .formatted(west.gatewayAddress()));
    east.waitReady(NS);
    SidecarFixture.expect(east, NS, HOST, 80, 200, "200 - via_upstream");
  }

  @AfterEach
  void clean(Lab lab) {
    lab.west().deleteNamespace(NS);
    lab.east().deleteNamespace(NS);
  }

  @Test
  void aFaultInWestIsNamedFromTheClientInEast(Lab lab, Witness witness) {
    LabCluster east = lab.east();
    LabCluster west = lab.west();
    assertThat(ask(east, west).get("verdict").asText()).isEqualTo("healthy");

    breakWest(lab);
    assertThat(east.requestsFrom(SidecarFixture.pod(east, NS), 25, HOST, 80))
        .isEqualTo(Map.of(503, 25));
    assertThat(west.envoyLog(west.gatewayPod())).contains("503 UH no_healthy_upstream");
    witness.wire("scaled-to-zero", "503 via_upstream in east's sidecar, UH in west's gateway");

    JsonNode answer = ask(east, west);
    assertThat(answer.get("verdict").asText()).isEqualTo("broken");
    assertThat(answer.get("share").asDouble()).isEqualTo(1);
    assertThat(Bot.cause(answer)).isEqualTo("scaled-to-zero");
    assertThat(Bot.roles(answer))
        .containsEntry("scaled-to-zero Deployment/orders/web-v1", "root-cause");
    List<String> way = new ArrayList<>();
    answer
        .get("path")
        .forEach(h -> way.add(h.get("cluster").asText() + " " + h.get("kind").asText()));
    assertThat(way)
        .containsExactly(
            "east Deployment",
            "east ServiceEntry",
            "west Gateway",
            "west VirtualService",
            "west Service");
    assertThat(answer.get("path").get(0).get("detail").asText())
        .contains("its proxy is in sync with istiod");
    for (JsonNode f : answer.get("findings")) {
      assertThat(f.get("cluster").asText()).isEqualTo("west");
    }
  }

  @Test
  void withoutWestsApiServerTheFailingCallHasNoKnownCause(Lab lab) {
    LabCluster east = lab.east();
    LabCluster west = lab.west();
    breakWest(lab);
    west.stopApiServer();
    try {
      Fixture.await()
          .untilAsserted(
              () -> {
                assertThat(east.requestFrom(SidecarFixture.pod(east, NS), HOST, 80).status())
                    .isEqualTo(503);
                JsonNode answer = ask(east, west);
                assertThat(answer.get("verdict").asText()).isEqualTo("degraded");
                assertThat(answer.get("summary").asText()).contains("cause was not found", "west");
                assertThat(answer.get("notChecked").toString()).contains("UNREACHABLE", "west");
              });
    } finally {
      west.startApiServer();
    }
  }

  @Test
  void withoutAFailingCallItIsUnknown(Lab lab) {
    LabCluster east = lab.east();
    LabCluster west = lab.west();
    List<ClusterSource> expired = new ArrayList<>(Bot.sources(east.kubeconfig()));
    expired.addAll(Bot.sources(west.expiredTokenKubeconfig()));
    JsonNode refused = Bot.check(question(), expired);
    assertThat(refused.get("verdict").asText()).isEqualTo("unknown");
    assertThat(refused.get("notChecked").toString())
        .contains("UNAUTHORIZED", "The credential expired at");

    west.stopApiServer();
    try {
      JsonNode quiet = ask(east, west);
      assertThat(quiet.get("verdict").asText()).isEqualTo("unknown");
      assertThat(quiet.get("notChecked").toString()).contains("UNREACHABLE", "west");
    } finally {
      west.startApiServer();
    }
  }

  private static void breakWest(Lab lab) {
    lab.west().client().apps().deployments().inNamespace(NS).withName("web-v1").scale(0);
    SidecarFixture.expect(lab.east(), NS, HOST, 80, 503, "503 - via_upstream");
  }

  private static Question question() {
    return SidecarFixture.from(NS, HOST);
  }

  private static JsonNode ask(LabCluster east, LabCluster west) {
    return Bot.check(question(), east, west);
  }
}
