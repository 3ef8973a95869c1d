package dev.upstream.slack;

import java.util.Optional;

/**
 * One of several.
 *
 * @param value what Slack sends back: a name in plain signs
 * @param label what a person reads
 */
public record Choice(String value, String label) {
  private static final String VALUE = "[A-Za-z0-9](?:[A-Za-z0-9._/:-]{0,148}[A-Za-z0-9])?";

  public Choice {
    if (!value.matches(VALUE) || label.isBlank()) {
      throw new IllegalArgumentException("no value of a choice, or no label");
    }
  }

  /** A name that is its own label; empty when it is not what a name looks like. */
  public static Optional<Choice> named(String name) {
    return name.matches(VALUE) ? Optional.of(new Choice(name, name)) : Optional.empty();
  }
}
