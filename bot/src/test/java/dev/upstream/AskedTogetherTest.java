package dev.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upstream.workspace.Person;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two ask the same in one channel: whoever was led to the other's message is answered too. */
@WholeLog
class AskedTogetherTest {
  private static final String END = "Was this answer useful?";
  private static final String NO_RIGHT =
      "Nothing that you may read is named \"shop.example.com\". Is the name right? No rule of"
          + " policy.yml lets you read everything where it could lie.";

  private final Asked clusters = new Asked();
  private Bot bot;
  private Person bob;

  @BeforeEach
  void open() throws IOException {
    bot = Bot.open(Bot.Setup.of(clusters).onlyFor("@sre"));
    bot.workspace.addChannel(Bot.INCIDENTS, Bot.ANA, "bob", "eve");
    bot.workspace.setGroup("sre", Bot.ANA, "bob", "eve");
    bob = bot.workspace.person("bob");
  }

  @AfterEach
  void nothingWrongWasSent() {
    clusters.release();
    bot.close();
    assertThat(bot.workspace.violations()).isEmpty();
  }

  /** Ana asks, and the others are led to her message while nothing is known yet. */
  private void allAsk(String command) {
    clusters.hold();
    bot.types(command);
    Bot.eventually().until(() -> clusters.count() == 1 && bot.headlines().size() == 1);
    for (String other : new String[] {"bob", "eve"}) {
      bot.workspace.person(other).types(Bot.INCIDENTS, "/upstream", command);
      assertThat(bot.toldTo(other))
          .singleElement()
          .asString()
          .contains("is being looked at already");
    }
  }

  @Test
  void aNameThatThereIsNotIsSaidToEachOfThem() {
    allAsk("check shop.exampel.com on east");
    clusters.release();

    String sentence =
        "Nothing here is named \"shop.exampel.com\" (looked in east). Near: shop.example.com.";
    Bot.eventually().until(() -> bot.toldTo("bob").size() == 2 && bot.toldTo("eve").size() == 2);
    Bot.eventually().until(() -> bot.headlines().isEmpty());
    assertThat(bot.toldTo(Bot.ANA)).containsExactly(sentence);
    assertThat(bot.toldTo("bob")).last().isEqualTo(sentence);
    assertThat(bot.toldTo("eve")).last().isEqualTo(sentence);
  }

  @Test
  void whoeverMayStillReadItIsAnsweredInAMessageOfHisOwn() {
    allAsk("check shop.example.com");
    bot.workspace.setGroup("sre", "bob");
    bot.clock.pass(Duration.ofMinutes(1));
    clusters.release();

    Bot.eventually().until(() -> bot.transcript().contains(END));
    Bot.eventually().until(() -> bot.headlines().size() == 1 && bot.toldTo("eve").size() == 2);
    assertThat(bot.toldTo(Bot.ANA)).containsExactly(NO_RIGHT);
    assertThat(bot.toldTo("eve")).last().isEqualTo(NO_RIGHT);
    assertThat(bot.toldTo("bob")).hasSize(1);
    assertThat(bot.headlines().getFirst().text()).contains("95 % of requests");
    assertThat(bot.headlines().getFirst().blocks().toString()).contains("bob");

    int told = bot.toldTo("bob").size();
    bob.clicks(Bot.INCIDENTS, bot.headlines().getFirst().ts(), "Explain");
    Bot.eventually().until(() -> bot.toldTo("bob").size() > told);
    assertThat(bot.toldTo("bob")).last().asString().contains("zero replicas");
  }
}
