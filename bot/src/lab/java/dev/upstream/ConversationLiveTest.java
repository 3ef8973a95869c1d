package dev.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.upstream.lab.LabCluster;
import dev.upstream.lab.LabExtension;
import dev.upstream.lab.live.EgressFixture;
import dev.upstream.lab.live.Fixture;
import dev.upstream.lab.live.IngressFixture;
import dev.upstream.workspace.Placeholders;
import dev.upstream.workspace.Post;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
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
  private static final String SERVED = "Of 40 requests all are answered with 200 now.";

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
      Fixture.await()
          .untilAsserted(
              () -> assertThat(east.requests(200, host, "/").get(503)).isBetween(170, 199));
      answers(east, host, 200, "degraded", "503 UH no_healthy_upstream");
      asks(bot, host);
      assertThat(bot.headline().text()).contains("95 % of requests to " + host);

      scale(east, 2);
      east.waitReady("shop");
      answers(east, host, 20, "healthy", "");
      assertThat(east.requests(40, host, "/")).isEqualTo(Map.of(200, 40));
      says(bot, "I scaled Deployment web-v1 up to 2 again. " + SERVED);
      rechecks(bot);
      recorded(
          bot, "case-1.txt", "Case 1: the version that gets 95 % of the requests has no pods.");
    } finally {
      east.deleteNamespace("shop");
    }
  }

  @Test
  void case2(LabCluster east) throws IOException {
    String host = "de.api.example.com";
    try (ServedBot bot = over(east)) {
      List<HasMetadata> countries = EgressFixture.apply(east);
      Fixture.expect(east, "at.api.example.com", 200, "200 -");
      Fixture.expect(east, host, 503, "503 UH no_healthy_upstream");
      east.age(countries, STANDING);

      answers(east, host, 25, "broken", "25 of 25 logged requests");
      asks(bot, host);
      assertThat(bot.headline().text())
          .contains("100 % of requests to " + host, "2 ServiceEntries");

      EgressFixture.dropTheOldGermany(east);
      Fixture.expect(east, host, 200, "200 -");
      answers(east, host, 10, "healthy", "");
      assertThat(east.requests(40, host, "/")).isEqualTo(Map.of(200, 40));
      says(bot, "I deleted ServiceEntry countries/de. " + SERVED);
      rechecks(bot);
      recorded(bot, "case-2.txt", "Case 2: one country of three is defined twice.");
    } finally {
      EgressFixture.clean(east);
    }
  }

  @Test
  void case3(LabCluster east) throws IOException {
    String host = "case3.example.com";
    IngressFixture shop = new IngressFixture(east, "shop", host);
    try (ServedBot bot = over(east)) {
      List<HasMetadata> standing = new ArrayList<>(shop.service("8080"));
      standing.addAll(shop.ingress());
      standing.addAll(shop.workload(1, ""));
      east.waitReady("shop");
      shop.expect(200, "\" 200 ");
      east.age(standing, STANDING);

      east.apply(release("1.1", "accept-after: 90s", ""));
      shop.expect(502, "connect\\(\\) failed \\(111: Connection refused\\)");
      answers(shop, host, 502, "broken");
      asks(bot, host);
      assertThat(bot.headline().text()).contains("fail with 502");

      east.apply(
          release(
              "1.2",
              "accept-after: 2s",
              "readinessProbe: {httpGet: {path: /, port: 8080}, periodSeconds: 1},"));
      east.waitReady("shop");
      answers(shop, host, 200, "healthy");
      assertThat(shop.edge().requests(40, host, "/")).isEqualTo(Map.of(200, 40));
      says(bot, "I gave web-v1 a readiness probe and released it as 1.2. " + SERVED);
      rechecks(bot);
      recorded(
          bot, "case-3.txt", "Case 3: the pods are Ready before they accept connections: 502.");
    } finally {
      east.deleteNamespace("shop");
    }
  }

  private static String release(String version, String behaviour, String probe) {
    return Fixture.deployment(
            "shop",
            "v1",
            1,
            "lab.upstream.dev/" + behaviour,
            probe + "ports: [{containerPort: 8080}]")
        .replace("shop/web:1.0", "shop/web:" + version);
  }

  private static void answers(IngressFixture shop, String host, int status, String verdict) {
    Fixture.await()
        .untilAsserted(
            () -> {
              assertThat(shop.edge().requests(10, host, "/")).isEqualTo(Map.of(status, 10));
              JsonNode answer = dev.upstream.lab.live.Bot.check(host, shop.cluster());
              assertThat(answer.get("verdict").asText()).isEqualTo(verdict);
            });
  }

  /** The recording of the cluster is replaced by a later one, as if it had been captured again. */
  @Test
  void case4() throws IOException {
    Path recording = Files.createTempDirectory("case-4-");
    copy(Path.of("bundles", "case-4"), recording);
    try (ServedBot bot = ServedBot.over("[{name: east, bundle: \"%s\"}]".formatted(recording))) {
      asks(bot, "shop/web");
      assertThat(bot.headline().text()).contains("health checks");

      copy(Path.of("bundles", "case-4-repaired"), recording);
      bot.restart();
      says(
          bot,
          "I put the NodePorts into net.ipv4.ip_local_reserved_ports on every node and captured the"
              + " cluster again.");
      rechecks(bot);
      recorded(
          bot, "case-4.txt", "Case 4: health checks fail at random, over composed recordings.");
    } finally {
      delete(recording);
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    delete(to);
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file)));
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
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

  /**
   * Sends requests until the program, asked beside Slack, comes to that verdict with that proof.
   */
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
