package dev.upstream.slack;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;

/** Where answers may go. */
class SlackAccessTest {
  @Test
  void answersGoToSlackAlone() {
    SlackAccess real =
        SlackAccess.http(URI.create("https://slack.com/api/"), "xoxb-1", "a-signing-secret");
    assertThat(real.mayAnswerTo("https://hooks.slack.com/commands/T1/2/3")).isTrue();
    for (String url :
        new String[] {
          "http://hooks.slack.com/commands/T1/2/3",
          "https://hooks.slack.com:8443/commands",
          "https://hooks.slack.com.evil.example/commands",
          "https://hooks.slack.com@evil.example/commands",
          "http://169.254.169.254/latest/meta-data",
          "file:///etc/passwd",
          "not a url",
          ""
        }) {
      assertThat(real.mayAnswerTo(url)).as(url).isFalse();
    }
    SlackAccess local =
        SlackAccess.http(URI.create("http://127.0.0.1:3900/api/"), "xoxb-1", "a-signing-secret");
    assertThat(local.mayAnswerTo("http://127.0.0.1:3900/commands/T1")).isTrue();
    assertThat(local.mayAnswerTo("http://127.0.0.1:3901/commands/T1")).isFalse();
    assertThat(real.toString()).doesNotContain("xoxb").doesNotContain("signing");
  }
}
