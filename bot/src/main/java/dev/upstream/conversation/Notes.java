package dev.upstream.conversation;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What people said about answers, and what they chose. */
public interface Notes {
  /**
   * Replaces the person's own mute of the same finding.
   *
   * @return somebody else's, which still holds; then nothing changes
   */
  Optional<Mute> mute(Mute mute);

  /**
   * @return whether it was muted
   */
  boolean unmute(String finding);

  /** What is muted at this time. */
  List<Mute> mutes(Instant now);

  void feedback(Feedback feedback);

  List<Feedback> feedback(String run);

  /** What was said about every answer that is kept, the newest first. */
  List<Feedback> feedback();

  /** Remembers a small value; a new one replaces it. */
  void choose(String key, String value, Instant until);

  Optional<String> chosen(String key, Instant now);

  /**
   * Remembers a small value where none is remembered yet.
   *
   * @return the one that is
   */
  Optional<String> chosenOnce(String key, String value, Instant now, Instant until);
}
