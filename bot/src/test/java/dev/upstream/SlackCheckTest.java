package dev.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upstream.slack.Case1;
import dev.upstream.workspace.Ack;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From a typed command to an answer in the channel. */
class SlackCheckTest {
  private Bot bot;

  @BeforeEach
  void open() throws IOException {
    bot = Bot.over(Case1.collector());
  }

  @AfterEach
  void nothingWrongWasSent() {
    bot.close();
    assertThat(bot.workspace.violations()).isEmpty();
  }

  @Test
  void theFirstCaseIsAnswered() {
    Ack ack = bot.types("check shop.example.com");
    assertThat(ack.status()).isEqualTo(200);
    assertThat(ack.body()).isEmpty();
    Bot.eventually().until(() -> bot.posts().size() >= 6);
    System.out.println(bot.transcript());
  }
}
