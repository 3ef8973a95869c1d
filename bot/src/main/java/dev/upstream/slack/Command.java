package dev.upstream.slack;

import dev.upstream.answer.Question;

/** What a person wants of {@code /upstream}. */
public sealed interface Command {
  record Check(Question question) implements Command {}

  record Help() implements Command {}

  /** Not understood: a sentence that says what to type. */
  record Wrong(String sentence) implements Command {}
}
