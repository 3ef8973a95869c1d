package dev.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upstream.answer.Collector;
import dev.upstream.path.Ask;
import dev.upstream.slack.Case1;
import dev.upstream.snapshot.Gap;
import dev.upstream.snapshot.Snapshot;
import dev.upstream.snapshot.Source;
import dev.upstream.workspace.Ack;
import dev.upstream.workspace.Call;
import dev.upstream.workspace.Disturbance;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** From a typed command to an answer in the channel. */
@SideBySide
class SlackCheckTest {
  private final List<Ask> asked = new CopyOnWriteArrayList<>();
  private Optional<Bot> opened = Optional.empty();

  private Bot over(List<String> clusters, Function<Ask, Snapshot> reading) throws IOException {
    Bot bot =
        Bot.over(
            new Collector() {
              @Override
              public List<String> clusters() {
                return clusters;
              }

              @Override
              public Optional<String> defaultCluster() {
                return Optional.of("east");
              }

              @Override
              public Snapshot collect(Ask ask) {
                asked.add(ask);
                return reading.apply(ask);
              }
            });
    opened = Optional.of(bot);
    return bot;
  }

  private Bot overCase1() throws IOException {
    return over(List.of("east", "west"), Case1.collector()::collect);
  }

  @AfterEach
  void nothingWrongWasSent() {
    opened.ifPresent(Bot::close);
    assertThat(opened.orElseThrow().workspace.violations()).isEmpty();
  }

  @Test
  void theFirstCaseIsAnsweredInOneHeadlineAndItsThread() throws IOException {
    Bot bot = overCase1();
    Ack ack = bot.types("check shop.example.com");

    assertThat(ack.status()).isEqualTo(200);
    assertThat(ack.body()).isEmpty();
    Bot.eventually().until(() -> bot.transcript().contains("Was this answer useful?"));
    assertThat(bot.transcript())
        .isEqualTo(
            new String(
                SlackCheckTest.class
                    .getResourceAsStream("/slack/case1-transcript.txt")
                    .readAllBytes(),
                java.nio.charset.StandardCharsets.UTF_8));
    String headline = bot.posts().getFirst().ts();
    assertThat(bot.posts().subList(1, bot.posts().size()))
        .allSatisfy(p -> assertThat(p.thread()).contains(headline));
  }

  @Test
  void whatSlackMakesOfTypedWordsIsUnderstood() throws IOException {
    Bot bot = overCase1();
    bot.types("check https://shop.example.com/cart?token=abc&x=1 from shop/web on east in shop");

    Bot.eventually().until(() -> bot.transcript().contains("(edited)"));
    Ask ask = asked.getFirst();
    assertThat(ask.target().shown()).isEqualTo("https://shop.example.com/cart");
    assertThat(ask.client()).contains("shop/web");
    assertThat(ask.namespace()).contains("shop");
    assertThat(ask.cluster()).isEqualTo("east");
    assertThat(bot.transcript()).doesNotContain("token=").doesNotContain("abc");
  }

  @Test
  void aPastedLogLineIsATarget() throws IOException {
    Bot bot = overCase1();
    bot.types(
        "check 2026/11/21 10:15:00 [error] 29#29: *1 connect() failed (111: Connection refused)"
            + " while connecting to upstream, client: 192.0.2.7, server: shop.example.com, request:"
            + " \"GET /cart?q=1 HTTP/1.1\", upstream: \"http://10.1.0.7:8080/cart\", host:"
            + " \"shop.example.com\"");

    Bot.eventually().until(() -> bot.transcript().contains("95 % of requests"));
    assertThat(asked.getFirst().target().shown()).isEqualTo("shop.example.com/cart");
    assertThat(bot.transcript()).doesNotContain("192.0.2.7");
  }

  @Test
  void allClustersAreToldWorstFirst() throws IOException {
    Bot bot = overCase1();
    bot.types("check shop.example.com on all");

    Bot.eventually().until(() -> bot.transcript().contains("Could not be checked: 1 thing"));
    assertThat(bot.transcript())
        .contains("95 % of requests to shop.example.com fail")
        .contains("Cluster west: could not be asked. No answer from its API server in 5 s.")
        .contains("1 thing could not be checked.")
        .contains(
            "everything in cluster west (objects): Not reachable. No answer from its API server in"
                + " 5 s.")
        .contains("What helps: Check that this cluster's API server is reachable");
  }

