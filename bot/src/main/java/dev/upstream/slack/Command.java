package dev.upstream.slack;

import dev.upstream.answer.Question;
import java.util.Optional;

/** What a person wants of {@code /upstream}. */
public sealed interface Command {
  record Check(Question question) implements Command {}

  /** Nothing was typed: the person is asked in a modal. */
  record Form() implements Command {}

  record Status() implements Command {}

  record Help() implements Command {}

  /**
   * Which rule lets somebody read.
   *
   * @param user an id, as Slack sends it for a mention
   * @param cluster empty for every one
   */
  record PolicyTest(String user, String namespace, Optional<String> cluster) implements Command {}

  /** Not understood: a sentence that says what to type. */
  record Wrong(String sentence) implements Command {}
}
