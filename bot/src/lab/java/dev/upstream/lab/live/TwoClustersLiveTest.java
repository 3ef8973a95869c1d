package dev.upstream.lab.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.upstream.answer.Question;
import dev.upstream.cluster.ClusterSource;
import dev.upstream.lab.Lab;
import dev.upstream.lab.LabCluster;
import dev.upstream.lab.LabExtension;
import dev.upstream.lab.Witness;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A call in east goes by VirtualService and ServiceEntry to west's gateway, and on in west. */
@Tag("lab")
@ExtendWith(LabExtension.class)
class TwoClustersLiveTest {
  private static final String HOST = "orders.example.com";
  private static final String WEST_HOST = "orders.west.example.com";
  private static final String NS = "orders";

  @BeforeEach
  void join(Lab lab) {
    LabCluster west = lab.west();
    west.waitReady("istio-system");
    west.apply(Fixture.shop(NS, WEST_HOST, "{destination: {host: web}}"));
    west.apply(Fixture.web(NS, "v1", 1, ""));
    west.waitReady(NS);
    lab.east().waitReady("istio-system");
    lab.east().apply(east(west.gatewayAddress()));
    Fixture.expect(lab.east(), HOST, 200, "200 -");
  }

  @AfterEach
  void clean(Lab lab) {
    lab.west().deleteNamespace(NS);
    lab.east().deleteNamespace(NS);
  }

  private static String east(String address) {
    return """
    apiVersion: v1
    kind: Namespace
    metadata: {name: orders}
    ---
    apiVersion: networking.istio.io/v1
    kind: Gateway
    metadata: {name: orders, namespace: orders}
    spec:
      selector: {istio: ingressgateway}
      servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: [orders.example.com]}]
    ---
    apiVersion: networking.istio.io/v1
    kind: VirtualService
    metadata: {name: orders, namespace: orders}
    spec:
      hosts: [orders.example.com]
      gateways: [orders]
      http:
        - rewrite: {authority: orders.west.example.com}
          route: [{destination: {host: orders.west.example.com, port: {number: 80}}}]
    ---
    apiVersion: networking.istio.io/v1
    kind: ServiceEntry
    metadata: {name: orders-west, namespace: orders}
    spec:
      hosts: [orders.west.example.com]
      location: MESH_INTERNAL
      resolution: STATIC
      ports: [{number: 80, name: http, protocol: HTTP}]
      endpoints: [{address: %s}]
    """
        .formatted(address);
  }

  @Test
  void faultInWestIsNamedFromEast(Lab lab, Witness witness) {
    LabCluster east = lab.east();
    LabCluster west = lab.west();
    assertThat(Bot.check(HOST, east, west).get("verdict").asText()).isEqualTo("healthy");

    west.client().apps().deployments().inNamespace(NS).withName("web-v1").scale(0);
    Fixture.expect(east, HOST, 503, "503 - via_upstream");
    Fixture.expect(west, WEST_HOST, 503, "503 UH no_healthy_upstream");
    for (int i = 0; i < 25; i++) {
      east.request(HOST, "/", Map.of());
    }
    witness.wire("scaled-to-zero", "east 503 via_upstream, west 503 UH");

    JsonNode answer = Bot.check(HOST, east, west);
    assertThat(answer.get("verdict").asText()).isEqualTo("broken");
    assertThat(answer.get("share").asDouble()).isEqualTo(1);
    assertThat(Bot.roles(answer))
        .containsEntry("scaled-to-zero Deployment/orders/web-v1", "root-cause");
    List<String> clusters = new ArrayList<>();
    answer.get("path").forEach(h -> clusters.add(h.get("cluster").asText()));
    assertThat(clusters).startsWith("east").endsWith("west");
    for (JsonNode f : answer.get("findings")) {
      assertThat(f.get("cluster").asText()).isEqualTo("west");
    }
  }

  @Test
  void westIsKnownOnlyByNameAndDeclaredAddress(Lab lab) {
    LabCluster east = lab.east();
    LabCluster west = lab.west();
    east.apply(
        east(west.gatewayAddress())
            .replace("resolution: STATIC", "resolution: DNS")
            .replace("address: " + west.gatewayAddress(), "address: localhost"));
    west.client().apps().deployments().inNamespace(NS).withName("web-v1").scale(0);
    Fixture.expect(west, WEST_HOST, 503, "503 UH");

    List<ClusterSource> undeclared = new ArrayList<>(Bot.sources(east.kubeconfig()));
    undeclared.addAll(Bot.sources(west.kubeconfig()));
    JsonNode gap = Bot.check(Question.about(HOST), undeclared);
    assertThat(gap.get("notChecked").toString()).contains("localhost", "reachedBy");
    assertThat(gap.get("verdict").asText()).isNotEqualTo("healthy");

    List<ClusterSource> declared = new ArrayList<>(Bot.sources(east.kubeconfig()));
    ClusterSource plain = Bot.sources(west.kubeconfig()).getFirst();
    declared.add(
        new ClusterSource(
            plain.name(), plain.config(), plain.istiodNamespaces(), List.of("localhost")));
    JsonNode answer = Bot.check(Question.about(HOST), declared);
    assertThat(Bot.cause(answer)).isEqualTo("scaled-to-zero");
  }

  @Test
  void withoutWestsApiServerNothingIsCalledHealthy(Lab lab) {
    LabCluster east = lab.east();
    LabCluster west = lab.west();
    west.client().apps().deployments().inNamespace(NS).withName("web-v1").scale(0);
    Fixture.expect(east, HOST, 503, "503 - via_upstream");
    west.stopApiServer();
    try {
      Fixture.await()
          .untilAsserted(
              () -> {
                assertThat(east.request(HOST, "/", Map.of()).status()).isEqualTo(503);
                JsonNode failing = Bot.check(HOST, east, west);
                assertThat(failing.get("verdict").asText()).isEqualTo("degraded");
                assertThat(failing.get("summary").asText()).contains("cause was not found", "west");
                assertThat(failing.get("notChecked").toString()).contains("UNREACHABLE", "west");
              });
    } finally {
      west.startApiServer();
    }
  }

  @Test
  void withoutFailingRequestsItIsUnknown(Lab lab) {
    LabCluster east = lab.east();
    LabCluster west = lab.west();
    west.stopApiServer();
    try {
      JsonNode quiet = Bot.check(HOST, east, west);
      assertThat(quiet.get("verdict").asText()).isEqualTo("unknown");
      assertThat(quiet.get("notChecked").toString()).contains("UNREACHABLE", "west");
    } finally {
      west.startApiServer();
    }
  }

  @Test
  void anExpiredTokenIsNamed(Lab lab) {
    LabCluster east = lab.east();
    Path expired = lab.west().expiredTokenKubeconfig();
    List<ClusterSource> sources = new ArrayList<>(Bot.sources(east.kubeconfig()));
    sources.addAll(Bot.sources(expired));
    JsonNode answer = Bot.check(Question.about(HOST), sources);
    assertThat(answer.get("verdict").asText()).isEqualTo("unknown");
    assertThat(answer.get("notChecked").toString())
        .contains("UNAUTHORIZED", "The credential expired at");
  }
}
