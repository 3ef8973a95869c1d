package dev.upstream.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.slack.api.methods.SlackApiException;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What goes wrong on demand. */
class FaultsTest {
  private Rig rig;
  private Faults faults;

  @BeforeEach
  void open() throws Exception {
    rig = new Rig();
    faults = rig.workspace.faults();
  }

  @AfterEach
  void close() throws Exception {
    assertThat(rig.workspace.violations()).isEmpty();
    rig.close();
  }

  private int status(Rig.Asked<?> asked) {
    return catchThrowableOfType(SlackApiException.class, asked::ask).getResponse().code();
  }

  private Rig.Asked<?> post(String text) {
    return () -> rig.bot.chatPostMessage(r -> r.channel(rig.incidents).text(text));
  }

  @Test
  void aStormLastsUntilItIsCalm() {
    faults.always("*", new Disturbance.RateLimited(3));
    assertThat(status(post("x"))).isEqualTo(429);
    assertThat(status(() -> rig.bot.authTest(r -> r))).isEqualTo(429);
    faults.calm();
    assertThat(status(post("x"))).isEqualTo(429);
    rig.passes(Duration.ofSeconds(3));
    Rig.ask(post("x"));
    assertThat(rig.posts()).hasSize(1);
  }

  @Test
  void whoIsToldToWaitAndDoesNotBreaksTheRules() throws Exception {
    String random = rig.workspace.addChannel("random");
    rig.workspace.inviteBot("random");
    faults.next("chat.postMessage", new Disturbance.RateLimited(30));
    assertThat(status(post("x"))).isEqualTo(429);
    assertThat(Rig.error(() -> rig.bot.chatPostMessage(r -> r.channel(random).text("x"))))
        .isEmpty();
    Thread.sleep(1_100);
    rig.passes(Duration.ofSeconds(10));
    SlackApiException refused = catchThrowableOfType(SlackApiException.class, post("x")::ask);
    assertThat(refused.getResponse().header("Retry-After")).isEqualTo("20");
    assertThat(rig.workspace.expect("called again before Retry-After was over")).isEqualTo(1);
    rig.passes(Duration.ofSeconds(20));
    Rig.ask(post("x"));
    assertThat(rig.workspace.calls())
        .extracting(Call::error)
        .containsExactly("ratelimited", "", "ratelimited", "");
  }

  @Test
  void whatGoesWrongIsACallToo() {
    faults.next("auth.test", new Disturbance.LostRequest());
    faults.next("auth.test", new Disturbance.ServerError());
    assertThatThrownBy(() -> rig.bot.authTest(r -> r)).isInstanceOf(IOException.class);
    assertThat(status(() -> rig.bot.authTest(r -> r))).isEqualTo(500);
    assertThat(rig.workspace.calls()).extracting(Call::error).containsExactly("lost", "HTTP 500");
  }

  @Test
  void anAnswerGetsLostAfterTheMessageIsThere() {
    faults.next("chat.postMessage", new Disturbance.LostAnswer());
    assertThatThrownBy(post("once")::ask).isInstanceOf(IOException.class);
    assertThat(rig.posts()).singleElement().satisfies(p -> assertThat(p.text()).isEqualTo("once"));
  }

  @Test
  void aRequestGetsLostBeforeAnythingIsDone() {
    faults.next("chat.postMessage", new Disturbance.LostRequest());
    assertThatThrownBy(post("never")::ask).isInstanceOf(IOException.class);
    assertThat(rig.posts()).isEmpty();
  }

  /** The trap of the client's own second try, which bots have to switch off. */
  @Test
  void onAConnectionInUseSlacksClientSendsALostRequestAgainByItself() {
    Rig.ask(() -> rig.bot.authTest(r -> r));
    faults.next("chat.postMessage", new Disturbance.LostAnswer());
    Rig.ask(post("twice"));
    assertThat(rig.posts()).hasSize(2);
  }

  @Test
  void duringAnOutageNobodyListensAndAfterItTheAddressIsTheSame() {
    rig.says("before");
    faults.outage();
    assertThatThrownBy(post("during")::ask).isInstanceOf(ConnectException.class);
    faults.calm();
    rig.says("after");
    assertThat(rig.posts()).extracting(Post::text).containsExactly("before", "after");
  }

  @Test
  void severalThingsGoWrongOneAfterTheOther() {
    faults.next("chat.postMessage", 2, new Disturbance.ServerError());
    faults.next("chat.postMessage", new Disturbance.Refused("fatal_error"));
    faults.next("chat.postMessage", new Disturbance.SlowAnswer(Duration.ofMillis(1)));
    assertThat(status(post("x"))).isEqualTo(500);
    assertThat(status(post("x"))).isEqualTo(500);
    assertThat(Rig.error(() -> rig.bot.chatPostMessage(r -> r.channel(rig.incidents).text("x"))))
        .isEqualTo("fatal_error");
    Rig.ask(post("x"));
    assertThat(rig.posts()).hasSize(1);
  }

  @Test
  void anUploadMayBeLostToo() {
    faults.next("upload", new Disturbance.ServerError());
    assertThatThrownBy(
            () ->
                rig.bot.filesUploadV2(
                    r -> r.channel(rig.incidents).filename("x").fileData(new byte[] {1})))
        .isInstanceOf(Exception.class);
    assertThat(rig.posts()).isEmpty();
  }
}
