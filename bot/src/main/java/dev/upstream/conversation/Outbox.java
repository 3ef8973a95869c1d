package dev.upstream.conversation;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What should be said, until Slack has it. Every message is in the hands of one courier at a time,
 * over all replicas; messages of one thread go in their order.
 */
public interface Outbox {
  /** Between two edits of a message, but for its last one. */
  Duration EDIT_EVERY = Duration.ofMillis(2_500);

  /**
   * Wants all of it or nothing; a revision that is not newer than the known one changes nothing.
   */
  void want(List<Wanted> messages, Instant now);

  /**
   * Takes messages that may go now: due, in order, and with a call to spare behind their door. What
   * was in the hands of a courier that did not report in time comes as unknown.
   */
  List<Taken> take(int most, Duration lease, Instant now);

  /**
   * @param ts of the message; empty when there is none, as for a whisper
   */
  void sent(Taken message, Optional<String> ts, Instant now);

  /** The file is uploaded, and will be shared under this id; empty when Slack lost it. */
  void uploaded(Taken message, Optional<String> file);

  /** It surely did not happen. */
  void later(Taken message, Instant at, String why);

  /** Nobody knows whether it happened. */
  void unknown(Taken message, Instant at, String why);

  /**
   * The message is gone, or Slack lets nobody edit it any more: it is posted anew, unless a newer
   * state is wanted by now, which finds out for itself.
   */
  void gone(Taken message, Content.Post anew, Instant now);

  /**
   * Slack will never take it, nor what waits for it in its thread.
   *
   * @param instead what is said in its place, in the same step; whoever was led to this message is
   *     whispered the same as its asker
   */
  void failed(Taken message, String why, List<Wanted> instead, Instant now);

  /** Takes one call, if the door is open; else says when to try again. */
  Optional<Instant> reserve(Door door, Instant now);

  /** Slack asked for patience: nobody calls before then. */
  void close(Door door, Instant until);

  /** How many messages wait, due or not. */
  long waiting();

  /** Where a message of ours is in Slack. */
  Optional<String> ts(String message);
}
