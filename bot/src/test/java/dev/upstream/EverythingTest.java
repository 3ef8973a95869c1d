package dev.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Questions without a target: every route, worst first. */
class EverythingTest {
  /** Case 1: shop.example.com, a Service web, and 95 % of the requests to a subset without pods. */
  private static final Path CASE =
      Path.of("src/test/resources/scenarios/dr-subset-selects-no-pods/label-typo/cluster");

  private static final String ROUTES =
      """
      apiVersion: networking.istio.io/v1
      kind: Gateway
      metadata: {name: edge, namespace: shop}
      spec:
        selector: {istio: ingressgateway}
        servers:
          - {port: {number: 80, name: http, protocol: HTTP}, hosts: ["*", "./a.example.com", "*.b.example.com"]}
      ---
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata: {name: inside, namespace: shop}
      spec: {hosts: [web, c.example.com], http: [{route: [{destination: {host: web}}]}]}
      ---
      apiVersion: networking.k8s.io/v1
      kind: Ingress
      metadata: {name: named, namespace: pay}
      spec:
        rules:
          - host: d.example.com
            http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: bill, port: {number: 80}}}}]}
      ---
      apiVersion: networking.k8s.io/v1
      kind: Ingress
      metadata: {name: any, namespace: pay}
      spec: {defaultBackend: {service: {name: gone, port: {number: 80}}}}
      ---
      apiVersion: gateway.networking.k8s.io/v1
      kind: HTTPRoute
      metadata: {name: route, namespace: pay}
      spec: {hostnames: [e.example.com]}
      ---
      apiVersion: v1
      kind: Service
      metadata: {name: web, namespace: shop}
      spec: {selector: {app: web}, ports: [{name: http, port: 80}]}
      ---
      apiVersion: v1
      kind: Service
      metadata: {name: bill, namespace: pay}
      spec: {selector: {app: bill}, ports: [{name: http, port: 80}]}
      """;

  private static List<String> targets(JsonNode document) {
    List<String> targets = new ArrayList<>();
    document.get("checks").forEach(c -> targets.add(c.get("target").asText()));
    return targets;
  }

  @Test
  void everyHostAndEveryServiceIsARoute(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("routes.yaml"), ROUTES);
    assertThat(targets(CliRun.of("check", "--all", "-o", "json", "--from", folder).document()))
        .containsExactlyInAnyOrder(
            "a.example.com",
            "*.b.example.com",
            "c.example.com",
            "d.example.com",
            "e.example.com",
            "ingress/pay/any",
            "bill.pay",
            "web.shop");
    JsonNode pay =
        CliRun.of("check", "--all", "-n", "pay", "-o", "json", "--from", folder).document();
    assertThat(targets(pay))
        .containsExactlyInAnyOrder("d.example.com", "e.example.com", "ingress/pay/any", "bill.pay")
        .startsWith("ingress/pay/any");
    assertThat(pay.get("verdict").asText()).isEqualTo("broken");
    assertThat(pay.get("target").asText()).isEqualTo("ingress/pay/any");
    assertThat(pay.get("leftOut").asInt()).isZero();
  }

  @Test
  void worstFirstAndEachFindingOnce() throws IOException {
    CliRun run = CliRun.of("check", "--all", "-o", "json", "--from", CASE);
    assertThat(run.status()).isEqualTo(1);
    JsonNode document = run.document();
    assertThat(targets(document)).startsWith("shop.example.com").contains("web.shop");
    assertThat(document.get("target").asText()).isEqualTo("shop.example.com");
    List<String> keys = new ArrayList<>();
    document.get("findings").forEach(f -> keys.add(f.get("key").asText()));
    assertThat(keys).doesNotHaveDuplicates().isNotEmpty();
    JsonNode alone =
        CliRun.of("check", "shop.example.com", "-o", "json", "--from", CASE).document();
    assertThat(document.get("checks").get(0).get("findings")).isEqualTo(alone.get("findings"));
  }

  @Test
  void theTextHasALineForEachRouteAndTheCauseOfTheWorst() throws IOException {
    String text = CliRun.of("check", "--all", "--from", CASE).out();
    String alone =
        CliRun.of("check", "shop.example.com", "-o", "json", "--from", CASE)
            .document()
            .get("summary")
            .asText();
    assertThat(text)
        .contains("shop.example.com  (client: edge)", "web.shop  (client: shop)", alone)
        .contains("upstream check shop.example.com");
  }

  @Test
  void ofManyRoutesTheWorstAreShownAndTheRestCounted(@TempDir Path folder) throws IOException {
    StringBuilder services = new StringBuilder();
    for (int i = 0; i < 130; i++) {
      services.append(
          """
          ---
          apiVersion: v1
          kind: Service
          metadata: {name: s%d, namespace: many}
          spec: {type: ClusterIP, ports: [{name: http, port: 80}]}
          """
              .formatted(i));
    }
    Files.writeString(folder.resolve("routes.yaml"), ROUTES + services);
    CliRun run = CliRun.of("check", "--all", "-o", "json", "--from", folder);
    assertThat(run.document().get("checks")).hasSize(100);
    assertThat(run.document().get("leftOut").asInt()).isEqualTo(38);
    assertThat(targets(run.document())).startsWith("ingress/pay/any");
    assertThat(CliRun.of("check", "--all", "--from", folder).out())
        .startsWith("138 routes: ")
        .contains("38 more are left out here, none of them worse");
  }

  @Test
  void aCaptureWithoutTargetHoldsEveryRoute(@TempDir Path folder) throws IOException {
    Path bundle = folder.resolve("all.tgz");
    CliRun capture = CliRun.of("capture", "-n", "shop", "--from", CASE, "-o", bundle);
    assertThat(capture.status()).as(capture.err()).isZero();
    assertThat(capture.err()).contains("upstream check --all -n shop --from ");
    for (String target : Stream.of("shop.example.com", "web.shop").toList()) {
      assertThat(CliRun.of("check", target, "--from", bundle).out())
          .isEqualTo(CliRun.of("check", target, "--from", CASE).out());
    }
  }
}
