package dev.upstream.slack;

import com.google.gson.Gson;
import com.slack.api.util.json.GsonFactory;
import dev.upstream.conversation.Content;
import dev.upstream.slack.OutgoingGuard.Outgoing;
import java.util.Optional;

/** Messages that passed the guard, as the outbox keeps them. */
public final class Contents {
  private static final Gson JSON = GsonFactory.createSnakeCase();

  private Contents() {}

  public static Content.Post post(Outgoing message) {
    return new Content.Post(JSON.toJson(message.blocks()), message.text());
  }

  /**
   * @param responseUrl where a command or a click may be answered
   */
  public static Content.Whisper whisper(
      String user, Optional<String> responseUrl, Outgoing message) {
    return new Content.Whisper(user, responseUrl, JSON.toJson(message.blocks()), message.text());
  }
}
