package dev.upstream.conversation;

import java.util.Optional;

/**
 * Where something is said.
 *
 * @param team the workspace's id
 * @param channel its id
 * @param thread the ts of the message that is answered, when it is said inside a thread that was
 *     there before
 */
public record Place(String team, String channel, Optional<String> thread) {
  public static Place of(String team, String channel) {
    return new Place(team, channel, Optional.empty());
  }
}
