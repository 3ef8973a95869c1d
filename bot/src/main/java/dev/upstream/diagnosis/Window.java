package dev.upstream.diagnosis;

import java.time.Duration;
import java.time.Instant;

/**
 * The time in which a log line, event or metric is a symptom of now (RULES.md R3): within five
 * minutes, and later than the last edit or readiness change on the path.
 */
public record Window(Instant from, Instant now) {
  private static final Duration LENGTH = Duration.ofMinutes(5);

  /** Times of edits are whole seconds, and proxies need about another one to follow. */
  private static final Duration EDIT_SETTLES = Duration.ofSeconds(2);

  static Window of(Instant now, Instant lastChange) {
    Instant settled = lastChange.plus(EDIT_SETTLES);
    Instant longest = now.minus(LENGTH);
    return new Window(settled.isAfter(longest) ? settled : longest, now);
  }

  /** Everything until now. */
  static Window whole(Instant now) {
    return new Window(Instant.EPOCH, now);
  }

  public boolean holds(Instant time) {
    return !time.isBefore(from) && !time.isAfter(now.plusSeconds(60));
  }
}
