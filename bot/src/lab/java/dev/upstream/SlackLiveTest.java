package dev.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upstream.cluster.ClusterSource;
import dev.upstream.cluster.Kubeconfigs;
import dev.upstream.cluster.Limits;
import dev.upstream.cluster.LiveCollector;
import dev.upstream.lab.LabCluster;
import dev.upstream.lab.LabExtension;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Case 1 from the slash command to the thread, over the real cluster. */
@Tag("lab")
@ExtendWith(LabExtension.class)
class SlackLiveTest {
  private static final String HOST = "shop.example.com";

  @BeforeEach
  void apply(LabCluster east) {
    east.waitReady("istio-system");
    east.applyScenario("case1");
    east.waitReady("shop");
    Bot.eventually().ignoreExceptions().until(() -> east.requests(20, HOST, "/").containsKey(503));
  }

  @AfterEach
  void clean(LabCluster east) {
    east.deleteNamespace("shop");
  }

  @Test
  void caseOneIsAnsweredInItsThread(LabCluster east) throws IOException {
    Map<Integer, Integer> seen = east.requests(200, HOST, "/");
    assertThat(seen.get(503)).isBetween(170, 199);
    List<ClusterSource> sources = Kubeconfigs.read(east.kubeconfig(), Limits.DEFAULT).clusters();
    try (LiveCollector collector =
            new LiveCollector(
                sources, Optional.of(east.name()), Limits.DEFAULT, Clock.systemUTC());
        Bot bot = Bot.over(collector)) {
      Bot.eventually()
          .pollInterval(java.time.Duration.ofSeconds(2))
          .until(
              () -> {
                east.requests(40, HOST, "/");
                assertThat(bot.types("check " + HOST).status()).isEqualTo(200);
                return bot.transcript().contains("503 UH no_healthy_upstream");
              });
      String transcript = bot.transcript();
      assertThat(transcript)
          .contains("95 % of requests to shop.example.com fail with 503 \"no healthy upstream\"")
          .contains("no pod carries that subset's labels (version=v1)")
          .contains("dr-subset-selects-no-pods")
          .contains("503 UH no_healthy_upstream");
      assertThat(bot.workspace.violations()).isEmpty();

      east.apply(
          """
          apiVersion: apps/v1
          kind: Deployment
          metadata: {name: web-v1, namespace: shop}
          spec:
            replicas: 0
            selector: {matchLabels: {app: web, version: v1}}
            template:
              metadata:
                labels: {app: web, version: v1}
              spec:
                containers: [{name: web, image: shop/web:1.0, ports: [{containerPort: 8080}]}]
          """);
      Bot.eventually()
          .pollInterval(java.time.Duration.ofSeconds(2))
          .until(
              () -> {
                bot.types("check " + HOST);
                return bot.transcript().contains("Deployment shop/web-v1 is scaled to 0");
              });
      assertThat(bot.workspace.violations()).isEmpty();
    }
  }
}
