package dev.upstream.lab.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.upstream.lab.LabCluster;
import dev.upstream.lab.LabExtension;
import dev.upstream.lab.Witness;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Calls inside the mesh: the client's own sidecar is what fails, and what proves the cause. */
@Tag("lab")
@ExtendWith(LabExtension.class)
class SidecarLiveTest {
  private static final String NS = "shop";
  private static final String OTHER = "cart";
  private static final String SERVICE =
      """
      apiVersion: v1
      kind: Service
      metadata: {name: web, namespace: shop}
      spec:
        selector: {app: web}
        ports: [{name: http, port: 80, targetPort: 8080}]
      """;

  @AfterEach
  void clean(LabCluster east) {
    east.deleteNamespace(OTHER);
    east.deleteNamespace(NS);
  }

  @Test
  void mostOfTheClientsRequestsGoToAnEmptySubset(LabCluster east, Witness witness) {
    begin(east, NS);
    east.apply(
        """
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata: {name: web, namespace: shop}
        spec:
          hosts: [web]
          http:
            - route:
                - {destination: {host: web, subset: v1}, weight: 95}
                - {destination: {host: web, subset: v2}, weight: 5}
        ---
        apiVersion: networking.istio.io/v1
        kind: DestinationRule
        metadata: {name: web, namespace: shop}
        spec:
          host: web
          subsets: [{name: v1, labels: {version: v1}}, {name: v2, labels: {version: v2}}]
        """);
    SidecarFixture.expect(east, NS, "web.shop", 80, 503, "503 UH no_healthy_upstream");
    JsonNode answer =
        settled(east, NS, "web.shop", Map.of(200, List.of(1, 14), 503, List.of(86, 99)));
    witness.wire("dr-subset-selects-no-pods", "503 UH in the client's own sidecar");

    assertThat(answer.get("verdict").asText()).isEqualTo("degraded");
    assertThat(answer.get("share").asDouble()).isEqualTo(0.95);
    assertThat(answer.get("client").asText()).isEqualTo("shop/client");
    assertThat(Bot.roles(answer))
        .containsOnly(
            Map.entry("dr-subset-selects-no-pods DestinationRule/shop/web", "root-cause"),
            Map.entry("envoy-no-healthy-upstream Service/shop/web", "symptom"));
    provenBySidecar(east, NS, answer, "outbound|80|v1|web.shop.svc.cluster.local: 0 of 0");
    assertThat(answer.get("findings").findValuesAsText("source"))
        .contains("objects", "proxy", "log");

    east.apply(Fixture.deployment(NS, "v1", 1, "", PORT));
    east.waitReady(NS);
    SidecarFixture.expect(east, NS, "web.shop", 80, 200, "200 -");
    Fixture.await()
        .untilAsserted(
            () -> {
              assertThat(east.requestsFrom(SidecarFixture.pod(east, NS), 20, "web.shop", 80))
                  .isEqualTo(Map.of(200, 20));
              assertThat(ask(east, NS, "web.shop").get("verdict").asText()).isEqualTo("healthy");
            });
  }

  @Test
  void theRouteOfAnotherNamespacesClientLeadsNowhere(LabCluster east, Witness witness) {
    begin(east, OTHER);
    east.apply(
        """
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata: {name: web, namespace: cart}
        spec:
          hosts: [web.shop.svc.cluster.local]
          exportTo: ["."]
          http: [{route: [{destination: {host: web}}]}]
        """);
    SidecarFixture.expect(east, OTHER, "web.shop", 80, 503, "503 NC cluster_not_found");
    JsonNode answer = settled(east, OTHER, "web.shop", Map.of(503, List.of(100, 100)));
    witness.wire("vs-destination-host-unknown", "503 NC in the client's own sidecar");
    witness.wire("envoy-no-cluster", "503 NC in the client's own sidecar");

    assertThat(answer.get("verdict").asText()).isEqualTo("broken");
    assertThat(Bot.roles(answer))
        .containsOnly(
            Map.entry("vs-destination-host-unknown VirtualService/cart/web", "root-cause"),
            Map.entry("envoy-no-cluster VirtualService/cart/web", "symptom"));
    provenBySidecar(east, OTHER, answer, "web.cart.svc.cluster.local: no such cluster");
    assertThat(Bot.finding(answer, "envoy-no-cluster").get("evidence").findValuesAsText("source"))
        .contains("proxy", "log");
    assertThat(Bot.finding(answer, "vs-destination-host-unknown").get("summary").asText())
        .contains("A Service web exists in namespace shop");

    east.apply(SidecarFixture.client(NS));
    east.waitReady(NS);
    SidecarFixture.expect(east, NS, "web.shop", 80, 200, "200 -");
    assertThat(ask(east, NS, "web.shop").get("verdict").asText()).isEqualTo("healthy");
  }

