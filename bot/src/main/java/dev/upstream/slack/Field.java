package dev.upstream.slack;

import java.util.List;
import java.util.Optional;

/** How something is filled in. */
public sealed interface Field {
  /** Chosen out of what the bot suggests while the person types. */
  record Pick(String placeholder, Optional<Choice> chosen) implements Field {}

  /** One of a few. */
  record OneOf(List<Choice> choices, Choice chosen) implements Field {
    public OneOf {
      choices = List.copyOf(choices);
      if (!choices.contains(chosen) || choices.size() > 10) {
        throw new IllegalArgumentException("at most 10 choices, and one of them is chosen");
      }
    }
  }

  /**
   * Typed.
   *
   * @param most characters, at most 3,000
   */
  record Typed(String placeholder, String initial, int most, boolean lines) implements Field {}
}
