package dev.upstream.workspace;

import java.time.Duration;

/**
 * How a bot acknowledged a request.
 *
 * @param status HTTP status; 0 when there was no answer
 * @param took until the answer was there
 */
public record Ack(int status, String body, Duration took) {
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  /** Slack gives up after three seconds and tells the person that the command failed. */
  public boolean inTime() {
    return status != 0 && took.compareTo(PATIENCE) <= 0;
  }
}