  @Test
  void aCountryIsDefinedTwice(LabCluster east, Witness witness) {
    begin(east, NS);
    east.apply(
        """
        apiVersion: networking.istio.io/v1
        kind: ServiceEntry
        metadata: {name: de, namespace: shop}
        spec:
          hosts: [de.api.example.com]
          location: MESH_EXTERNAL
          resolution: STATIC
          ports: [{number: 8080, name: http, protocol: HTTP}]
          workloadSelector: {labels: {app: old-germany}}
        """);
    String address = east.pods(NS, "app", "web").getFirst().getStatus().getPodIP();
    east.apply(SidecarFixture.client(OTHER));
    east.apply(
        """
        apiVersion: networking.istio.io/v1
        kind: ServiceEntry
        metadata: {name: germany, namespace: cart}
        spec:
          hosts: [de.api.example.com]
          location: MESH_EXTERNAL
          resolution: STATIC
          ports: [{number: 8080, name: http, protocol: HTTP}]
          endpoints: [{address: %s}]
        """
            .formatted(address));
    SidecarFixture.expect(east, NS, "de.api.example.com", 8080, 503, "503 UH no_healthy_upstream");
    Pod client = SidecarFixture.pod(east, NS);
    assertThat(east.requestsFrom(client, 25, "de.api.example.com", 8080))
        .isEqualTo(Map.of(503, 25));
    witness.wire("se-duplicate-host-port", "503 UH in the client's own sidecar");

    Fixture.await()
        .untilAsserted(
            () -> {
              east.requestFrom(client, "de.api.example.com", 8080);
              JsonNode answer = ask(east, NS, "de.api.example.com:8080");
              assertThat(answer.get("verdict").asText()).isEqualTo("broken");
              assertThat(Bot.cause(answer)).isEqualTo("se-duplicate-host-port");
              provenBySidecar(east, NS, answer, "outbound|8080||de.api.example.com: 0 of 0");
              assertThat(answer.get("findings").toString())
                  .contains("shop/de", "cart/germany", "knows 2 definitions");
            });
  }

  private static final String PORT =
      "ports: [{containerPort: 8080}], readinessProbe: {httpGet: {path: /healthz, port: 8080},"
          + " periodSeconds: 1}";

  /** A web that answers, v2 alone, and a client that has reached it. */
  private static void begin(LabCluster east, String clientNamespace) {
    east.waitReady("istio-system");
    east.apply(SidecarFixture.client(clientNamespace));
    if (!clientNamespace.equals(NS)) {
      east.apply("apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}");
    }
    east.apply(SERVICE);
    east.apply(Fixture.deployment(NS, "v2", 1, "", PORT));
    east.waitReady(NS);
    east.waitReady(clientNamespace);
    SidecarFixture.expect(east, clientNamespace, "web.shop", 80, 200, "200 -");
    assertThat(ask(east, clientNamespace, "web.shop").get("verdict").asText()).isEqualTo("healthy");
  }

  private static JsonNode ask(LabCluster east, String clientNamespace, String target) {
    return Bot.check(SidecarFixture.from(clientNamespace, target), east);
  }

  /** Sends a hundred requests, and asks until the log's own proof is in the answer. */
  private static JsonNode settled(
      LabCluster east, String clientNamespace, String host, Map<Integer, List<Integer>> counts) {
    JsonNode[] last = new JsonNode[1];
    Fixture.await()
        .untilAsserted(
            () -> {
              Pod client = SidecarFixture.pod(east, clientNamespace);
              Map<Integer, Integer> seen = east.requestsFrom(client, 100, host, 80);
              assertThat(seen.keySet()).isEqualTo(counts.keySet());
              counts.forEach(
                  (status, range) ->
                      assertThat(seen.get(status)).isBetween(range.getFirst(), range.getLast()));
              last[0] = ask(east, clientNamespace, host);
              assertThat(last[0].get("findings").findValuesAsText("source")).contains("log");
            });
    return last[0];
  }

  /** The proof is what the client's proxy holds; its sync row is told with the path. */
  private static void provenBySidecar(
      LabCluster east, String clientNamespace, JsonNode answer, String held) {
    String pod = SidecarFixture.pod(east, clientNamespace).getMetadata().getName();
    assertThat(answer.get("findings").findValuesAsText("text"))
        .anySatisfy(
            text ->
                assertThat(text)
                    .startsWith("Proxy " + clientNamespace + "/" + pod + " holds ")
                    .contains(held));
    JsonNode first = answer.get("path").get(0);
    assertThat(first.get("kind").asText()).isEqualTo("Deployment");
    assertThat(first.get("name").asText()).isEqualTo("client");
    assertThat(first.get("detail").asText()).contains("its proxy is in sync with istiod");
  }
}
