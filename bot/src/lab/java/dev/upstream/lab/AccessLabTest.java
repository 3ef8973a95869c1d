package dev.upstream.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.LocalPortForward;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The ways by which the bot sees a cluster. */
class AccessLabTest extends ShopLabTest {
  @Test
  void portForwardLeadsToEnvoyAndIstiod(LabCluster east) throws IOException {
    deploy(east, Map.of(), "");
    expect(east, 200, "200 -");
    assertThat(forwarded(east, east.gatewayPod(), 15000, "/clusters?format=json"))
        .contains("outbound|80||web.shop.svc.cluster.local");
    Pod istiod = east.pods("istio-system", "app", "istiod").getFirst();
    assertThat(forwarded(east, istiod, 15014, "/debug/syncz"))
        .contains(east.gatewayPod().getMetadata().getName());
    assertThat(forwarded(east, istiod, 8080, "/debug/registryz"))
        .contains("web.shop.svc.cluster.local");
    assertThat(east.log(istiod, "discovery")).contains("ads");
  }

  @Test
  void logsKnowTail(LabCluster east) {
    deploy(east, Map.of(), "");
    expect(east, 200, "200 -");
    var log = east.client().pods().resource(east.gatewayPod()).inContainer("istio-proxy");
    assertThat(log.tailingLines(2).getLog().lines()).hasSize(2);
    assertThat(log.sinceSeconds(100).getLog()).contains("200 - via_upstream");
    assertThat(log.usingTimestamps().tailingLines(1).getLog())
        .matches("(?s)20\\d\\d-.*Z \\[20\\d\\d-.*");
    assertThat(east.log(pod(east), "web")).contains("GET / HTTP/1.1 200");
  }

  @Test
  void accountMayOnlyWhatItsRulesSay(LabCluster east) {
    Path file =
        east.serviceAccountKubeconfig(
            "pod-reader",
            List.of(
                new PolicyRuleBuilder()
                    .withApiGroups("")
                    .withResources("pods")
                    .withVerbs("get", "list")
                    .build()));
    try (KubernetesClient client = client(file)) {
      assertThat(client.pods().inNamespace("istio-system").list().getItems()).isNotEmpty();
      assertThatThrownBy(() -> client.services().inNamespace("shop").list())
          .isInstanceOfSatisfying(
              KubernetesClientException.class, e -> assertThat(e.getCode()).isEqualTo(403));
    }
  }

  @Test
  void expiredTokenIsRefused(LabCluster east) {
    try (KubernetesClient client = client(east.expiredTokenKubeconfig())) {
      assertThatThrownBy(() -> client.pods().inNamespace("shop").list())
          .isInstanceOfSatisfying(
              KubernetesClientException.class, e -> assertThat(e.getCode()).isEqualTo(401));
    }
  }

  @Test
  void apiServerMayStopAndComeBack(LabCluster east) {
    deploy(east, Map.of(), "");
    expect(east, 200, "200 -");
    east.stopApiServer();
    try {
      assertThat(east.request(HOST, "/", Map.of()).status()).isEqualTo(200);
    } finally {
      east.startApiServer();
    }
    east.client().apps().deployments().inNamespace("shop").withName("web").scale(2);
    east.waitReady("shop");
  }

  private static KubernetesClient client(Path kubeconfig) {
    Config config = Config.fromKubeconfig(kubeconfig.toFile());
    config.setRequestRetryBackoffLimit(0);
    return new KubernetesClientBuilder().withConfig(config).build();
  }

  private static String forwarded(LabCluster east, Pod pod, int port, String path)
      throws IOException {
    try (LocalPortForward forward = east.client().pods().resource(pod).portForward(port)) {
      var connection =
          URI.create("http://127.0.0.1:" + forward.getLocalPort() + path).toURL().openConnection();
      try (var in = connection.getInputStream()) {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
      }
    }
  }
}
