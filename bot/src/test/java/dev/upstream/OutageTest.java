package dev.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upstream.conversation.RunState;
import dev.upstream.workspace.Disturbance;
import dev.upstream.workspace.Person;
import dev.upstream.workspace.Post;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Slack on a bad day: nothing that was asked is lost, and nothing is said twice. */
@WholeLog
class OutageTest {
  private static final String END = "Was this answer useful?";

  private final Asked clusters = new Asked();
  private final Logged log = Logged.listen();
  private Bot bot;

  @BeforeEach
  void open() throws IOException {
    bot = Bot.over(clusters);
  }

  @AfterEach
  void nothingWrongWasSent() {
    bot.close();
    log.close();
    assertThat(bot.workspace.violations()).isEmpty();
    assertThat(log.text()).doesNotContain(Bot.TOKEN).doesNotContain(Bot.SIGNING);
  }

  private static String theWholeAnswer() throws IOException {
    return new String(
        OutageTest.class.getResourceAsStream("/slack/case1-transcript.txt").readAllBytes(),
        StandardCharsets.UTF_8);
  }

  @Test
  void slackIsAwayForTwoMinutesWhileACheckRuns() throws IOException {
    clusters.hold();
    bot.types("check shop.example.com");
    Bot.eventually().until(() -> clusters.count() == 1 && !bot.posts().isEmpty());
    bot.workspace.faults().outage();
    bot.clock.pass(Duration.ofMinutes(2));
    clusters.release();
    Bot.eventually().until(() -> log.text().contains("Slack does not answer users.info"));
    bot.workspace.faults().calm();

    Bot.eventually().until(() -> bot.transcript().contains(END));
    assertThat(bot.transcript()).isEqualTo(theWholeAnswer());
  }

  @Test
  void slackGoesAwayBeforeTheFirstWord() throws IOException {
    bot.types("status"); // who Ana is, is known from now on
    Bot.eventually().until(() -> !bot.toldTo(Bot.ANA).isEmpty());
    bot.workspace.faults().outage();
    bot.types("check shop.example.com");
    Bot.eventually().until(() -> clusters.count() == 1);
    bot.clock.pass(Duration.ofMinutes(2));
    bot.workspace.faults().calm();

    Bot.eventually().until(() -> bot.transcript().contains(END));
    assertThat(bot.transcript().replace("upstream (edited):", "upstream:"))
        .endsWith(theWholeAnswer().replaceFirst("(?s)^.*?upstream \\(edited\\):", "upstream:"));
  }

  @Test
  void whoMayReadIsWaitedForWhileSlackAsksForPatience() throws IOException {
    clusters.hold();
    bot.types("check shop.example.com");
    Bot.eventually().until(() -> clusters.count() == 1 && !bot.posts().isEmpty());
    bot.clock.pass(Duration.ofSeconds(55));
    bot.workspace.faults().next("users.info", 2, new Disturbance.RateLimited(1));
    bot.workspace.faults().next("conversations.info", 2, new Disturbance.RateLimited(1));
    clusters.release();

    Bot.eventually().until(() -> bot.transcript().contains(END));
    assertThat(bot.transcript()).isEqualTo(theWholeAnswer());
  }

  /** Asks, and lets it be found while Slack is away, and the replica stop before it is told. */
  private void foundAndStopped(String command) {
    clusters.hold();
    bot.types(command);
    Bot.eventually().until(() -> clusters.count() == 1 && !bot.posts().isEmpty());
    Post headline = bot.posts().getFirst();
    bot.workspace.faults().outage();
    bot.clock.pass(Duration.ofMinutes(2));
    clusters.release();
    Bot.eventually().until(() -> bot.state(headline).equals(Optional.of(RunState.FOUND)));
    bot.restart();
    bot.workspace.faults().calm();
  }

  @Test
  void anAnswerThatCouldNotBeToldIsToldByAnotherReplicaWithoutAskingAgain() throws IOException {
    foundAndStopped("check shop.example.com");

    Bot.eventually().until(() -> bot.transcript().contains(END));
    assertThat(bot.transcript()).isEqualTo(theWholeAnswer());
    assertThat(clusters.count()).isEqualTo(1);
  }

  @Test
  void aRefusalThatCouldNotBeToldIsToldByAnotherReplicaToo() {
    foundAndStopped("check shop.exampel.com on east");

    Bot.eventually().until(() -> !bot.toldTo(Bot.ANA).isEmpty());
    Bot.eventually().until(() -> bot.headlines().isEmpty());
    assertThat(bot.toldTo(Bot.ANA))
        .containsExactly(
            "Nothing here is named \"shop.exampel.com\" (looked in east). Near:"
                + " shop.example.com.");
    assertThat(clusters.count()).isEqualTo(1);
  }

  /** Each kind of trouble for a while, with a breath between them. */
  @Test
  void oneTroubleAfterTheOther() throws Exception {
    bot.workspace.addChannel("shop", Bot.ANA, "bob");
    bot.workspace.inviteBot("shop");
    Person bob = bot.workspace.person("bob");
    bot.types("check shop.example.com");
    bot.types("check shop/web");
    bob.types("shop", "/upstream", "check shop/web");
    bob.types("shop", "/upstream", "check shop.example.com/cart");
    for (Disturbance trouble :
        List.of(
            new Disturbance.RateLimited(2),
            new Disturbance.LostAnswer(),
            new Disturbance.SlowAnswer(Duration.ofMillis(800)),
            new Disturbance.ServerError(),
            new Disturbance.LostRequest(),
            new Disturbance.Refused("internal_error"))) {
      bot.workspace.faults().always("*", trouble);
      Thread.sleep(1_500);
      bot.workspace.faults().calm();
      Thread.sleep(500);
      bot.workspace.faults().outage();
      Thread.sleep(1_000);
      bot.workspace.faults().calm();
      Thread.sleep(500);
    }

    Bot.eventually().atMost(Duration.ofMinutes(2)).until(() -> ended(Bot.INCIDENTS) == 2);
    Bot.eventually().atMost(Duration.ofMinutes(2)).until(() -> ended("shop") == 2);
    for (String channel : List.of(Bot.INCIDENTS, "shop")) {
      everyStoryIsWholeAndOnce(channel);
    }
  }

  private long ended(String channel) {
    return bot.workspace.transcript(channel).split(java.util.regex.Pattern.quote(END), -1).length
        - 1;
  }

  private List<Post> headlines(String channel) {
    return bot.workspace.posts(channel).stream()
        .filter(p -> p.thread().isEmpty() && p.onlyFor().isEmpty())
        .toList();
  }

  private void everyStoryIsWholeAndOnce(String channel) {
    List<Post> all = bot.workspace.posts(channel);
    List<Post> headlines = headlines(channel);
    assertThat(headlines).hasSize(2).extracting(Post::text).doesNotHaveDuplicates();
    for (Post headline : headlines) {
      List<String> below = below(all, headline);
      assertThat(below).doesNotHaveDuplicates().last().asString().contains(END);
      assertThat(below).hasSize(headline.text().contains("fail") ? 6 : 1);
    }
    assertThat(all).filteredOn(p -> p.onlyFor().isPresent()).isEmpty();
  }

  private static List<String> below(List<Post> all, Post headline) {
    return all.stream()
        .filter(p -> p.thread().equals(Optional.of(headline.ts())))
        .map(Post::text)
        .toList();
  }
}
