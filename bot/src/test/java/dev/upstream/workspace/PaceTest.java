package dev.upstream.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.slack.api.methods.SlackApiException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How often a method may be called, by a clock that the test moves. */
class PaceTest {
  /** What comes sooner after a refusal could not know of it. */
  private static final Duration ON_ITS_WAY = Duration.ofMillis(1_100);

  private Rig rig;

  @BeforeEach
  void open() throws Exception {
    rig = new Rig();
  }

  @AfterEach
  void close() throws Exception {
    assertThat(rig.workspace.violations()).isEmpty();
    rig.close();
  }

  private String retryAfter(Rig.Asked<?> asked) {
    SlackApiException refused = catchThrowableOfType(SlackApiException.class, asked::ask);
    assertThat(refused.getResponse().code()).isEqualTo(429);
    assertThat(refused.getError().getError()).isEqualTo("ratelimited");
    return refused.getResponse().header("Retry-After");
  }

  @Test
  void aChannelTakesOneMessageASecondAndFiveAtOnce() throws Exception {
    String random = rig.workspace.addChannel("random");
    rig.workspace.inviteBot("random");
    for (int i = 0; i < 5; i++) {
      rig.says("x");
    }
    assertThat(retryAfter(() -> rig.bot.chatPostMessage(r -> r.channel(rig.incidents).text("x"))))
        .isEqualTo("1");
    assertThat(Rig.error(() -> rig.bot.chatPostMessage(r -> r.channel(random).text("x"))))
        .isEmpty();
    assertThat(rig.workspace.figures().impatient()).isZero();
    Thread.sleep(ON_ITS_WAY);
    assertThat(retryAfter(() -> rig.bot.chatPostMessage(r -> r.channel(rig.incidents).text("x"))))
        .isEqualTo("1");
    assertThat(rig.workspace.figures().impatient()).isEqualTo(1);
    rig.workspace.expect("chat.postMessage: called again before Retry-After was over");
    rig.passes(Duration.ofSeconds(1));
    rig.says("x");
    assertThat(retryAfter(() -> rig.bot.chatPostMessage(r -> r.channel(rig.incidents).text("x"))))
        .isEqualTo("1");
    assertThat(rig.workspace.figures().limited()).isEqualTo(3);
    assertThat(rig.posts()).hasSize(6);
  }

  @Test
  void editsAreFiftyAMinuteForTheWholeWorkspace() {
    String ts = rig.says("x");
    Rig.Asked<?> edit = () -> rig.bot.chatUpdate(r -> r.channel(rig.incidents).ts(ts).text("y"));
    for (int i = 0; i < 50; i++) {
      Rig.ask(edit);
    }
    assertThat(retryAfter(edit)).isEqualTo("60");
    rig.passes(Duration.ofSeconds(60));
    Rig.ask(edit);
  }

  /** Wherever the minute begins: calls saved up do not come on top of it. */
  @Test
  void inNoMinuteThereAreMoreThanItsCalls() {
    Rig.Asked<?> list = () -> rig.bot.usersList(r -> r);
    for (int i = 0; i < 20; i++) {
      Rig.ask(list);
      rig.passes(Duration.ofSeconds(2));
    }
    assertThat(retryAfter(list)).isEqualTo("20");
    rig.passes(Duration.ofSeconds(20));
    Rig.ask(list);
    assertThat(retryAfter(list)).isEqualTo("2");
  }

  @Test
  void tierTwoIsTwentyAMinute() {
    Rig.Asked<?> list = () -> rig.bot.usersList(r -> r);
    for (int i = 0; i < 20; i++) {
      Rig.ask(list);
    }
    assertThat(retryAfter(list)).isEqualTo("60");
  }

  @Test
  void aTestMayDoWithout() {
    rig.workspace.withoutRateLimits();
    for (int i = 0; i < 100; i++) {
      rig.says("x");
    }
    assertThat(rig.workspace.figures().limited()).isZero();
    assertThat(rig.workspace.figures().excused()).isEqualTo(95);
  }
}
