package dev.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.upstream.workspace.Disturbance;
import dev.upstream.workspace.OpenView;
import dev.upstream.workspace.Person;
import dev.upstream.workspace.Post;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What arrives twice, too late, or from two people at the same time, over two replicas. */
@SideBySide
class PressesTest {
  private static final String END = "Was this answer useful?";
  private static final String BOB = "bob";

  private final Asked clusters = new Asked();
  private Bot bot;
  private Person ana;
  private Person bob;

  @BeforeEach
  void open() throws IOException {
    bot = Bot.over(clusters);
    bot.addReplica();
    bot.workspace.addChannel(Bot.INCIDENTS, Bot.ANA, BOB);
    ana = bot.workspace.person(Bot.ANA);
    bob = bot.workspace.person(BOB);
  }

  @AfterEach
  void nothingWrongWasSent() {
    bot.close();
    assertThat(bot.workspace.violations()).isEmpty();
  }

  private void answered() {
    bot.types("check shop.example.com");
    Bot.eventually().until(() -> bot.transcript().contains(END));
  }

  private Post headline() {
    return bot.headlines().getFirst();
  }

  /** The first finding's message in the thread. */
  private Post finding() {
    return bot.posts().stream()
        .filter(p -> p.thread().isPresent() && p.blocks().toString().contains("explain:v1"))
        .findFirst()
        .orElseThrow();
  }

  private void twice() {
    bot.workspace.faults().doubled(1);
  }

  private int times(String words) {
    return bot.transcript().split(Pattern.quote(words), -1).length - 1;
  }

  /** Until all that was wanted is in Slack, and some more. */
  private void settled() {
    Bot.eventually()
        .until(
            () -> {
              int before = bot.workspace.calls().size();
              Thread.sleep(1_200);
              return bot.workspace.calls().size() == before;
            });
  }

  @Test
  void whatSlackSendsTwiceIsDoneOnce() {
    twice();
    answered();
    assertThat(clusters.count()).isEqualTo(1);
    assertThat(bot.headlines()).hasSize(1);

    twice();
    ana.clicks(Bot.INCIDENTS, headline().ts(), "Show evidence");
    twice();
    ana.clicks(Bot.INCIDENTS, headline().ts(), "JSON");
    twice();
    ana.clicks(Bot.INCIDENTS, finding().ts(), "Explain");
    twice();
    ana.clicks(Bot.INCIDENTS, headline().ts(), "Re-check");
    Bot.eventually().until(() -> bot.transcript().contains("Still: 95 %"));
    settled();
    assertThat(clusters.count()).isEqualTo(2);
    assertThat(times("evidence-shop.example.com")).isEqualTo(1);
    assertThat(times("diagnosis-shop.example.com")).isEqualTo(1);
    assertThat(bot.toldTo(Bot.ANA)).singleElement().asString().contains("zero replicas");
    assertThat(bot.headlines()).hasSize(1);
  }

  @Test
  void windowsOpenOnceAndAreSentOnce() {
    answered();
    twice();
    ana.types(Bot.INCIDENTS, "/upstream", "");
    twice();
    ana.modal().fills("What is broken?", "shop/web").submits();
    assertThat(ana.hasModal()).isFalse();
    Bot.eventually().until(() -> times(END) == 2);
    twice();
    ana.clicks(Bot.INCIDENTS, headline().ts(), "Mute…");
    twice();
    bot.filled(ana).fills("Why?", "known").submits();
    assertThat(ana.hasModal()).isFalse();
    Bot.eventually().until(() -> bot.transcript().contains("Muted by ana until"));
    twice();
    ana.types(Bot.INCIDENTS, "/upstream", "status");
    settled();
    assertThat(clusters.count()).isEqualTo(2);
    assertThat(bot.headlines()).hasSize(2);
    assertThat(bot.toldTo(Bot.ANA))
        .satisfiesExactly(
            t -> assertThat(t).startsWith("Muted until "),
            t -> assertThat(t).isEqualTo("2 clusters, all reached"));
  }

  @Test
  void mentionsAndShortcutsThatComeTwiceAreAnsweredOnce() {
    String root = ana.says(Bot.INCIDENTS, "shop.example.com is down");
    twice();
    ana.replies(Bot.INCIDENTS, root, "@upstream check shop.example.com");
    Bot.eventually().until(() -> times(END) == 1);
    twice();
    ana.uses("check_from_message", Bot.INCIDENTS, root);
    Bot.eventually().until(() -> times(END) == 2);
    twice();
    ana.replies(Bot.INCIDENTS, root, "@upstream chekc shop.example.com");
    Bot.eventually().until(() -> !bot.toldTo(Bot.ANA).isEmpty());
    settled();
    assertThat(clusters.count()).isEqualTo(2);
    assertThat(bot.toldTo(Bot.ANA))
        .singleElement()
        .asString()
        .contains("\"chekc shop.example.com\" is no target");
    assertThat(bot.headlines()).isEmpty();
    assertThat(bot.posts())
        .filteredOn(p -> p.author().equals("upstream"))
        .allSatisfy(p -> assertThat(p.thread()).contains(root));
  }