  @Test
  void whileOneClusterIsReadItIsSaidWhichOnesWere() throws IOException {
    CountDownLatch go = new CountDownLatch(1);
    Collector case1 = Case1.collector();
    Bot bot =
        over(
            List.of("east", "west"),
            a -> {
              if (a.cluster().equals("west")) {
                awaited(go);
              }
              return case1.collect(a);
            });
    bot.types("check shop.example.com on all");
    Bot.eventually()
        .until(
            () ->
                bot.transcript().contains("Asking cluster west for")
                    && bot.transcript().contains("; read cluster east."));
    go.countDown();
    Bot.eventually().until(() -> bot.transcript().contains("95 % of requests"));
  }

  @Test
  void helpAndWrongInputAreAnsweredForTheAskerAlone() throws IOException {
    Bot bot = overCase1();
    bot.types("help");
    bot.types("");
    bot.types("chekc shop.example.com");
    bot.types("check");
    bot.types("check shop.example.com on nord");
    bot.types("check shop.example.com from A!");
    bot.types("check (what?)");
    bot.types("shop.example.com");

    assertThat(bot.posts()).hasSize(7).allSatisfy(p -> assertThat(p.onlyFor()).contains(Bot.ANA));
    assertThat(bot.transcript())
        .contains("/upstream check <what is broken>")
        .contains("Did you mean /upstream check shop.example.com?")
        .contains("Say what is broken: /upstream check shop.example.com")
        .contains("There is no cluster \"nord\" that you may read; there is east, west.")
        .contains("\"from A!\": name a namespace or namespace/workload.")
        .contains("\"(what?)\" is no target: give a URL");
    assertThat(bot.workspace.calls())
        .extracting(Call::method)
        .containsOnly("auth.test", "users.info", "views.open");
    assertThat(asked).isEmpty();
  }

  @Test
  void anUnknownTargetLeavesNothingInTheChannelAndNamesTheNearest() throws IOException {
    Bot bot = over(List.of("east"), a -> Snapshot.of(Case1.NOW, List.of(Case1.east(List.of()))));
    bot.types("check shop.exampel.com");

    Bot.eventually().until(() -> bot.transcript().contains("Nothing here is named"));
    Bot.eventually().until(() -> bot.posts().size() == 1);
    assertThat(bot.posts()).singleElement().satisfies(p -> assertThat(p.onlyFor()).isPresent());
    assertThat(bot.transcript())
        .contains("\"shop.exampel.com\" (looked in east). Near: shop.example.com.");
  }

  @Test
  void whereTheBotIsNoMemberItSaysHowToInviteIt() throws IOException {
    Bot bot = overCase1();
    bot.workspace.addChannel("random", Bot.ANA);
    bot.workspace.addPrivateChannel("secret", Bot.ANA);
    for (String channel : List.of("random", "secret")) {
      bot.typesIn(channel, "check shop.example.com");
      Bot.eventually().until(() -> bot.workspace.transcript(channel).contains("invite"));
      assertThat(bot.workspace.posts(channel))
          .singleElement()
          .satisfies(p -> assertThat(p.onlyFor()).contains(Bot.ANA));
      assertThat(bot.workspace.transcript(channel)).contains("`/invite @upstream`");
    }
  }

  @Test
  void rateLimitsAndServerErrorsAreWaitedFor() throws IOException {
    Bot bot = overCase1();
    bot.workspace.disturb("chat.postMessage", new Disturbance.RateLimited(1));
    bot.workspace.disturb("chat.update", new Disturbance.RateLimited(1));
    bot.workspace.disturb("chat.update", new Disturbance.ServerError());
    bot.types("check shop.example.com");

    Bot.eventually().until(() -> bot.transcript().contains("Looked for, and not found"));
    assertThat(bot.transcript()).contains("95 % of requests").doesNotContain("Looking at ");
  }

  @Test
  void aRefusalOfSlackIsToldToTheAsker() throws IOException {
    Bot bot = overCase1();
    bot.workspace.disturb("chat.postMessage", new Disturbance.Refused("is_archived"));
    bot.types("check shop.example.com");

    Bot.eventually().until(() -> bot.transcript().contains("did not take my message"));
    assertThat(bot.transcript()).contains("(is_archived)");
  }

