package dev.upstream.conversation;

import java.util.Optional;

/** What became of somebody's wish for a check (RULES.md R20). */
public sealed interface Begun {
  /** A check of its own. */
  record New(Run run) implements Begun {}

  /** The same check is in flight; it will answer here too, under the headline that was given. */
  record Joined(Run run) implements Begun {}

  /**
   * The same check is in flight, and this channel has its headline already: the one given is not
   * needed.
   *
   * @param ts of that headline, once Slack took it
   */
  record Linked(Run run, String headline, Optional<String> ts) implements Begun {}

  /** The request was taken before, by this replica or another. */
  record Duplicate() implements Begun {}
}
