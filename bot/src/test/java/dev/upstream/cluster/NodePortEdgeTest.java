package dev.upstream.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upstream.diagnosis.Catalogue;
import dev.upstream.diagnosis.Diagnoser;
import dev.upstream.diagnosis.Diagnosis;
import dev.upstream.path.Ask;
import dev.upstream.snapshot.Gap;
import dev.upstream.target.TargetParser;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Another cluster's edge that is reached by a port of its nodes. */
class NodePortEdgeTest {
  private static final Limits LIMITS =
      new Limits(Duration.ofSeconds(20), Duration.ofSeconds(60), 8, 100);
  private static final String ENTRY =
      """
      apiVersion: networking.istio.io/v1
      kind: ServiceEntry
      metadata: {name: west, namespace: shop, uid: se-1, creationTimestamp: "2026-11-01T00:00:00Z"}
      spec:
        hosts: [west.example.com]
        location: MESH_INTERNAL
        resolution: STATIC
        ports: [{number: 80, name: http, protocol: HTTP}]
        endpoints: [{address: 192.0.2.7}]
      """;
  private static final String EDGE =
      """
      apiVersion: v1
      kind: Service
      metadata: {name: edge, namespace: ingress, uid: s9, creationTimestamp: "2026-11-01T00:00:00Z"}
      spec:
        type: NodePort
        clusterIP: 10.96.0.19
        selector: {app: edge}
        ports: [{name: http, port: 80, targetPort: 8080, nodePort: 30080}]
      """;
  private static final String NODE =
      """
      apiVersion: v1
      kind: Node
      metadata: {name: node-a, uid: n1, creationTimestamp: "2026-11-01T00:00:00Z"}
      status: {addresses: [{type: InternalIP, address: 192.0.2.7}]}
      """;
  private static final String INGRESS =
      """
      apiVersion: networking.k8s.io/v1
      kind: Ingress
      metadata: {name: web, namespace: shop, uid: i1, creationTimestamp: "2026-11-01T00:00:00Z"}
      spec:
        rules:
          - host: west.example.com
            http:
              paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]
      """;

  private FakeApi east;
  private FakeApi west;

  @BeforeEach
  void start() throws IOException {
    east = Shop.healthy().with("serviceentries", ENTRY);
    east.when(
        p -> p.equals("/apis/networking.istio.io"),
        FakeApi.text(
            "{\"kind\":\"APIGroup\",\"versions\":[{\"groupVersion\":\"networking.istio.io/v1\","
                + "\"version\":\"v1\"}]}"));
    west = Shop.healthy().with("services", EDGE).with("nodes", NODE).with("ingresses", INGRESS);
  }

  @AfterEach
  void stop() {
    east.close();
    west.close();
  }

  private static ClusterSource source(String name, FakeApi api) {
    Config config = new ConfigBuilder(Config.empty()).withMasterUrl(api.url()).build();
    return new ClusterSource(
        name, Kubeconfigs.bounded(config, LIMITS), List.of("istio-system"), List.of());
  }

  private Diagnosis check(String target) {
    Ask ask =
        new Ask(
            TargetParser.parse(target).orElseThrow(), "east", Optional.empty(), Optional.empty());
    try (LiveCollector collector =
        new LiveCollector(
            List.of(source("east", east), source("west", west)),
            Optional.of("east"),
            LIMITS,
            Clock.fixed(Instant.parse(Shop.NOW), ZoneOffset.UTC))) {
      Diagnoser.Answer answer =
          new Diagnoser(Catalogue.CHECKS).diagnose(collector.collect(ask), ask);
      return ((Diagnoser.Answer.Diagnosed) answer).diagnosis();
    }
  }

  private static long nodeLists(FakeApi api) {
    return api.asked().stream().filter(p -> p.startsWith("/api/v1/nodes")).count();
  }

  @Test
  void anAddressOfANodeLeadsIntoItsCluster() {
    Diagnosis answer = check("west.example.com");
    assertThat(answer.hops())
        .extracting(h -> h.hop().cluster() + " " + h.hop().ref().kind())
        .contains("west Ingress", "west Service");
    assertThat(nodeLists(west)).isEqualTo(1);
    assertThat(nodeLists(east)).isZero();
  }

  @Test
  void whereNodesMayNotBeListedThatIsSaid() {
    west.when(p -> p.startsWith("/api/v1/nodes"), FakeApi.status(403));
    assertThat(check("west.example.com").notChecked())
        .extracting(Gap::cluster, Gap::scope, Gap::cause)
        .contains(org.assertj.core.groups.Tuple.tuple("west", "nodes", Gap.Cause.FORBIDDEN));
  }

  @Test
  void nodesAreNotAskedForWhereNothingLeavesTheCluster() {
    check("web.shop");
    assertThat(nodeLists(east) + nodeLists(west)).isZero();
  }
}
