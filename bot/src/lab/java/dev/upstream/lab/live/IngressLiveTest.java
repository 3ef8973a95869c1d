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

/** What can be wrong with an Ingress itself, through a real nginx. */
@Tag("lab")
@ExtendWith(LabExtension.class)
class IngressLiveTest {
  private static final String NS = "ingress-live";
  private static final String HOST = "ingress.example.com";
  private IngressFixture shop;

  @BeforeEach
  void begin(LabCluster east) {
    shop = new IngressFixture(east, NS, HOST);
    shop.service("8080");
    shop.workload(1, "");
  }

  @AfterEach
  void clean(LabCluster east) {
    east.deleteNamespace(NS);
  }

  private static void verdict(JsonNode answer, String verdict, double share) {
    assertThat(answer.get("verdict").asText()).isEqualTo(verdict);
    assertThat(answer.get("share").asDouble()).isEqualTo(share);
  }

  @Test
  void serviceIsMissing(Witness witness) {
    shop.ingress("nginx", "Prefix", "/", "wbe", "{number: 80}");
    shop.expect(503, "\" 503 .* \\[" + NS + "-wbe-80\\] \\[\\] - - - - ");
    shop.expect(
        503, "Error obtaining Endpoints for Service \"" + NS + "/wbe\": no object matching");
    JsonNode answer =
        shop.asked(
            HOST,
            5,
            a ->
                assertThat(Bot.roles(a))
                    .containsOnly(
                        Map.entry("backend-service-missing Ingress/" + NS + "/web", "root-cause"),
                        Map.entry("http-503-from-edge Ingress/" + NS + "/web", "symptom")));
    verdict(answer, "broken", 1);
    IngressFixture.chain(answer, "backend-service-missing", "http-503-from-edge");
    JsonNode finding = Bot.finding(answer, "backend-service-missing");
    assertThat(finding.get("fieldPath").asText())
        .isEqualTo("spec.rules[0].http.paths[0].backend.service.name");
    assertThat(finding.get("summary").asText()).contains("Service wbe").contains("web does");
    witness.wire("backend-service-missing", "503 by return, [" + NS + "-wbe-80] [] - - - -");
    witness.wire("http-503-from-edge", "503 by return, upstream -");

    shop.ingress();
    shop.healthy();
  }

  @Test
  void portIsMissing(Witness witness) {
    shop.ingress("nginx", "Prefix", "/", "web", "{number: 9999}");
    shop.expect(503, "\" 503 .* \\[" + NS + "-web-9999\\] \\[\\] - - - - ");
    JsonNode answer =
        shop.asked(
            HOST,
            5,
            a ->
                assertThat(Bot.roles(a))
                    .containsOnly(
                        Map.entry("backend-port-missing Ingress/" + NS + "/web", "root-cause"),
                        Map.entry("http-503-from-edge Ingress/" + NS + "/web", "symptom")));
    verdict(answer, "broken", 1);
    IngressFixture.chain(answer, "backend-port-missing", "http-503-from-edge");
    assertThat(Bot.finding(answer, "backend-port-missing").get("summary").asText())
        .contains("port 9999", "80 (http)");
    witness.wire("backend-port-missing", "503 by return, [" + NS + "-web-9999] [] - - - -");

    shop.ingress("nginx", "Prefix", "/", "web", "{name: http}");
    shop.healthy();
    // ingress-nginx takes a targetPort for a port
    shop.ingress("nginx", "Prefix", "/", "web", "{number: 8080}");
    shop.expect(200, "\" 200 .* \\[" + NS + "-web-8080\\]");
    shop.healthy();
  }

