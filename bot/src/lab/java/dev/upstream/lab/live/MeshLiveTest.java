package dev.upstream.lab.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.upstream.lab.LabCluster;
import dev.upstream.lab.LabExtension;
import dev.upstream.lab.Witness;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Routes, subsets, outlier detection and the proxies' own state, each failing on the wire first.
 */
@Tag("lab")
@ExtendWith(LabExtension.class)
class MeshLiveTest {
  private static final String NS = "mesh-live";
  private static final String HOST = "mesh.example.com";

  @AfterEach
  void clean(LabCluster east) {
    east.deleteNamespace(NS);
  }

  @Test
  void routeToAnUndefinedSubset(LabCluster east, Witness witness) {
    east.apply(Fixture.shop(NS, HOST, "{destination: {host: web, subset: v9}}"));
    east.apply(Fixture.web(NS, "v1", 1, ""));
    east.waitReady(NS);
    Fixture.expect(east, HOST, 503, "503 NC cluster_not_found");
    witness.wire("vs-subset-undefined", "503 NC cluster_not_found");
    witness.wire("envoy-no-cluster", "503 NC cluster_not_found");

    JsonNode answer = Bot.check(HOST, east);
    assertThat(answer.get("verdict").asText()).isEqualTo("broken");
    assertThat(Bot.roles(answer))
        .containsOnly(
            Map.entry("vs-subset-undefined VirtualService/" + NS + "/web", "root-cause"),
            Map.entry("envoy-no-cluster VirtualService/" + NS + "/web", "symptom"));

    east.apply(Fixture.shop(NS, HOST, "{destination: {host: web}}"));
    Fixture.expect(east, HOST, 200, "200 -");
    Fixture.await()
        .untilAsserted(
            () -> assertThat(Bot.check(HOST, east).get("verdict").asText()).isEqualTo("healthy"));
  }

  @Test
  void routeToAHostThatNobodyKnows(LabCluster east, Witness witness) {
    east.apply(Fixture.shop(NS, HOST, "{destination: {host: wbe}}"));
    east.apply(Fixture.web(NS, "v1", 1, ""));
    east.waitReady(NS);
    Fixture.expect(east, HOST, 503, "503 NC cluster_not_found");
    witness.wire("vs-destination-host-unknown", "503 NC cluster_not_found");

    JsonNode answer = Bot.check(HOST, east);
    assertThat(answer.get("verdict").asText()).isEqualTo("broken");
    assertThat(Bot.roles(answer))
        .containsOnly(
            Map.entry("vs-destination-host-unknown VirtualService/" + NS + "/web", "root-cause"),
            Map.entry("envoy-no-cluster VirtualService/" + NS + "/web", "symptom"));
  }

  @Test
  void outlierDetectionEjectsEverything(LabCluster east, Witness witness) {
    east.apply(Fixture.shop(NS, HOST, "{destination: {host: web}}"));
    east.apply(
        """
        apiVersion: networking.istio.io/v1
        kind: DestinationRule
        metadata: {name: web, namespace: %s}
        spec:
          host: web
          trafficPolicy:
            outlierDetection: {consecutive5xxErrors: 2, interval: 1s, baseEjectionTime: 120s, maxEjectionPercent: 100}
        """
            .formatted(NS));
    east.apply(Fixture.web(NS, "v1", 2, "lab.upstream.dev/paths: '{\"/\":500,\"/healthz\":200}'"));
    east.waitReady(NS);
    Fixture.expect(east, HOST, 503, "503 UH no_healthy_upstream");
    witness.wire("outlier-ejected-all", "503 UH no_healthy_upstream after 500s");

    JsonNode answer = Bot.check(HOST, east);
    assertThat(answer.get("verdict").asText()).isEqualTo("broken");
    assertThat(Bot.roles(answer))
        .containsEntry("outlier-ejected-all DestinationRule/" + NS + "/web", "root-cause")
        .containsEntry("envoy-no-healthy-upstream Service/" + NS + "/web", "symptom");
    assertThat(answer.get("findings").toString()).contains("failed outlier check");
  }

  @Test
  void proxyWithoutIstiodKeepsDeadEndpoints(LabCluster east, Witness witness) {
    east.apply(Fixture.shop(NS, HOST, "{destination: {host: web}}"));
    east.apply(Fixture.web(NS, "v1", 1, ""));
    east.waitReady(NS);
    Fixture.expect(east, HOST, 200, "200 -");
    Pod gateway = east.gatewayPod();
    east.cutFromIstiod(gateway);
    try {
      JsonNode risk = Bot.check(HOST, east);
      assertThat(risk.get("verdict").asText()).isEqualTo("at-risk");
      east.client().pods().inNamespace(NS).withLabel("app", "web").delete();
      east.waitReady(NS);
      Fixture.expect(east, HOST, 503, "503 U");
      witness.wire("proxy-not-connected", Fixture.tail(east, gateway));

      JsonNode answer = Bot.check(HOST, east);
      assertThat(answer.get("verdict").asText()).isEqualTo("broken");
      assertThat(Bot.roles(answer))
          .containsEntry(
              "proxy-not-connected Deployment/istio-system/istio-ingressgateway", "root-cause");
      assertThat(Bot.cause(answer)).isEqualTo("proxy-not-connected");
    } finally {
      east.mendToIstiod(gateway);
    }
    Fixture.expect(east, HOST, 200, "200 -");
    assertThat(east.requests(5, HOST, "/")).isEqualTo(Map.of(200, 5));
    Fixture.await()
        .untilAsserted(
            () -> assertThat(Bot.check(HOST, east).get("verdict").asText()).isEqualTo("healthy"));
  }
}
