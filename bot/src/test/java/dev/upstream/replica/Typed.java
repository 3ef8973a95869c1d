package dev.upstream.replica;

import dev.upstream.workspace.Ack;

/**
 * A check that a person asked for by a command, and how that was acknowledged.
 *
 * @param target a host
 */
record Typed(Asked asked, Ack ack) {
  /** Who asks for what, where: the same is never asked twice. */
  record Asked(String person, String channel, String target) {}

  boolean acknowledged() {
    return ack.status() == 200 && ack.inTime();
  }

  /** The acknowledgement says that the answer comes in a message that is there. */
  boolean linked() {
    return acknowledged() && ack.body().contains("is being looked at already");
  }
}