  @Test
  void classIsMissing(Witness witness) {
    shop.ingress("nginx-public", "Prefix", "/", "web", "{number: 80}");
    assertThat(shop.edge().request(HOST, "/").status()).isEqualTo(404);
    JsonNode answer =
        shop.asked(
            HOST,
            1,
            a ->
                assertThat(Bot.roles(a))
                    .containsOnly(
                        Map.entry("ingress-class-missing Ingress/" + NS + "/web", "root-cause")));
    verdict(answer, "broken", 1);
    assertThat(Bot.finding(answer, "ingress-class-missing").get("summary").asText())
        .contains("nginx-public");
    assertThat(Bot.finding(answer, "ingress-class-missing").toString()).contains("are nginx");
    witness.wire("ingress-class-missing", "404 of the default server");

    shop.ingress();
    shop.healthy();
  }

  @Test
  void noPathMatches(Witness witness) {
    shop.ingress("nginx", "Exact", "/api", "web", "{number: 80}");
    shop.expect(200, "/api", "\"GET /api HTTP/1.1\" 200 ");
    shop.expect(
        404, "/api/orders", "\"GET /api/orders HTTP/1.1\" 404 .*\\[upstream-default-backend\\]");
    JsonNode answer =
        shop.asked(
            "http://" + HOST + "/api/orders",
            0,
            a ->
                assertThat(Bot.roles(a))
                    .containsOnly(
                        Map.entry("ingress-path-no-match Ingress/" + NS + "/web", "root-cause")));
    verdict(answer, "broken", 1);
    assertThat(Bot.finding(answer, "ingress-path-no-match").get("summary").asText())
        .contains("/api/orders", "Exact /api");
    witness.wire("ingress-path-no-match", "404 [upstream-default-backend]");
    assertThat(Bot.roles(Bot.check(HOST, shop.cluster()))).isEmpty();

    shop.ingress("nginx", "Prefix", "/api", "web", "{number: 80}");
    shop.expect(200, "/api/orders", "\"GET /api/orders HTTP/1.1\" 200 ");
    JsonNode repaired = Bot.check("http://" + HOST + "/api/orders", shop.cluster());
    assertThat(repaired.get("verdict").asText()).isEqualTo("healthy");
  }

  @Test
  void controllerIsGone(Witness witness) {
    shop.ingress();
    shop.healthy();
    shop.edge().scale(0);
    Fixture.await().until(() -> !shop.answered());
    JsonNode answer =
        shop.asked(
            HOST,
            0,
            a ->
                assertThat(Bot.roles(a))
                    .containsEntry(
                        "edge-controller-pods-down"
                            + " Deployment/ingress-nginx/ingress-nginx-controller",
                        "root-cause"));
    verdict(answer, "broken", 1);
    assertThat(Bot.finding(answer, "edge-controller-pods-down").get("summary").asText())
        .contains("scaled to 0");
    witness.wire("edge-controller-pods-down", "the load balancer ends the connection");

    shop.edge().scale(1);
    shop.healthy();
  }

  @Test
  void gatewayIsGone(LabCluster east, Witness witness) {
    east.apply(Fixture.shop(NS, HOST, "{destination: {host: web}}"));
    Fixture.expect(east, HOST, 200, "200 -");
    gateway(east, 0);
    Fixture.await().until(() -> refused(east));
    Fixture.await()
        .untilAsserted(
            () -> {
              JsonNode answer = Bot.check(HOST, east);
              assertThat(Bot.roles(answer))
                  .containsEntry(
                      "edge-controller-pods-down Deployment/istio-system/istio-ingressgateway",
                      "root-cause");
              verdict(answer, "broken", 1);
            });
    witness.wire("edge-controller-pods-down", "the gateway's load balancer ends the connection");
    gateway(east, 1);
    east.waitReady("istio-system");
    Fixture.expect(east, HOST, 200, "200 -");
  }

  private static void gateway(LabCluster east, int replicas) {
    east.client()
        .apps()
        .deployments()
        .inNamespace("istio-system")
        .withName("istio-ingressgateway")
        .scale(replicas);
  }

  private static boolean refused(LabCluster east) {
    try {
      east.request(HOST, "/", Map.of());
      return false;
    } catch (java.io.UncheckedIOException e) {
      return true;
    }
  }
}