  @Test
  void aHeadlineThatSomebodyTookAwayIsPostedAnew() throws IOException {
    CountDownLatch deleted = new CountDownLatch(1);
    Bot bot =
        over(
            List.of("east"),
            a -> {
              awaited(deleted);
              return Snapshot.of(Case1.NOW, List.of(Case1.east(List.of())));
            });
    bot.types("check shop.example.com");
    Bot.eventually().until(() -> !asked.isEmpty() && !bot.posts().isEmpty());
    bot.workspace.delete(Bot.INCIDENTS, bot.posts().getFirst().ts());
    deleted.countDown();

    Bot.eventually().until(() -> bot.transcript().contains("Looked for, and not found"));
    assertThat(bot.posts()).filteredOn(p -> p.thread().isEmpty()).hasSize(1);
    assertThat(bot.transcript()).contains("95 % of requests");
  }

  @Test
  void aBugIsToldInASentenceWithoutItsTrace() throws IOException {
    Bot bot =
        over(
            List.of("east"),
            a -> {
              throw new IllegalStateException("password=hunter2 at com.example");
            });
    bot.types("check shop.example.com");

    Bot.eventually()
        .until(() -> bot.transcript().contains("Upstream itself broke while it looked"));
    assertThat(bot.transcript())
        .containsPattern("give error [0-9a-f]{8} to whoever runs Upstream")
        .doesNotContain("hunter2")
        .doesNotContain("IllegalState");
  }

  @Test
  void theSameQuestionIsOneCheckWithOneHeadline() throws IOException {
    CountDownLatch go = new CountDownLatch(1);
    Bot bot =
        over(
            List.of("east"),
            a -> {
              awaited(go);
              return Snapshot.of(Case1.NOW, List.of(Case1.east(List.of())));
            });
    for (int i = 0; i < 20; i++) {
      bot.types("check shop.example.com");
    }
    Bot.eventually().until(() -> !asked.isEmpty());
    go.countDown();
    Bot.eventually().until(() -> bot.transcript().contains("Looked for, and not found"));

    assertThat(asked).hasSize(1);
    assertThat(bot.posts())
        .filteredOn(p -> p.onlyFor().isEmpty() && p.thread().isEmpty())
        .hasSize(1);
    assertThat(bot.posts())
        .filteredOn(p -> p.onlyFor().isPresent())
        .hasSize(19)
        .allSatisfy(p -> assertThat(p.text()).contains("is being looked at already"));
  }

  @Test
  void whoJoinsWhileTheEndIsWordedGetsItToo() throws IOException {
    Bot bot = over(List.of("east"), a -> Snapshot.of(Case1.NOW, List.of(Case1.east(List.of()))));
    bot.workspace.addChannel("random", Bot.ANA);
    bot.workspace.inviteBot("random");
    bot.workspace.disturb("conversations.info", new Disturbance.SlowAnswer(Duration.ofSeconds(5)));
    bot.types("check shop.example.com");
    Bot.eventually()
        .until(
            () ->
                bot.workspace.calls().stream()
                    .anyMatch(c -> c.method().equals("conversations.info")));
    bot.typesIn("random", "check shop.example.com");

    for (String channel : List.of(Bot.INCIDENTS, "random")) {
      Bot.eventually()
          .until(() -> bot.workspace.transcript(channel).contains("Looked for, and not found"));
      assertThat(bot.workspace.posts(channel)).filteredOn(p -> p.thread().isEmpty()).hasSize(1);
    }
    assertThat(asked).hasSize(1);
  }

  @Test
  void hostileTextOfPeopleAndClustersTakesNoEffect() throws IOException {
    String evil =
        "<!channel> <@U0ANA> *b* `x` ```y``` :skull: http://evil.example \u202Edlrow\u0007";
    Gap gap =
        new Gap("east", Source.LOG, evil, Gap.Cause.TIMEOUT, evil, evil + "DB_PASSWORD=hunter2");
    Bot bot = over(List.of("east"), a -> Snapshot.of(Case1.NOW, List.of(Case1.east(List.of(gap)))));
    bot.types("check <!channel> @ana " + evil);
    bot.types("check shop.example.com");

    Bot.eventually().until(() -> bot.transcript().contains("Could not be checked: 1 thing"));
    assertThat(bot.transcript())
        .contains("<!channel>")
        .contains("dlrow")
        .doesNotContain("\u202E")
        .doesNotContain("hunter2");
  }

  private static void awaited(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
