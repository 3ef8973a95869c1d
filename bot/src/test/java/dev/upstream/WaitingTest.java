package dev.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upstream.answer.Collector;
import dev.upstream.path.Ask;
import dev.upstream.slack.Case1;
import dev.upstream.snapshot.Snapshot;
import dev.upstream.workspace.Call;
import dev.upstream.workspace.Disturbance;
import dev.upstream.workspace.Post;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** More is asked than can be looked at: people are told that they wait, and nobody is forgotten. */
@SideBySide
class WaitingTest {
  private static final String END = "Was this answer useful?";

  private final Gates clusters = new Gates();
  private Optional<Bot> opened = Optional.empty();

  private Bot bot(int openChecks) throws IOException {
    Bot bot = Bot.open(Bot.Setup.of(clusters).upTo(openChecks));
    opened = Optional.of(bot);
    return bot;
  }

  @AfterEach
  void nothingWrongWasSent() {
    clusters.gates.values().forEach(CountDownLatch::countDown);
    opened.ifPresent(Bot::close);
    assertThat(opened.orElseThrow().workspace.violations()).isEmpty();
  }

  /** The first founding case, for as many paths as somebody asks for, each with its own gate. */
  private static final class Gates implements Collector {
    private final Collector case1 = Case1.collector();
    private final Map<String, CountDownLatch> gates = new ConcurrentHashMap<>();

    private CountDownLatch gate(String target) {
      return Objects.requireNonNull(gates.computeIfAbsent(target, t -> new CountDownLatch(1)));
    }

    void open(String target) {
      gate(target).countDown();
    }

    /** How many targets were asked for. */
    int asked() {
      return gates.size();
    }

    @Override
    public List<String> clusters() {
      return case1.clusters();
    }

    @Override
    public Optional<String> defaultCluster() {
      return case1.defaultCluster();
    }

    @Override
    public Snapshot collect(Ask ask) {
      try {
        gate(ask.target().shown()).await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return case1.collect(ask);
    }
  }

  private static String target(int number) {
    return "http://shop.example.com/" + number;
  }

  /** As many as a cluster takes, and as there are workers. */
  private void fillUp(Bot bot) {
    for (int i = 1; i <= 4; i++) {
      bot.types("check " + target(i));
    }
    Bot.eventually().until(() -> clusters.asked() == 4);
  }

  private static Optional<String> says(Bot bot, String target) {
    return bot.headlines().stream().map(Post::text).filter(t -> t.contains(target)).findFirst();
  }

  private static long answers(Bot bot) {
    return bot.headlines().stream().filter(p -> p.text().contains("95 %")).count();
  }

  private static boolean waits(String text) {
    return text.startsWith("Waiting to look at ");
  }

  /** What was sent to Slack about a target that it waits, as new messages or as edits. */
  private static List<String> toldToWait(Bot bot, String target) {
    return bot.workspace.calls().stream()
        .filter(c -> waits(c.arguments().getOrDefault("text", "")))
        .filter(c -> c.arguments().getOrDefault("text", "").contains(target))
        .map(Call::method)
        .toList();
  }

  @Test
  void aCheckOfAFullClusterWaitsAndSaysSoFromItsFirstWord() throws IOException {
    Bot bot = bot(500);
    fillUp(bot);
    bot.types("check " + target(5));
    Bot.eventually().until(() -> says(bot, target(5)).filter(WaitingTest::waits).isPresent());
    for (int i = 1; i <= 4; i++) {
      clusters.open(target(i));
    }
    Bot.eventually().until(() -> clusters.asked() == 5);
    Bot.eventually()
        .until(() -> says(bot, target(5)).filter(("Looking at " + target(5))::equals).isPresent());
    clusters.open(target(5));
    Bot.eventually().until(() -> answers(bot) == 5);

    assertThat(toldToWait(bot, target(5))).containsExactly("chat.postMessage");
    for (int i = 1; i <= 4; i++) {
      assertThat(toldToWait(bot, target(i))).isEmpty();
    }
  }

