package dev.upstream.slack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Slack's own published example of a signature, and what differs from it. */
class RequestSignatureTest {
  private static final String SECRET = "8f742231b10e8888abcd99yyyzzz85a5";
  private static final Instant SENT = Instant.ofEpochSecond(1531420618);
  private static final byte[] BODY =
      ("token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V"
           + "&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect"
           + "&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554"
           + "%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447"
           + "fce8b6703c")
          .getBytes(StandardCharsets.UTF_8);
  private static final String SIGNATURE =
      "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503";

  private static Optional<String> refusal(Instant now, String timestamp, String signature) {
    return new RequestSignature(Optional.of(SECRET), InstantSource.fixed(now))
        .refusal(Optional.of(timestamp), Optional.of(signature), BODY);
  }

  @Test
  void slacksExampleIsTaken() {
    assertThat(refusal(SENT, "1531420618", SIGNATURE)).isEmpty();
    assertThat(refusal(SENT.plusSeconds(300), "1531420618", SIGNATURE)).isEmpty();
  }

  @Test
  void whatComesASecondTimeIsNoticed() {
    RequestSignature signature =
        new RequestSignature(Optional.of(SECRET), InstantSource.fixed(SENT));
    assertThat(signature.again(SIGNATURE)).isFalse();
    assertThat(signature.again("v0=another")).isFalse();
    assertThat(signature.again(SIGNATURE)).isTrue();
    IntStream.range(0, 20_000).forEach(i -> signature.again("v0=" + i));
    assertThat(signature.again(SIGNATURE)).as("only the latest are kept").isFalse();
  }

  @Test
  void whatDiffersIsRefused() {
    assertThat(refusal(SENT.plusSeconds(301), "1531420618", SIGNATURE))
        .contains("old or future timestamp");
    assertThat(refusal(SENT.minusSeconds(301), "1531420618", SIGNATURE))
        .contains("old or future timestamp");
    assertThat(refusal(SENT, "1531420617", SIGNATURE)).contains("wrong signature");
    assertThat(refusal(SENT, "1531420618", SIGNATURE.replace('2', '3')))
        .contains("wrong signature");
    assertThat(refusal(SENT, "-1", SIGNATURE)).contains("no timestamp");
    assertThat(refusal(SENT, "99999999999", SIGNATURE)).contains("old or future timestamp");
  }
}
