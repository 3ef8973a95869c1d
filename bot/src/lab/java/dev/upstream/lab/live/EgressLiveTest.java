package dev.upstream.lab.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.upstream.lab.LabCluster;
import dev.upstream.lab.LabExtension;
import dev.upstream.lab.Witness;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Case 2: many countries behind ServiceEntries; one is defined twice, and it alone fails. */
@Tag("lab")
@ExtendWith(LabExtension.class)
class EgressLiveTest {
  private static final String NS = "countries";

  @BeforeEach
  void apply(LabCluster east) {
    east.applyScenario("case2");
    east.waitReady("istio-system");
    east.waitReady(NS);
    String partner = east.pods(NS, "app", "partner").getFirst().getStatus().getPodIP();
    east.apply(country(NS, "at", "at", "resolution: STATIC", partner));
    east.apply(country(NS, "ch", "ch", "resolution: STATIC", partner));
    east.apply(
        country(NS, "de", "de", "resolution: STATIC", "")
            .replace("endpoints: [{address: }]", "workloadSelector: {labels: {app: old-germany}}"));
    east.apply(country("countries-b", "germany", "de", "resolution: STATIC", partner));
    Fixture.expect(east, "at.api.example.com", 200, "200 -");
  }

  private static String country(
      String namespace, String name, String code, String resolution, String address) {
    return """
    apiVersion: networking.istio.io/v1
    kind: ServiceEntry
    metadata: {name: %2$s, namespace: %1$s}
    spec:
      hosts: [%3$s.api.example.com]
      location: MESH_EXTERNAL
      %4$s
      ports: [{number: 8080, name: http, protocol: HTTP}]
      endpoints: [{address: %5$s}]
    """
        .formatted(namespace, name, code, resolution, address);
  }

  @AfterEach
  void clean(LabCluster east) {
    east.deleteNamespace("countries-b");
    east.deleteNamespace(NS);
  }

  @Test
  void oneCountryIsDefinedTwice(LabCluster east, Witness witness) {
    Fixture.expect(east, "de.api.example.com", 503, "503 UH no_healthy_upstream");
    for (int i = 0; i < 25; i++) {
      assertThat(east.request("de.api.example.com", "/", Map.of()).status()).isEqualTo(503);
    }
    witness.wire("se-duplicate-host-port", "503 UH no_healthy_upstream for one country of three");
    witness.wire("envoy-no-healthy-upstream", "503 UH no_healthy_upstream");

    JsonNode answer = Bot.check("de.api.example.com", east);
    assertThat(answer.get("verdict").asText()).isEqualTo("broken");
    assertThat(Bot.cause(answer)).isEqualTo("se-duplicate-host-port");
    String findings = answer.get("findings").toString();
    assertThat(findings)
        .contains("countries/de", "countries-b/germany", "knows 2 definitions", "0 of 0 endpoints");
    assertThat(Bot.check("at.api.example.com", east).get("verdict").asText()).isEqualTo("healthy");

    east.client()
        .genericKubernetesResources("networking.istio.io/v1", "ServiceEntry")
        .inNamespace("countries")
        .withName("de")
        .delete();
    Fixture.expect(east, "de.api.example.com", 200, "200 -");
    assertThat(east.requests(10, "de.api.example.com", "/")).isEqualTo(Map.of(200, 10));
    Fixture.await()
        .untilAsserted(
            () ->
                assertThat(Bot.check("de.api.example.com", east).get("verdict").asText())
                    .isEqualTo("healthy"));
  }
}
