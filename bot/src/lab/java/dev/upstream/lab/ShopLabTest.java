package dev.upstream.lab;

import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * One shop behind the gateway; each test deploys the web of its own and looks at what a client
 * gets.
 */
@Tag("lab")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(LabExtension.class)
abstract class ShopLabTest {
  static final String HOST = "shop.example.com";

  @BeforeAll
  void applyShop(LabCluster east) {
    east.applyScenario("shop");
    east.waitReady("istio-system");
  }

  @BeforeEach
  void resetRoute(LabCluster east) {
    east.applyScenario("shop");
  }

  @AfterEach
  void removeWeb(LabCluster east) {
    east.client().apps().deployments().inNamespace("shop").withName("web").delete();
    await().until(() -> east.pods("shop", "app", "web").isEmpty());
  }

  @AfterAll
  void removeShop(LabCluster east) {
    east.deleteNamespace("shop");
  }

  static ConditionFactory await() {
    return Awaitility.await().atMost(Duration.ofSeconds(40)).pollInterval(Duration.ofMillis(250));
  }

  /**
   * Deploys one pod of web with these lab annotations and this probe (a field of the container, or
   * nothing).
   */
  static void deploy(LabCluster east, Map<String, String> annotations, String probe) {
    String lines =
        annotations.entrySet().stream()
            .map(one -> "lab.upstream.dev/%s: '%s'".formatted(one.getKey(), one.getValue()))
            .collect(Collectors.joining(", "));
    east.apply(
        """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web, namespace: shop, labels: {app: web}}
        spec:
          selector: {matchLabels: {app: web}}
          template:
            metadata:
              labels: {app: web, version: v1}
              annotations: {%s}
            spec:
              containers:
                - name: web
                  image: shop/web:1.0
                  ports: [{containerPort: 8080}]
                  %s
        """
            .formatted(lines, probe));
  }

  static Pod pod(LabCluster east) {
    return await().until(() -> east.pods("shop", "app", "web"), pods -> !pods.isEmpty()).getFirst();
  }

  /**
   * Sends requests until a client gets that status and the gateway's log says so in these words.
   */
  static Answer expect(LabCluster east, int status, String... inLog) {
    return await()
        .until(
            () -> east.request(HOST, "/", Map.of()),
            answer -> {
              String line = answer.status() == status ? tail(east) : "";
              return Arrays.stream(inLog).allMatch(line::contains);
            });
  }

  /** The last line of the gateway's access log, which Envoy writes 50 ms late. */
  static String tail(LabCluster east) {
    LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
    return east.client()
        .pods()
        .resource(east.gatewayPod())
        .inContainer("istio-proxy")
        .tailingLines(1)
        .getLog();
  }
}