  @Test
  void theButtonsOfAForgottenCheckSaySo() {
    answered();
    Post headline = headline();
    Post finding = finding();
    bot.clock.pass(Duration.ofDays(32));
    Bot.eventually().until(() -> !bot.remembers(headline));

    int expected = 0;
    for (String button : List.of("Show evidence", "Explain", "Re-check", "Mute…", "JSON")) {
      bob.clicks(Bot.INCIDENTS, headline, button);
      expected++;
    }
    for (String button : List.of("Explain", "Mute…")) {
      bob.clicks(Bot.INCIDENTS, finding, button);
      expected++;
    }
    int told = expected;
    Bot.eventually().until(() -> bot.toldTo(BOB).size() == told);
    assertThat(bot.toldTo(BOB))
        .allSatisfy(
            t ->
                assertThat(t)
                    .isEqualTo(
                        "That button is too old: I no longer keep what it belongs to. Ask anew with"
                            + " /upstream check."));
    assertThat(bob.hasModal()).isFalse();
    assertThat(clusters.count()).isEqualTo(1);
  }

  @Test
  void aButtonOfAnotherVersionSaysThatItIsTooOld() {
    answered();
    Post old = headline();
    JsonNode blocks = old.blocks().deepCopy();
    blocks
        .findParents("action_id")
        .forEach(
            b ->
                ((ObjectNode) b)
                    .put("action_id", b.path("action_id").asText().replace(":v1", ":v0")));
    bob.clicks(Bot.INCIDENTS, with(old, blocks), "Re-check");
    Bot.eventually().until(() -> !bot.toldTo(BOB).isEmpty());
    assertThat(bot.toldTo(BOB)).singleElement().asString().contains("That button is too old");
    assertThat(clusters.count()).isEqualTo(1);
  }

  private static Post with(Post post, JsonNode blocks) {
    return new Post(
        post.ts(),
        post.thread(),
        post.onlyFor(),
        post.author(),
        post.text(),
        blocks,
        post.edited(),
        post.authorId(),
        post.team(),
        post.metadata(),
        post.files());
  }

  @Test
  void whoPressesAnAnswerThatWasReplacedIsToldByWhom() {
    answered();
    Post old = headline();
    clusters.hold();
    ana.clicks(Bot.INCIDENTS, old, "Re-check");
    Bot.eventually().until(() -> clusters.count() == 2);
    bob.clicks(Bot.INCIDENTS, old, "Re-check");
    bob.clicks(Bot.INCIDENTS, old, "Show evidence");
    Bot.eventually().until(() -> bot.toldTo(BOB).size() == 2);
    assertThat(bot.toldTo(BOB))
        .containsOnly(
            "You came late: ana had it checked again. The message shows the new answer when it is"
                + " there.");
    clusters.release();
    Bot.eventually().until(() -> bot.transcript().contains("Still: 95 %"));

    bob.clicks(Bot.INCIDENTS, old, "JSON");
    Bot.eventually().until(() -> bot.toldTo(BOB).size() == 3);
    assertThat(bot.toldTo(BOB).getLast())
        .isEqualTo("You came late: ana had it checked again. The message shows the newer answer.");
    bob.clicks(Bot.INCIDENTS, finding(), "Explain");
    Bot.eventually().until(() -> bot.toldTo(BOB).size() == 4);
    assertThat(bot.toldTo(BOB).getLast()).contains("zero replicas");
    assertThat(clusters.count()).isEqualTo(2);
    assertThat(bot.transcript()).doesNotContain("diagnosis-shop.example.com");
  }

