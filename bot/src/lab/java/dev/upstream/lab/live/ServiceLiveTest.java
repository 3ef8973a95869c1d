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

/** Healthy pods that their Service does not reach. */
@Tag("lab")
@ExtendWith(LabExtension.class)
class ServiceLiveTest {
  private static final String NS = "service-live";
  private static final String HOST = "service.example.com";
  private static final String CONTAINER =
      "ports: [{name: web, containerPort: 8080}], readinessProbe: {httpGet: {path: /, port: 8080},"
          + " periodSeconds: 1}";

  @AfterEach
  void clean(LabCluster east) {
    east.deleteNamespace(NS);
  }

  @Test
  void selectorMatchesNoPod(LabCluster east, Witness witness) {
    begin(east, "{app: web, version: v9}", "8080");
    JsonNode answer = broken(east, "service-selector-matches-no-pod");
    assertThat(Bot.finding(answer, "service-selector-matches-no-pod").get("summary").asText())
        .contains("app=web,version=v9", "web-v1 have version=v1");
    witness.wire("service-selector-matches-no-pod", "503 UH no_healthy_upstream");
    witness.wire("no-ready-endpoints", "503 UH, no address in the EndpointSlices");

    begin(east, "{app: web, version: v1}", "8080");
    healthy(east);
  }

  @Test
  void targetPortNameIsUnresolved(LabCluster east, Witness witness) {
    begin(east, "{app: web}", "http");
    JsonNode answer = broken(east, "target-port-name-unresolved");
    assertThat(Bot.finding(answer, "target-port-name-unresolved").get("summary").asText())
        .contains("targetPort http", "declared: web");
    assertThat(Bot.finding(answer, "target-port-name-unresolved").toString())
        .contains("2 ready endpoints stand in EndpointSlices without port http");
    witness.wire("target-port-name-unresolved", "503 UH no_healthy_upstream");

    begin(east, "{app: web}", "web");
    healthy(east);
  }

  @Test
  void targetPortNumberIsClosed(LabCluster east, Witness witness) {
    begin(east, "{app: web}", "8081");
    Fixture.expect(east, HOST, 503, "UF");
    Map<Integer, Integer> seen = east.requests(30, HOST, "/");
    assertThat(seen).isEqualTo(Map.of(503, 30));
    Fixture.await()
        .untilAsserted(
            () -> {
              east.requests(5, HOST, "/"); // those of the seconds after the edit do not count
              JsonNode answer = Bot.check(HOST, east);
              assertThat(Bot.roles(answer))
                  .containsEntry(
                      "target-port-number-mismatch Service/" + NS + "/web", "root-cause");
              assertThat(answer.get("verdict").asText()).isEqualTo("broken");
              assertThat(answer.get("share").asDouble()).isEqualTo(1);
              JsonNode finding = Bot.finding(answer, "target-port-number-mismatch");
              assertThat(finding.get("confidence").asText()).isEqualTo("high");
              assertThat(finding.get("fieldPath").asText()).isEqualTo("spec.ports[0].targetPort");
              assertThat(finding.get("summary").asText()).contains("8081", "8080");
              assertThat(finding.get("evidence").findValuesAsText("source"))
                  .contains("log", "objects");
            });
    witness.wire("target-port-number-mismatch", Fixture.tail(east, east.gatewayPod()));

    begin(east, "{app: web}", "8080");
    healthy(east);
  }

  /** Nobody has asked yet, so nothing is known to fail (RULES.md R9). */
  @Test
  void targetPortNumberIsNotDeclared(LabCluster east, Witness witness) {
    begin(east, "{app: web}", "8081");
    east.waitReady(NS);
    JsonNode answer = Bot.check(HOST, east);
    assertThat(answer.get("verdict").asText()).isEqualTo("at-risk");
    assertThat(Bot.roles(answer))
        .containsOnly(Map.entry("target-port-number-mismatch Service/" + NS + "/web", "risk"));
    witness.played("target-port-number-mismatch", "declared ports only, no request: a risk");
  }

  private static void begin(LabCluster east, String selector, String targetPort) {
    east.apply(Fixture.shop(NS, HOST, "{destination: {host: web}}"));
    east.apply(
        """
        apiVersion: v1
        kind: Service
        metadata: {name: web, namespace: %s}
        spec:
          selector: %s
          ports: [{name: http, port: 80, targetPort: %s}]
        """
            .formatted(NS, selector, targetPort));
    east.apply(Fixture.deployment(NS, "v1", 2, "", CONTAINER));
  }

  private static JsonNode broken(LabCluster east, String cause) {
    east.waitReady(NS);
    Fixture.expect(east, HOST, 503, "503 UH no_healthy_upstream");
    JsonNode[] last = new JsonNode[1];
    Fixture.await()
        .untilAsserted(
            () -> {
              assertThat(east.requests(5, HOST, "/")).isEqualTo(Map.of(503, 5));
              last[0] = Bot.check(HOST, east);
              assertThat(Bot.roles(last[0]))
                  .containsOnly(
                      Map.entry(cause + " Service/" + NS + "/web", "root-cause"),
                      Map.entry("no-ready-endpoints Service/" + NS + "/web", "symptom"),
                      Map.entry("envoy-no-healthy-upstream Service/" + NS + "/web", "symptom"));
            });
    JsonNode answer = last[0];
    assertThat(answer.get("verdict").asText()).isEqualTo("broken");
    assertThat(answer.get("share").asDouble()).isEqualTo(1);
    assertThat(Bot.explains(answer, cause)).containsOnly("no-ready-endpoints");
    assertThat(Bot.explains(answer, "no-ready-endpoints"))
        .containsOnly("envoy-no-healthy-upstream");
    return answer;
  }

  private static void healthy(LabCluster east) {
    Fixture.expect(east, HOST, 200, "200 -");
    Fixture.await()
        .untilAsserted(
            () -> assertThat(Bot.check(HOST, east).get("verdict").asText()).isEqualTo("healthy"));
  }
}
