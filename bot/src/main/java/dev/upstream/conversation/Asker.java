package dev.upstream.conversation;

import java.util.Optional;

/**
 * Who asked, and where.
 *
 * @param responseUrl where an answer for this person alone may go, five times within half an hour
 */
public record Asker(Person person, Place place, Optional<String> responseUrl) {
  @Override
  public String toString() {
    return "Asker[" + person + ", " + place + "]";
  }
}