  /** Both at the same moment. */
  private void together(Callable<?> one, Callable<?> other) throws Exception {
    CyclicBarrier start = new CyclicBarrier(2);
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      List<Future<Object>> both = new ArrayList<>();
      for (Callable<?> each : List.of(one, other)) {
        both.add(
            threads.submit(
                () -> {
                  start.await();
                  return each.call();
                }));
      }
      for (Future<Object> each : both) {
        each.get();
      }
    }
  }

  private void bothPress(Post message, String button) throws Exception {
    together(
        () -> ana.clicks(Bot.INCIDENTS, message, button),
        () -> bob.clicks(Bot.INCIDENTS, message, button));
  }

  private List<String> toldToBoth() {
    List<String> all = new ArrayList<>(bot.toldTo(Bot.ANA));
    all.addAll(bot.toldTo(BOB));
    return all;
  }

  @Test
  void ofTwoWhoPressReCheckOneIsToldThatItIsUnderWay() throws Exception {
    answered();
    clusters.hold();
    bothPress(headline(), "Re-check");
    Bot.eventually().until(() -> toldToBoth().size() == 1);
    Bot.eventually().until(() -> clusters.count() == 2);
    clusters.release();
    Bot.eventually().until(() -> bot.transcript().contains("Still: 95 %"));
    settled();
    assertThat(clusters.count()).isEqualTo(2);
    String loser = bot.toldTo(BOB).isEmpty() ? Bot.ANA : BOB;
    String winner = loser.equals(BOB) ? Bot.ANA : BOB;
    assertThat(toldToBoth())
        .singleElement()
        .asString()
        .containsAnyOf(
            "You came late: " + winner + " had it checked again.",
            "shop.example.com is being looked at already: the answer comes in this channel, in the"
                + " message of "
                + winner);
    assertThat(bot.transcript()).contains("Asked by " + winner);
    assertThat(bot.headlines()).hasSize(1);
  }

  @Test
  void ofTwoWhoWantTheEvidenceOneIsToldThatItIsThere() throws Exception {
    answered();
    bothPress(headline(), "Show evidence");
    Bot.eventually().until(() -> toldToBoth().size() == 1);
    settled();
    String winner = bot.toldTo(BOB).isEmpty() ? BOB : Bot.ANA;
    assertThat(toldToBoth())
        .singleElement()
        .isEqualTo("It is in the thread already; " + winner + " asked for it.");
    assertThat(times("evidence-shop.example.com")).isEqualTo(1);
  }

  @Test
  void ofTwoWhoMuteTheFirstWinsAndTheOtherSeesTheReason() throws Exception {
    answered();
    Post headline = headline();
    ana.clicks(Bot.INCIDENTS, headline, "Mute…");
    bob.clicks(Bot.INCIDENTS, headline, "Mute…");
    OpenView anas = bot.filled(ana);
    OpenView bobs = bot.filled(bob);
    together(
        () -> anas.fills("Why?", "ana rolls it back").submits(),
        () -> bobs.fills("Why?", "bob scales it up").submits());
    Bot.eventually().until(() -> headline().blocks().toString().contains("Muted by "));
    settled();
    String winner = headline().blocks().toString().contains("Muted by ana") ? Bot.ANA : BOB;
    String late = winner.equals(BOB) ? Bot.ANA : BOB;
    assertThat(ana.hasModal()).isFalse();
    assertThat(bob.hasModal()).isFalse();
    assertThat(bot.toldTo(winner)).singleElement().asString().startsWith("Muted until ");
    assertThat(bot.toldTo(late))
        .singleElement()
        .asString()
        .contains("Muted by " + winner + " until ")
        .contains(winner.equals(BOB) ? "bob scales it up" : "ana rolls it back");
    assertThat(bot.transcript()).doesNotContain("Muted by " + late);

    bothPress(headline(), "Unmute");
    Bot.eventually().until(() -> toldToBoth().size() == 4);
    assertThat(toldToBoth()).contains("You are told about it again.", "It is not muted any more.");
    Bot.eventually().until(() -> !headline().blocks().toString().contains("Muted by"));
  }

  /** Whether Ana may still read is asked of a Slack that is slow: the window does not wait. */
  @Test
  void aMuteIsAcknowledgedBeforeAnythingIsLookedUp() {
    answered();
    ana.clicks(Bot.INCIDENTS, headline(), "Mute…");
    OpenView form = bot.filled(ana);
    bot.clock.pass(Duration.ofMinutes(2));
    bot.workspace.patience(Duration.ofSeconds(6));
    bot.workspace.faults().always("users.info", new Disturbance.SlowAnswer(Duration.ofSeconds(8)));
    assertThat(form.fills("Why?", "known").submits().status()).isEqualTo(200);
    assertThat(ana.hasModal()).isFalse();
    Bot.eventually().until(() -> bot.transcript().contains("Muted by ana until"));
    Bot.eventually().until(() -> !toldToBoth().isEmpty());
    assertThat(toldToBoth()).singleElement().asString().startsWith("Muted until ");
  }

  /** As the bot keeps it while it is under way. */
  private String kept(String action, String value, Person by, String name, String delivery) {
    return """
    {"action": "%s", "handle": "%s", "home": "T0TEAM", "user": "%s", "name": "%s",
     "team": "T0TEAM", "channel": "%s", "thread": "", "url": "", "message": "%s",
     "trigger": "", "delivery": "%s", "until": %d, "reason": "known"}
    """
        .formatted(
            action,
            value,
            by.id(),
            name,
            bot.workspace.addChannel(Bot.INCIDENTS),
            headline().ts(),
            delivery,
            action.startsWith("mute") ? bot.clock.instant().plusSeconds(3_600).toEpochMilli() : 0);
  }

  /** The value of a button of the headline. */
  private String value(String action) {
    return headline().blocks().findParents("action_id").stream()
        .filter(b -> b.path("action_id").asText().equals(action))
        .map(b -> b.path("value").asText())
        .findFirst()
        .orElseThrow();
  }

  @Test
  void whoseFileIsThereSinceTheTryBeforeACrashIsToldNothing() {
    answered();
    ana.clicks(Bot.INCIDENTS, headline(), "Show evidence");
    Bot.eventually().until(() -> times("evidence-shop.example.com") == 1);
    String click = "click/" + bot.workspace.sent().getLast().id();
    settled();

    bot.takeUp(kept("evidence:v1", value("evidence:v1"), ana, Bot.ANA, click));
    bot.takeUp(kept("evidence:v1", value("evidence:v1"), bob, BOB, "click/another"));
    Bot.eventually().until(() -> !bot.toldTo(BOB).isEmpty());
    settled();
    assertThat(bot.toldTo(BOB)).containsExactly("It is in the thread already; ana asked for it.");
    assertThat(bot.toldTo(Bot.ANA)).isEmpty();
    assertThat(times("evidence-shop.example.com")).isEqualTo(1);
  }

  @Test
  void aMuteThatACrashCutOffIsTakenUp() {
    answered();
    String work = kept("mute:v1", value("mute:v1"), ana, Bot.ANA, "mute/V1");
    bot.takeUp(work);
    Bot.eventually().until(() -> bot.transcript().contains("Muted by ana until"));
    bot.takeUp(work);
    settled();
    assertThat(times("Muted by ana until")).as("headline and finding").isEqualTo(2);
    assertThat(bot.toldTo(Bot.ANA)).singleElement().asString().startsWith("Muted until ");
    assertThat(bot.toldTo(BOB)).isEmpty();
  }

  @Test
  void aReCheckThatACrashCutOffIsTakenUpOnce() {
    answered();
    String work = kept("recheck:v1", value("recheck:v1"), ana, Bot.ANA, "click/1");
    bot.takeUp(work);
    bot.takeUp(work);
    Bot.eventually().until(() -> bot.transcript().contains("Still: 95 %"));
    bot.takeUp(work);
    settled();
    assertThat(clusters.count()).isEqualTo(2);
    assertThat(toldToBoth()).isEmpty();
  }

  @Test
  void aStatusThatACrashCutOffIsToldOnce() {
    answered();
    String work = kept("status:v1", "status", ana, Bot.ANA, "command/1");
    bot.takeUp(work);
    bot.takeUp(work);
    Bot.eventually().until(() -> !bot.toldTo(Bot.ANA).isEmpty());
    ana.replies(Bot.INCIDENTS, headline().ts(), "@upstream status");
    Bot.eventually().until(() -> bot.toldTo(Bot.ANA).size() == 2);
    settled();
    assertThat(bot.toldTo(Bot.ANA)).hasSize(2).containsOnly("2 clusters, all reached");
  }

  /** As with a mute: what Ana may see is asked of a Slack that is slow. */
  @Test
  void aReCheckIsAcknowledgedBeforeAnythingIsLookedUp() {
    answered();
    bot.clock.pass(Duration.ofMinutes(2));
    bot.workspace.faults().always("users.info", new Disturbance.SlowAnswer(Duration.ofSeconds(5)));
    assertThat(ana.clicks(Bot.INCIDENTS, headline(), "Re-check").status()).isEqualTo(200);
    Bot.eventually().until(() -> bot.transcript().contains("Still: 95 %"));
  }

  @Test
  void bothWordsOnAnAnswerCount() throws Exception {
    answered();
    Post question =
        bot.posts().stream()
            .filter(p -> p.blocks().toString().contains("not_useful:v1"))
            .findFirst()
            .orElseThrow();
    bothPress(question, "Useful");
    Bot.eventually().until(() -> bot.transcript().contains("Useful: 2, not useful: 0."));
    Bot.eventually().until(() -> toldToBoth().size() == 2);
    assertThat(toldToBoth()).allSatisfy(t -> assertThat(t).startsWith("Thank you."));
  }

  @Test
  void theOneWhoAsksWhatIsBeingLookedAtIsShownWhere() {
    clusters.hold();
    ana.types(Bot.INCIDENTS, "/upstream", "check shop.example.com");
    Bot.eventually().until(() -> clusters.count() == 1);
    bob.types(Bot.INCIDENTS, "/upstream", "check shop.example.com");
    clusters.release();
    Bot.eventually().until(() -> bot.transcript().contains(END));
    assertThat(bot.toldTo(BOB))
        .singleElement()
        .isEqualTo(
            "shop.example.com is being looked at already: the answer comes in this channel, in the"
                + " message of ana.");
    assertThat(bot.headlines()).hasSize(1);
    assertThat(clusters.count()).isEqualTo(1);
  }
}
