package dev.upstream.slack;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonParser;
import com.slack.api.util.json.GsonFactory;
import dev.upstream.conversation.Content;
import dev.upstream.slack.OutgoingGuard.Outgoing;
import java.util.List;
import java.util.Optional;

/** Messages that passed the guard, as the outbox keeps them. */
public final class Contents {
  private static final Gson JSON = GsonFactory.createSnakeCase();

  private static final int MOST_BLOCKS = 50;
  private static final String REPLACES =
      "This replaces my earlier message, which Slack does not let me edit any more.";

  private Contents() {}

  public static Content.Post post(Outgoing message) {
    return new Content.Post(JSON.toJson(message.blocks()), message.text());
  }

  /** The same, in the place of an older message that stays as it was. */
  static Content.Post replacing(Content.Post post) {
    JsonArray blocks = JsonParser.parseString(post.blocks()).getAsJsonArray();
    if (blocks.size() < MOST_BLOCKS) {
      OutgoingGuard guard = new OutgoingGuard(List.of());
      Outgoing note = guard.pass(new Message(REPLACES, List.of(Block.Context.plain(REPLACES))));
      blocks.addAll(JSON.toJsonTree(note.blocks()).getAsJsonArray());
    }
    return new Content.Post(JSON.toJson(blocks), post.text());
  }

  /**
   * @param responseUrl where a command or a click may be answered
   */
  public static Content.Whisper whisper(
      String user, Optional<String> responseUrl, Outgoing message) {
    return new Content.Whisper(user, responseUrl, JSON.toJson(message.blocks()), message.text());
  }
}
