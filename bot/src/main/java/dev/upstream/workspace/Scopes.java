package dev.upstream.workspace;

import java.util.Map;
import java.util.Optional;

/** Which leave a method needs. */
final class Scopes {
  private static final Map<String, String> OF_METHODS =
      Map.ofEntries(
          Map.entry("chat.postMessage", "chat:write"),
          Map.entry("chat.update", "chat:write"),
          Map.entry("chat.delete", "chat:write"),
          Map.entry("chat.postEphemeral", "chat:write"),
          Map.entry("users.info", "users:read"),
          Map.entry("users.list", "users:read"),
          Map.entry("usergroups.list", "usergroups:read"),
          Map.entry("usergroups.users.list", "usergroups:read"),
          Map.entry("files.getUploadURLExternal", "files:write"),
          Map.entry("files.completeUploadExternal", "files:write"),
          Map.entry("files.info", "files:read"),
          Map.entry("conversations.join", "channels:join"),
          Map.entry("conversations.open", "im:write"),
          Map.entry("conversations.list", "channels:read"),
          Map.entry("reactions.add", "reactions:write"),
          Map.entry("reactions.get", "reactions:read"),
          Map.entry("pins.add", "pins:write"),
          Map.entry("bookmarks.add", "bookmarks:write"));

  /** What these need depends on the channel. */
  private static final Map<String, String> OF_CHANNELS =
      Map.of(
          "conversations.info", "read",
          "conversations.members", "read",
          "conversations.history", "history",
          "conversations.replies", "history");

  private Scopes() {}

  /** Nothing for a method that every token may call. */
  static Optional<String> needed(String method, Optional<Channel> channel) {
    return Optional.ofNullable(OF_METHODS.get(method))
        .or(
            () ->
                Optional.ofNullable(OF_CHANNELS.get(method))
                    .flatMap(right -> channel.map(c -> room(c) + ":" + right)));
  }

  private static String room(Channel channel) {
    return switch (channel.kind) {
      case PUBLIC -> "channels";
      case PRIVATE -> "groups";
      case DIRECT -> "im";
    };
  }
}
