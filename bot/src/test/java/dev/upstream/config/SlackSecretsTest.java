package dev.upstream.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Secrets come from the environment or a mounted file, and are not repeated. */
class SlackSecretsTest {
  private static final String TOKEN = "xoxb-0123456789-abcdefghij";
  private static final String SIGNING = "8f742231b10e8888abcd99yyyzzz85a5";

  @TempDir private Path directory;

  @Test
  void theEnvironmentAndMountedFilesAreRead() throws IOException {
    Path file = directory.resolve("signing");
    Files.writeString(file, SIGNING + "\n");

    SlackSecrets secrets =
        SlackSecrets.from(
            Map.of("SLACK_BOT_TOKEN", TOKEN, "SLACK_SIGNING_SECRET_FILE", file.toString()),
            SlackMode.HTTP);

    assertThat(secrets.botToken()).isEqualTo(TOKEN);
    assertThat(secrets.signingSecret()).contains(SIGNING);
    assertThat(secrets.appToken()).isEmpty();
    assertThat(secrets.toString()).doesNotContain("xoxb").doesNotContain(SIGNING);
  }

  @Test
  void whatIsMissingOrWrongIsNamedWithoutTheValue() {
    refused(Map.of(), "SLACK_BOT_TOKEN is not set: give it, or SLACK_BOT_TOKEN_FILE");
    refused(Map.of("SLACK_BOT_TOKEN", "xoxp-0123456789-abcdefghij"), "is no bot token");
    refused(Map.of("SLACK_BOT_TOKEN", "xoxb-short"), "is no bot token");
    refused(Map.of("SLACK_BOT_TOKEN", TOKEN), "SLACK_SIGNING_SECRET is not set");
    refused(Map.of("SLACK_BOT_TOKEN", TOKEN, "SLACK_SIGNING_SECRET", "abc"), "is too short");
    refused(
        Map.of("SLACK_BOT_TOKEN", TOKEN, "SLACK_BOT_TOKEN_FILE", "/x"),
        "Both SLACK_BOT_TOKEN and SLACK_BOT_TOKEN_FILE are set");
    refused(
        Map.of("SLACK_BOT_TOKEN_FILE", directory.resolve("no").toString()), "that can't be read");
    refused(Map.of("SLACK_BOT_TOKEN", TOKEN + " x"), "holds blanks");
  }

  @Test
  void aSocketNeedsTheAppsOwnToken() {
    String app = "xapp-1-A0APP-1-0123456789";
    SlackSecrets secrets =
        SlackSecrets.from(
            Map.of("SLACK_BOT_TOKEN", TOKEN, "SLACK_APP_TOKEN", app), SlackMode.SOCKET);
    assertThat(secrets.appToken()).contains(app);
    assertThat(secrets.signingSecret()).isEmpty();
    assertThatThrownBy(
            () ->
                SlackSecrets.from(
                    Map.of("SLACK_BOT_TOKEN", TOKEN, "SLACK_APP_TOKEN", TOKEN), SlackMode.SOCKET))
        .isInstanceOf(BadConfig.class)
        .hasMessageContaining("xapp-")
        .hasMessageNotContaining("0123456789");
  }

  private static void refused(Map<String, String> environment, String sentence) {
    assertThatThrownBy(() -> SlackSecrets.from(environment, SlackMode.HTTP))
        .isInstanceOf(BadConfig.class)
        .hasMessageContaining(sentence)
        .hasMessageNotContaining("0123456789");
  }
}
