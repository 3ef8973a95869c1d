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
            Map.of("SLACK_BOT_TOKEN", TOKEN, "SLACK_SIGNING_SECRET_FILE", file.toString()));

    assertThat(secrets.botToken()).isEqualTo(TOKEN);
    assertThat(secrets.signingSecret()).isEqualTo(SIGNING);
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

  private static void refused(Map<String, String> environment, String sentence) {
    assertThatThrownBy(() -> SlackSecrets.from(environment))
        .isInstanceOf(BadConfig.class)
        .hasMessageContaining(sentence)
        .hasMessageNotContaining("0123456789");
  }
}
