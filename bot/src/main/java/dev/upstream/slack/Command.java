package dev.upstream.slack;

import dev.upstream.answer.Question;
import java.util.List;

/** What a person wants of {@code /upstream}. */
public sealed interface Command {
  record Check(Question question) implements Command {}

  /**
   * Which rule lets somebody read a namespace.
   *
   * @param user the id of a person
   * @param clusters empty for every one
   */
  record PolicyTest(String user, String namespace, List<String> clusters) implements Command {
    public PolicyTest {
      clusters = List.copyOf(clusters);
    }
  }

  /** Nothing was typed: the person is asked in a modal. */
  record Form() implements Command {}

  record Status() implements Command {}

  record Help() implements Command {}

  /** Not understood: a sentence that says what to type. */
  record Wrong(String sentence) implements Command {}
}
