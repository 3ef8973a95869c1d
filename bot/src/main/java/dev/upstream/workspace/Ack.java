package dev.upstream.workspace;

import java.time.Duration;

/**
 * How a bot acknowledged a request.
 *
 * @param status HTTP status; 0 when there was no answer
 * @param took until the answer was there, or it was known that none comes
 * @param patience how long Slack waited; then it told the person that the command failed
 */
public record Ack(int status, String body, Duration took, Duration patience) {
  static final Duration USUAL = Duration.ofSeconds(3);

  static Ack of(int status, String body, Duration took) {
    return new Ack(status, body, took, USUAL);
  }

  Ack within(Duration newPatience) {
    return new Ack(status, body, took, newPatience);
  }

  public boolean inTime() {
    return status != 0 && !late();
  }

  boolean late() {
    return took.compareTo(patience) > 0;
  }

  /** Whether Slack does what it says. */
  boolean taken() {
    return status == 200 && inTime();
  }
}
