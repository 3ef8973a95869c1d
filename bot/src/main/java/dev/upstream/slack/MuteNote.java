package dev.upstream.slack;

import java.time.Instant;

/**
 * That somebody knows of a finding and does not want to be told.
 *
 * @param by as others know the person
 */
public record MuteNote(String by, Instant until, String reason) {
  /** {@code Muted by ana until 11:16:00 UTC, in 1 hour: known, a fix is under way.} */
  String words(Times times) {
    String why = reason.strip();
    return "Muted by "
        + by
        + " until "
        + times.until(until)
        + ": "
        + why
        + (why.endsWith(".") || why.endsWith("!") || why.endsWith("?") ? "" : ".");
  }
}
