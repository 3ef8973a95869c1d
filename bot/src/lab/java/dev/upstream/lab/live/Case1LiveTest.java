package dev.upstream.lab.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.upstream.lab.LabCluster;
import dev.upstream.lab.LabExtension;
import dev.upstream.lab.Witness;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Case 1: 95 % of the requests go to a subset without ready pods, in the three ways that happens.
 */
@Tag("lab")
@ExtendWith(LabExtension.class)
class Case1LiveTest {
  private static final String NS = "case1-live";
  private static final String HOST = "case1.example.com";
  private static final String HEALTHZ =
      "ports: [{containerPort: 8080}], readinessProbe: {httpGet: {path: /healthz, port: 8080},"
          + " periodSeconds: 1, failureThreshold: 1}";
  private static final String SUBSETS =
      """
      apiVersion: networking.istio.io/v1
      kind: DestinationRule
      metadata: {name: web, namespace: %s}
      spec:
        host: web
        subsets: [{name: v1, labels: {version: v1}}, {name: v2, labels: {version: v2}}]
      """
          .formatted(NS);

  @AfterEach
  void clean(LabCluster east) {
    east.deleteNamespace(NS);
  }

  @Test
  void noWorkloadForTheSubset(LabCluster east, Witness witness) {
    begin(east);
    JsonNode answer = failing(east, "dr-subset-selects-no-pods");
    assertThat(Bot.roles(answer))
        .containsOnly(
            Map.entry("dr-subset-selects-no-pods DestinationRule/" + NS + "/web", "root-cause"),
            Map.entry("envoy-no-healthy-upstream Service/" + NS + "/web", "symptom"));
    witness.wire("dr-subset-selects-no-pods", "503 UH for 95 % of the requests");
    shiftWeights(east);
  }

  @Test
  void workloadOfTheSubsetScaledToZero(LabCluster east, Witness witness) {
    begin(east);
    east.apply(Fixture.deployment(NS, "v1", 0, "", HEALTHZ));
    JsonNode answer = failing(east, "scaled-to-zero");
    assertThat(Bot.roles(answer))
        .containsOnly(
            Map.entry("scaled-to-zero Deployment/" + NS + "/web-v1", "root-cause"),
            Map.entry("dr-subset-selects-no-pods DestinationRule/" + NS + "/web", "contributing"),
            Map.entry("envoy-no-healthy-upstream Service/" + NS + "/web", "symptom"));
    assertThat(Bot.explains(answer, "scaled-to-zero")).containsOnly("dr-subset-selects-no-pods");
    assertThat(Bot.explains(answer, "dr-subset-selects-no-pods"))
        .containsOnly("envoy-no-healthy-upstream");
    witness.wire("scaled-to-zero", "503 UH for 95 % of the requests");
    shiftWeights(east);
  }

  @Test
  void probeOfTheSubsetFails(LabCluster east, Witness witness) {
    begin(east);
    east.apply(
        Fixture.deployment(
            NS, "v1", 2, "lab.upstream.dev/paths: '{\"/\":200,\"/live\":200}'", HEALTHZ));
    JsonNode answer = failing(east, "probe-wrong-path");
    assertThat(Bot.roles(answer))
        .containsOnly(
            Map.entry("probe-wrong-path Deployment/" + NS + "/web-v1", "root-cause"),
            Map.entry("dr-subset-pods-not-ready DestinationRule/" + NS + "/web", "contributing"),
            Map.entry("envoy-no-healthy-upstream Service/" + NS + "/web", "symptom"));
    assertThat(Bot.explains(answer, "probe-wrong-path")).containsOnly("dr-subset-pods-not-ready");
    assertThat(Bot.explains(answer, "dr-subset-pods-not-ready"))
        .containsOnly("envoy-no-healthy-upstream");
    witness.wire("probe-wrong-path", "503 UH for 95 % of the requests");
    witness.wire("dr-subset-pods-not-ready", "503 UH for 95 % of the requests");
    shiftWeights(east);
  }

  private static void begin(LabCluster east) {
    east.apply(Fixture.shop(NS, HOST, route(95, 5)));
    east.apply(SUBSETS);
    east.apply(Fixture.deployment(NS, "v2", 2, "", HEALTHZ));
    east.waitReady(NS);
    Fixture.await().until(() -> east.request(HOST, "/", Map.of()).status() != 404);
  }

  private static String route(int v1, int v2) {
    return """
    {destination: {host: web, subset: v1}, weight: %d}, {destination: {host: web, subset: v2}, weight: %d}\
    """
        .formatted(v1, v2);
  }

  /** Sees it on the wire, then asks, until the program has seen the same. */
  private static JsonNode failing(LabCluster east, String cause) {
    Fixture.await().until(() -> east.requests(20, HOST, "/").containsKey(503));
    JsonNode[] last = new JsonNode[1];
    Fixture.await()
        .untilAsserted(
            () -> {
              Map<Integer, Integer> seen = east.requests(200, HOST, "/");
              assertThat(seen.keySet()).containsExactly(200, 503);
              assertThat(seen.get(503)).isBetween(170, 199);
              assertThat(east.envoyLog(east.gatewayPod())).contains("503 UH no_healthy_upstream");
              last[0] = Bot.check(HOST, east);
              assertThat(Bot.cause(last[0])).isEqualTo(cause);
              assertThat(last[0].get("findings").findValuesAsText("source"))
                  .contains("objects", "proxy", "log");
            });
    JsonNode answer = last[0];
    assertThat(answer.get("verdict").asText()).isEqualTo("degraded");
    assertThat(answer.get("share").asDouble()).isEqualTo(0.95);
    assertThat(Bot.finding(answer, cause).get("share").asDouble()).isEqualTo(0.95);
    assertThat(answer.get("summary").asText())
        .startsWith("95 % of requests to " + HOST + " fail with 503 \"no healthy upstream\"")
        .contains("web v1");
    assertThat(answer.get("findings").toString())
        .contains("outbound|80|v1|web." + NS + ".svc.cluster.local: 0 of ")
        .contains("503 UH no_healthy_upstream");
    return answer;
  }

  /** The weights, changed by hand: everything is served again. */
  private static void shiftWeights(LabCluster east) {
    east.apply(Fixture.shop(NS, HOST, route(0, 100)));
    Fixture.await()
        .untilAsserted(() -> assertThat(east.requests(40, HOST, "/")).isEqualTo(Map.of(200, 40)));
    Fixture.await()
        .untilAsserted(
            () ->
                assertThat(Bot.check(HOST, east).get("verdict").asText())
                    .isIn("healthy", "at-risk"));
  }
}
