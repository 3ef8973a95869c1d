package dev.upstream.slack;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What is remembered of requests, and where answers may go. */
class DeliveriesTest {
  @Test
  void aRequestIsTakenOnceUntilItIsForgotten() {
    AtomicReference<Instant> now = new AtomicReference<>(Case1.NOW);
    Deliveries deliveries = new Deliveries(now::get);
    assertThat(deliveries.first("a")).isTrue();
    assertThat(deliveries.first("a")).isFalse();
    assertThat(deliveries.first("b")).isTrue();
    now.set(Case1.NOW.plusSeconds(1_800));
    assertThat(deliveries.first("a")).isFalse();
    now.set(Case1.NOW.plusSeconds(1_801));
    assertThat(deliveries.first("a")).isTrue();
  }

  @Test
  void memoryIsBounded() {
    Deliveries deliveries = new Deliveries(() -> Case1.NOW);
    for (int i = 0; i < 20_001; i++) {
      assertThat(deliveries.first("request " + i)).isTrue();
    }
    assertThat(deliveries.first("request 0")).isTrue();
    assertThat(deliveries.first("request 20000")).isFalse();
  }

  @Test
  void answersGoToSlackAlone() {
    SlackAccess real =
        new SlackAccess(URI.create("https://slack.com/api/"), "xoxb-1", "a-signing-secret");
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
        new SlackAccess(URI.create("http://127.0.0.1:3900/api/"), "xoxb-1", "a-signing-secret");
    assertThat(local.mayAnswerTo("http://127.0.0.1:3900/commands/T1")).isTrue();
    assertThat(local.mayAnswerTo("http://127.0.0.1:3901/commands/T1")).isFalse();
    assertThat(real.toString()).doesNotContain("xoxb").doesNotContain("signing");
  }
}
