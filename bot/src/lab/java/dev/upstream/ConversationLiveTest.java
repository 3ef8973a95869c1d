package dev.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.upstream.lab.LabCluster;
import dev.upstream.lab.LabExtension;
import dev.upstream.lab.live.Fixture;
import dev.upstream.workspace.Placeholders;
import dev.upstream.workspace.Post;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The founding cases as people live through them in Slack: somebody asks, reads the answer, repairs
 * it by hand, and presses Re-check. What they read is in src/lab/resources/conversations.
 */
@Tag("lab")
@ExtendWith(LabExtension.class)
class ConversationLiveTest {
  private static final Duration STANDING = Duration.ofHours(3);

  @Test
  void case1(LabCluster east) throws IOException {
    String host = "shop.example.com";
    try (ServedBot bot = over(east)) {
      List<HasMetadata> shop =
          new ArrayList<>(
              east.apply(
                  Fixture.shop(
                      "shop",
                      host,
                      "{destination: {host: web, subset: v1}, weight: 95},"
                          + " {destination: {host: web, subset: v2}, weight: 5}")));
      shop.addAll(
          east.apply(
              """
              apiVersion: networking.istio.io/v1
              kind: DestinationRule
              metadata: {name: web, namespace: shop}
              spec:
                host: web
                subsets: [{name: v1, labels: {version: v1}}, {name: v2, labels: {version: v2}}]
              """));
      shop.addAll(east.apply(Fixture.web("shop", "v1", 2, "")));
      shop.addAll(east.apply(Fixture.web("shop", "v2", 1, "")));
      east.waitReady("istio-system");
      east.waitReady("shop");
      Fixture.await().until(() -> east.requests(40, host, "/").equals(Map.of(200, 40)));
      east.age(shop, STANDING);

      scale(east, 0);
      answers(east, host, 200, "degraded", "503 UH no_healthy_upstream");
      asks(bot, host);
      assertThat(bot.headline().text()).contains("95 % of requests to " + host);

      scale(east, 2);
      east.waitReady("shop");
      answers(east, host, 20, "healthy", "");
      assertThat(east.requests(40, host, "/")).isEqualTo(Map.of(200, 40));
      says(bot, "I scaled web-v1 up to 2 again. Of 40 requests all are answered with 200 now.");
      rechecks(bot);
      recorded(
          bot, "case-1.txt", "Case 1: the version that gets 95 % of the requests has no pods.");
    } finally {
      east.deleteNamespace("shop");
    }
  }

  private static void scale(LabCluster east, int replicas) {
    east.client()
        .apps()
        .deployments()
        .inNamespace("shop")
        .withName("web-v1")
        .patch(
            new PatchContext.Builder()
                .withPatchType(PatchType.JSON_MERGE)
                .withFieldManager("kubectl-edit")
                .build(),
            "{\"spec\":{\"replicas\":%d}}".formatted(replicas));
  }

  private static ServedBot over(LabCluster east) throws IOException {
    return ServedBot.over(
        "[{name: %s, kubeconfig: \"%s\", context: %1$s}]"
            .formatted(east.name(), east.kubeconfig()));
  }

  /** Sends requests until the program, asked beside Slack, comes to that verdict with that proof. */
  private static void answers(
      LabCluster east, String host, int requests, String verdict, String proof) {
    Fixture.await()
        .untilAsserted(
            () -> {
              east.requests(requests, host, "/");
              JsonNode answer = dev.upstream.lab.live.Bot.check(host, east);
              assertThat(answer.get("verdict").asText()).isEqualTo(verdict);
              assertThat(answer.get("findings").toString()).contains(proof);
            });
  }

  private static void asks(ServedBot bot, String target) {
    assertThat(bot.ana().types(ServedBot.CHANNEL, "/upstream", "check " + target).status())
        .isEqualTo(200);
    Bot.eventually()
        .until(() -> bot.workspace.transcript(ServedBot.CHANNEL).contains("[Not useful]"));
  }

  private static void says(ServedBot bot, String words) {
    bot.ana().says(ServedBot.CHANNEL, words);
  }

  /** Presses Re-check, and reads at the same place what became of it. */
  private static void rechecks(ServedBot bot) {
    Post before = bot.headline();
    int posts = bot.posts().size();
    bot.ana().clicks(ServedBot.CHANNEL, before.ts(), "Re-check");
    Bot.eventually().until(() -> bot.headline().text().contains("Fixed: "));
    assertThat(bot.headline().ts()).isEqualTo(before.ts());
    assertThat(bot.posts()).hasSize(posts);
  }

  private static void recorded(ServedBot bot, String name, String title) throws IOException {
    assertThat(bot.workspace.violations()).isEmpty();
    ConversationFile.assertSame(
        name, title, bot.workspace.story(ServedBot.CHANNEL), Placeholders.usual());
  }
}
