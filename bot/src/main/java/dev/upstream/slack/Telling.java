package dev.upstream.slack;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/**
 * What a story is told with, besides the answer.
 *
 * @param check what the buttons carry
 * @param asker who asked, as others know the person
 * @param zone in which times are shown
 * @param now the time on the wall; what was seen long before it is a recording
 * @param notShown a sentence that says what of the answer the channel may not see
 */
public record Telling(
    Handle check, String asker, ZoneId zone, Instant now, Optional<String> notShown) {
  public static Telling of(Handle check, String asker, ZoneId zone, Instant now) {
    return new Telling(check, asker, zone, now, Optional.empty());
  }
}
