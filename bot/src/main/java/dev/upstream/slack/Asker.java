package dev.upstream.slack;

import com.slack.api.app_backend.slash_commands.payload.SlashCommandPayload;
import java.util.Optional;

/**
 * Who asked, and where.
 *
 * @param user an id
 * @param name as others know the person
 * @param responseUrl where an answer for this person alone may go, some times and not for long
 */
public record Asker(String channel, String user, String name, String responseUrl) {
  static Asker of(SlashCommandPayload payload) {
    return new Asker(
        text(payload.getChannelId()),
        text(payload.getUserId()),
        text(payload.getUserName()),
        text(payload.getResponseUrl()));
  }

  private static String text(@org.jspecify.annotations.Nullable String value) {
    return Optional.ofNullable(value).orElse("");
  }
}
