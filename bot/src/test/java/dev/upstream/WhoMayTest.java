package dev.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upstream.workspace.Ack;
import dev.upstream.workspace.Disturbance;
import dev.upstream.workspace.OpenView;
import dev.upstream.workspace.Person;
import dev.upstream.workspace.Post;
import dev.upstream.workspace.SignedRequest;
import dev.upstream.workspace.Trait;
import dev.upstream.workspace.Workspace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who may not: told in a sentence what is missing, alone, and shown nothing. */
@WholeLog
class WhoMayTest {
  private static final String END = "Was this answer useful?";
  private static final List<String> BUTTONS =
      List.of("Show evidence", "Explain", "Re-check", "Mute…", "JSON");

  private final Asked clusters = new Asked();
  private final Logged log = Logged.listen();
  private Bot bot;
  private Person ana;
  private int posts;

  /** Ana is in the group that may read; an answer stands in the channel. */
  @BeforeEach
  void open() throws IOException {
    bot = Bot.open(Bot.Setup.of(clusters).onlyFor("@sre"));
    bot.workspace.addChannel(Bot.INCIDENTS, Bot.ANA, "bob", "gus");
    bot.workspace.changePerson("gus", Trait.GUEST);
    bot.workspace.setGroup("sre", Bot.ANA, "gus");
    ana = bot.workspace.person(Bot.ANA);
    bot.types("check shop.example.com");
    Bot.eventually().until(() -> bot.transcript().contains(END));
    posts = shown();
  }

  @AfterEach
  void nothingWrongWasSentOrLogged() {
    bot.close();
    log.close();
    assertThat(bot.workspace.violations()).isEmpty();
    assertThat(log.text())
        .doesNotContain(Bot.TOKEN)
        .doesNotContain(Bot.SIGNING)
        .doesNotContain("hunter2")
        .doesNotContain("shop.example.com");
  }

  /** What everybody in the channel sees of the bot. */
  private int shown() {
    return (int)
        bot.posts().stream()
            .filter(p -> p.onlyFor().isEmpty() && p.author().equals("upstream"))
            .count();
  }

  private void everythingIsRefused(Person person, String name, String sentence) {
    Post headline = bot.headlines().getFirst();
    for (String button : BUTTONS) {
      person.clicks(Bot.INCIDENTS, headline.ts(), button);
    }
    person.clicks(Bot.INCIDENTS, last().ts(), "Useful");
    String root = person.says(Bot.INCIDENTS, "shop.example.com?token=hunter2 is down");
    person.replies(Bot.INCIDENTS, root, "@upstream check shop.example.com?token=hunter2");
    person.uses("check_from_message", Bot.INCIDENTS, root);
    int told = BUTTONS.size() + 3;
    Bot.eventually().until(() -> bot.toldTo(name).size() >= told);
    assertThat(bot.toldTo(name)).containsOnly(sentence);
    nothingWasShown(person);
  }

  private Post last() {
    return bot.posts().stream()
        .filter(p -> p.blocks().toString().contains("not_useful:v1"))
        .findFirst()
        .orElseThrow();
  }

  private void nothingWasShown(Person person) {
    assertThat(clusters.count()).isEqualTo(1);
    assertThat(shown()).isEqualTo(posts);
    assertThat(person.hasModal()).isFalse();
    assertThat(bot.posts()).allSatisfy(p -> assertThat(p.files()).isEmpty());
    assertThat(bot.transcript()).doesNotContain("Muted by").doesNotContain("Still");
  }

  @Test
  void aPersonWithoutTheRight() {
    everythingIsRefused(
        bot.workspace.person("bob"),
        "bob",
        "No rule of policy.yml gives you the right to read anything.");
    Ack ack = bot.workspace.person("bob").types(Bot.INCIDENTS, "/upstream", "check shop/web");
    assertThat(ack.body()).contains("No rule of policy.yml").contains("ephemeral");
    int told = bot.toldTo("bob").size();
    bot.workspace.person("bob").types(Bot.INCIDENTS, "/upstream", "status");
    Bot.eventually().until(() -> bot.toldTo("bob").size() > told);
    assertThat(bot.toldTo("bob").getLast())
        .isEqualTo("No rule of policy.yml gives you the right to read anything.");
    nothingWasShown(bot.workspace.person("bob"));
  }

  @Test
  void aGuestWhateverTheGroup() {
    everythingIsRefused(
        bot.workspace.person("gus"), "gus", "Guests of this workspace may not read anything here.");
  }

  @Test
  void aPersonOfAnotherWorkspace() {
    Workspace other = bot.workspace.beside("other", "xoxb-9999999999-of-the-other");
    bot.workspace.share(Bot.INCIDENTS, other, "zoe");
    everythingIsRefused(
        other.person("zoe"), "zoe", "People of other workspaces may not read anything here.");
  }

