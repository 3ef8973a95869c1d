package dev.upstream.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class WireLabTest extends ShopLabTest {
  @Test
  void answersAsTold(LabCluster east) {
    deploy(east, Map.of("paths", "{\"/\":200,\"/broken\":500}"), "");
    assertThat(expect(east, 200, "200 - via_upstream").body()).contains("version=v1");
    assertThat(east.requests(2, HOST, "/broken")).isEqualTo(Map.of(500, 2));
    assertThat(east.requests(2, HOST, "/none")).isEqualTo(Map.of(404, 2));
    east.behave(pod(east), "paths", "{\"/\":201}");
    expect(east, 201, "201 - via_upstream");
  }

  @Test
  void nobodyListens(LabCluster east, Witness witness) {
    deploy(east, Map.of("listen", "9090"), "");
    expect(east, 503, "UF", "Connection_refused");
    witness.wire("target-port-number-mismatch", "503 URX,UF Connection_refused");
  }

  @Test
  void blackhole(LabCluster east) {
    deploy(east, Map.of("blackhole", "true"), "");
    east.apply(
        """
        apiVersion: networking.istio.io/v1
        kind: DestinationRule
        metadata: {name: web, namespace: shop}
        spec: {host: web, trafficPolicy: {connectionPool: {tcp: {connectTimeout: 500ms}}}}
        """);
    expect(east, 503, "UF", "connection_timeout");
    east.behave(pod(east), "blackhole", "false");
    expect(east, 200, "200 -");
  }

  @Test
  void reset(LabCluster east) {
    deploy(east, Map.of("reset", "true"), "");
    expect(east, 503, "503 UC");
  }

  @Test
  void slow(LabCluster east) {
    deploy(east, Map.of("delay", "2s"), "");
    east.apply(
        """
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata: {name: web, namespace: shop}
        spec:
          hosts: [shop.example.com]
          gateways: [web]
          http: [{timeout: 0.3s, route: [{destination: {host: web}}]}]
        """);
    expect(east, 504, "504 UT");
  }

  @Test
  void unknownSubset(LabCluster east, Witness witness) {
    deploy(east, Map.of(), "");
    east.apply(
        """
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata: {name: web, namespace: shop}
        spec:
          hosts: [shop.example.com]
          gateways: [web]
          http: [{route: [{destination: {host: web, subset: v9}}]}]
        """);
    expect(east, 503, "503 NC");
    witness.wire("vs-subset-undefined", "503 NC cluster_not_found");
  }

  @Test
  void cutProxyKeepsOldRoute(LabCluster east) {
    deploy(east, Map.of(), "");
    expect(east, 200, "200 -");
    east.cutFromIstiod(east.gatewayPod());
    east.client().apps().deployments().inNamespace("shop").withName("web").scale(0);
    expect(east, 503, "UF"); // the endpoint is gone, the proxy still has it
    east.mendToIstiod(east.gatewayPod());
    expect(east, 503, "503 UH");
  }
}
