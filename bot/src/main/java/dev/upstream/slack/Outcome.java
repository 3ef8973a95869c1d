package dev.upstream.slack;

import java.time.Duration;
import java.util.Optional;

/** What one attempt at a call led to. */
sealed interface Outcome {
  /**
   * @param ts of the message, where the call made one
   */
  record Done(Optional<String> ts) implements Outcome {}

  /** Slack said no, in its own word. */
  record Refused(String error) implements Outcome {}

  /** Too many calls; nothing was done. */
  record Limited(Duration patience) implements Outcome {}

  /** Slack was not reached. */
  record NotDone(String why) implements Outcome {}

  /** The request went out, and no answer came that says what became of it. */
  record Unknown(String why) implements Outcome {}
}
