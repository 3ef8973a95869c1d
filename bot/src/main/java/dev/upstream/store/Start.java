package dev.upstream.store;

import dev.upstream.conversation.Run;

/** Whether a run's job may do its work now. */
sealed interface Start {
  /** It is its turn, as the next attempt. */
  record Go(Run run) implements Start {}

  /**
   * Too many others are in one of its clusters.
   *
   * @param ahead how many of those who wait there go first
   */
  record Busy(int ahead) implements Start {}

  /** Its answer is found, and is to be told. */
  record Found(Run run) implements Start {}

  /** It was tried often enough. */
  record Enough(Run run) implements Start {}

  /** Nothing is left to do. */
  record Over() implements Start {}
}