  /** The same words of a person's, before and after, are. */
  @Test
  void anotherBotIsNotEvenAnswered() {
    bot.workspace.addPerson("rob", Trait.BOT);
    bot.workspace.addChannel(Bot.INCIDENTS, "rob");
    Person rob = bot.workspace.person("rob");
    String mention = "@upstream check shop.example.com on nowhere";
    ana.says(Bot.INCIDENTS, mention);
    Bot.eventually().until(() -> bot.toldTo(Bot.ANA).size() == 1);
    rob.says(Bot.INCIDENTS, mention);
    ana.says(Bot.INCIDENTS, mention);
    Bot.eventually().until(() -> bot.toldTo(Bot.ANA).size() == 2);
    assertThat(bot.toldTo(Bot.ANA)).allSatisfy(t -> assertThat(t).contains("no cluster"));
    assertThat(bot.workspace.sent())
        .filteredOn(s -> s.type().equals("events_api"))
        .hasSize(3)
        .allSatisfy(s -> assertThat(s.ack().status()).isEqualTo(200));
    assertThat(bot.toldTo("rob")).isEmpty();
    nothingWasShown(rob);
  }

  @Test
  void anUnknownWorkspace() {
    String body =
        new String(
            bot.signed("check shop.example.com?token=hunter2").body(), StandardCharsets.UTF_8);
    assertThat(body).contains("team_id=T0TEAM");
    Ack ack =
        bot.send(
            SignedRequest.of(
                body.replace("team_id=T0TEAM", "team_id=T9NOBODY").getBytes(StandardCharsets.UTF_8),
                Bot.SIGNING,
                bot.clock.instant()));
    assertThat(ack.status()).isEqualTo(200);
    assertThat(ack.body())
        .contains("People of other workspaces may not read anything here.")
        .contains("ephemeral")
        .doesNotContain("shop");
    nothingWasShown(ana);
  }

  /** Slack wants its acknowledgement in time, even where its own answers take longer. */
  @Test
  void whomSlackDoesNotNameInTimeIsAskedToTryAgain() {
    bot.clock.pass(Duration.ofMinutes(1));
    bot.workspace.disturb("users.info", new Disturbance.SlowAnswer(Duration.ofSeconds(6)));
    Ack ack = bot.types("check shop.example.com/cart");
    assertThat(ack.status()).isEqualTo(200);
    assertThat(ack.body()).contains("Slack could not say who you are just now");
    nothingWasShown(ana);

    Bot.eventually().until(() -> bot.types("check shop.example.com/cart").body().isEmpty());
    Bot.eventually().until(() -> bot.headlines().size() == 2);
  }

  /** The windows were opened while the right was there. */
  @Test
  void aPersonWhoseRightEndedAMinuteAgo() {
    Post headline = bot.headlines().getFirst();
    ana.clicks(Bot.INCIDENTS, headline.ts(), "Mute…");
    OpenView mute = bot.filled(ana);
    bot.workspace.setGroup("sre", "bob");
    bot.clock.pass(Duration.ofMinutes(1));

    mute.fills("Why?", "known").submits();
    assertThat(ana.hasModal()).isFalse();
    Bot.eventually().until(() -> bot.toldTo(Bot.ANA).size() == 1);
    everythingIsRefused(
        ana, Bot.ANA, "No rule of policy.yml gives you the right to read anything.");
    ana.types(Bot.INCIDENTS, "/upstream", "check shop.example.com");
    assertThat(bot.toldTo(Bot.ANA).getLast())
        .isEqualTo("No rule of policy.yml gives you the right to read anything.");

    bot.workspace.person("bob").clicks(Bot.INCIDENTS, headline.ts(), "Explain");
    Bot.eventually().until(() -> !bot.toldTo("bob").isEmpty());
    assertThat(bot.toldTo("bob")).singleElement().asString().contains("zero replicas");
  }

  @Test
  void aFormThatIsSentAfterTheRightEnded() {
    ana.types(Bot.INCIDENTS, "/upstream", "");
    OpenView form = ana.modal();
    assertThat(form.looksFor("Cluster", "ea")).isNotEmpty();
    bot.workspace.setGroup("sre", "bob");
    bot.clock.pass(Duration.ofMinutes(1));

    assertThat(form.looksFor("Cluster", "ea")).isEmpty();
    form.fills("What is broken?", "shop.example.com").submits();
    assertThat(ana.modal().transcript())
        .contains("No rule of policy.yml gives you the right to read anything.");
    ana.modal().closes();
    nothingWasShown(ana);
  }

  /** The same signed bytes a minute later. */
  @Test
  void aReplayedRequestShowsNothing() {
    SignedRequest status = bot.signed("status");
    bot.send(status);
    Bot.eventually().until(() -> !bot.toldTo(Bot.ANA).isEmpty());
    SignedRequest wrong = bot.signed("check shop.example.com on nowhere");
    assertThat(bot.send(wrong).body()).contains("There is no cluster");
    SignedRequest form = bot.signed("");
    bot.send(form);
    ana.modal().closes();
    int told = bot.posts().size();
    bot.clock.pass(Duration.ofMinutes(1));
    for (SignedRequest request : List.of(status, wrong, form)) {
      Ack again = bot.send(request);
      assertThat(again.status()).isEqualTo(200);
      assertThat(again.body()).isEmpty();
    }
    bot.types("help"); // whatever was said before stands there now
    Bot.eventually().until(() -> bot.posts().size() > told);
    assertThat(bot.posts()).hasSize(told + 1);
    nothingWasShown(ana);
    SignedRequest old = bot.signed("status");
    bot.clock.pass(Duration.ofMinutes(6));
    assertThat(bot.send(old).status()).isEqualTo(401);
  }
}
