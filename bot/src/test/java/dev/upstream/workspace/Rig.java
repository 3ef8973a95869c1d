package dev.upstream.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import com.slack.api.Slack;
import com.slack.api.SlackConfig;
import com.slack.api.methods.MethodsClient;
import com.slack.api.methods.SlackApiException;
import com.slack.api.methods.SlackApiTextResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** A workspace with Ana, #incidents and the bot in it, Slack's own client, and a clock to move. */
final class Rig implements AutoCloseable {
  static final BotApp APP =
      new BotApp(
          "upstream",
          "xoxb-0123456789-abcdefghij",
          "xapp-1-A0APP-2-fedcba9876543210",
          "8f742231b10e8888abcd99yyyzzz85a5");

  /** Stands still; near the real one, as signatures are judged by that. */
  private volatile Instant now = Instant.now();

  final Workspace workspace;
  final Slack slack;
  final MethodsClient bot;
  final String incidents;

  Rig() throws IOException {
    workspace = Workspace.open(APP, () -> now);
    workspace.patience(Duration.ofSeconds(30));
    incidents = workspace.addChannel("incidents", "ana");
    workspace.inviteBot("incidents");
    SlackConfig config = new SlackConfig();
    config.setMethodsEndpointUrlPrefix(workspace.apiUrl().toString());
    config.setStatsEnabled(false);
    slack = Slack.getInstance(config);
    bot = slack.methods(APP.botToken());
  }

  void passes(Duration time) {
    now = now.plus(time);
  }

  Instant now() {
    return now;
  }

  /** A call of Slack's client. */
  interface Asked<T> {
    T ask() throws IOException, SlackApiException;
  }

  /** A call that must reach the workspace. */
  static <T> T ask(Asked<T> asked) {
    try {
      return asked.ask();
    } catch (IOException | SlackApiException e) {
      throw new IllegalStateException(e);
    }
  }

  static String error(Asked<? extends SlackApiTextResponse> asked) {
    SlackApiTextResponse response = ask(asked);
    return response.isOk() ? "" : String.valueOf(response.getError());
  }

  /** For what happens on another thread. */
  static ConditionFactory eventually() {
    return Awaitility.await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(10));
  }

  String says(String text) {
    return String.valueOf(
        ask(() -> bot.chatPostMessage(r -> r.channel(incidents).text(text))).getTs());
  }

  String replies(String root, String text) {
    return String.valueOf(
        ask(() -> bot.chatPostMessage(r -> r.channel(incidents).threadTs(root).text(text)))
            .getTs());
  }

  List<Post> posts() {
    return workspace.posts("incidents");
  }

  /** A test ends with nothing wrong; what it brought about itself it has expected. */
  @Override
  public void close() throws Exception {
    workspace.close();
    slack.close();
    assertThat(workspace.violations()).isEmpty();
  }
}
