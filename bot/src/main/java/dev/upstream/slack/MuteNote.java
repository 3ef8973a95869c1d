package dev.upstream.slack;

import dev.upstream.conversation.Mute;
import java.time.Instant;

/**
 * That somebody knows of a finding and does not want to be told.
 *
 * @param by as others know the person
 */
public record MuteNote(String by, Instant until, String reason) {
  static MuteNote of(Mute mute) {
    return new MuteNote(mute.by().name(), mute.until(), mute.reason());
  }

  /**
   * {@code Muted by ana until Sat 21 Nov 11:16 UTC: known, a fix is under way.} It stays there for
   * hours, so that no "in 1 hour" would stay true.
   */
  String words(Times times) {
    return "Muted by " + by + " until " + times.minute(until) + ": " + why();
  }

  /** The reason as a sentence. */
  String why() {
    String why = reason.strip();
    return why + (why.endsWith(".") || why.endsWith("!") || why.endsWith("?") ? "" : ".");
  }
}