  @Test
  void aCheckThatNobodyIsFreeForSaysThatItWaits() throws IOException {
    Bot bot = bot(500);
    fillUp(bot);
    bot.types("check " + target(5) + " on west");
    Bot.eventually().until(() -> says(bot, target(5)).filter(WaitingTest::waits).isPresent());
    clusters.open(target(1));
    Bot.eventually().until(() -> clusters.asked() == 5);
    Bot.eventually().until(() -> says(bot, target(5)).filter(WaitingTest::waits).isEmpty());

    assertThat(toldToWait(bot, target(5))).hasSize(1);
  }

  @Test
  void beyondTheBoundNothingIsBegunButJoiningIsAllowed() throws IOException {
    Bot bot = bot(1);
    bot.workspace.addChannel("shop", "bob");
    bot.workspace.inviteBot("shop");
    bot.types("check " + target(1));
    Bot.eventually().until(() -> clusters.asked() == 1);
    bot.types("check " + target(2));
    bot.workspace.person("bob").types("shop", "/upstream", "check " + target(1));
    assertThat(bot.toldTo(Bot.ANA))
        .containsExactly("Too many checks are waiting already. Ask again in a minute.");
    clusters.open(target(1));
    clusters.open(target(2));
    Bot.eventually().until(() -> bot.workspace.transcript("shop").contains(END));
    Bot.eventually().until(() -> bot.transcript().contains(END));
    assertThat(bot.headlines()).hasSize(1);

    bot.types("check " + target(2));
    Bot.eventually().until(() -> answers(bot) == 2);
  }

  @Test
  void beyondTheBoundAnAnswerStaysAsItIs() throws IOException {
    Bot bot = bot(1);
    clusters.open(target(1));
    bot.types("check " + target(1));
    Bot.eventually().until(() -> bot.transcript().contains(END));
    Post before = bot.headlines().getFirst();
    bot.types("check " + target(2));
    Bot.eventually().until(() -> clusters.asked() == 2);
    bot.workspace.person(Bot.ANA).clicks(Bot.INCIDENTS, before.ts(), "Re-check");

    Bot.eventually().until(() -> !bot.toldTo(Bot.ANA).isEmpty());
    assertThat(bot.toldTo(Bot.ANA)).singleElement().asString().contains("Too many checks");
    assertThat(bot.headlines().getFirst()).isEqualTo(before);
  }

  @Test
  void allWhoWaitForAHeadlineAreToldWhenSlackDoesNotTakeIt() throws IOException {
    Bot bot = bot(500);
    bot.workspace.addChannel("shop", Bot.ANA, "bob");
    bot.workspace.inviteBot("shop");
    bot.workspace.faults().always("chat.postMessage", new Disturbance.RateLimited(1));
    bot.typesIn("shop", "check " + target(1));
    for (int i = 0; i < 2; i++) {
      assertThat(
              bot.workspace.person("bob").types("shop", "/upstream", "check " + target(1)).body())
          .contains("is being looked at already");
    }
    bot.workspace.disturb("chat.postMessage", new Disturbance.Refused("is_archived"));

    for (String person : List.of(Bot.ANA, "bob")) {
      Bot.eventually().until(() -> !refusals(bot, person).isEmpty());
    }
    clusters.open(target(1));
    bot.workspace.faults().calm();
    bot.types("check " + target(2));
    clusters.open(target(2));
    Bot.eventually().until(() -> bot.transcript().contains(END));
    for (String person : List.of(Bot.ANA, "bob")) {
      assertThat(refusals(bot, person)).hasSize(1);
    }
  }

  private static List<String> refusals(Bot bot, String person) {
    return bot.workspace.posts("shop").stream()
        .filter(p -> p.onlyFor().equals(Optional.of(person)))
        .map(Post::text)
        .filter(t -> t.contains("Slack did not take my message here (is_archived)"))
        .toList();
  }
}
