package dev.upstream.workspace;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/** Messages: posted, edited, taken away, shown to one person. */
final class ChatMethods {
  private ChatMethods() {}

  static List<Method> all() {
    return List.of(
        Method.of(
            "chat.postMessage",
            Pace.POSTING,
            "channel text blocks thread_ts parse link_names mrkdwn unfurl_links unfurl_media"
                + " reply_broadcast metadata",
            ChatMethods::post),
        Method.of(
            "chat.update",
            Pace.TIER_3,
            "channel ts text blocks parse link_names as_user reply_broadcast metadata",
            ChatMethods::update),
        Method.of("chat.delete", Pace.TIER_3, "channel ts as_user", ChatMethods::delete),
        Method.of(
            "chat.postEphemeral",
            Pace.TIER_4,
            "channel user text blocks thread_ts parse link_names as_user",
            ChatMethods::whisper),
        Method.of("chat.getPermalink", Pace.SPECIAL, "channel message_ts", ChatMethods::permalink));
  }

  private static ObjectNode post(Asking asking) throws Refused {
    Channel channel = target(asking);
    Optional<String> thread = asking.thread(channel);
    JsonNode metadata = Metadata.of(asking);
    Asking.Content content = asking.content();
    Post post =
        Post.of(
                asking.server().nextTs(),
                asking.team().botMember(),
                content.text(),
                content.blocks())
            .in(thread)
            .with(metadata);
    channel.add(post);
    ObjectNode out = sent(channel, post.ts());
    out.set("message", MessageJson.of(asking.team(), channel, post, false));
    return out;
  }

  /** A channel, or the conversation with the person whose id is given. */
  private static Channel target(Asking asking) throws Refused {
    Optional<Member> person = asking.team().member(asking.required("channel"));
    if (person.isPresent() && !person.get().is(Trait.BOT)) {
      if (person.get().is(Trait.DEACTIVATED)) {
        throw new Refused("channel_not_found");
      }
      return asking.team().direct(person.get());
    }
    return asking.open("channel");
  }

  private static ObjectNode update(Asking asking) throws Refused {
    Channel channel = asking.open("channel");
    Post old = own(asking, channel, "ts", "cant_update_message");
    JsonNode metadata =
        asking.given().has("metadata") ? Metadata.of(asking) : old.metadata().deepCopy();
    Asking.Content content = asking.content();
    Post edited = old.edit(content.text(), content.blocks()).with(metadata);
    channel.replace(edited);
    ObjectNode out = sent(channel, old.ts()).put("text", content.text());
    out.set("message", MessageJson.of(asking.team(), channel, edited, false));
    return out;
  }

  private static ObjectNode delete(Asking asking) throws Refused {
    Channel channel = asking.joined("channel");
    Post old = own(asking, channel, "ts", "cant_delete_message");
    channel.remove(old.ts());
    return sent(channel, old.ts());
  }

  private static Post own(Asking asking, Channel channel, String key, String otherwise)
      throws Refused {
    Post old =
        channel.find(asking.required(key)).orElseThrow(() -> new Refused("message_not_found"));
    if (!old.authorId().equals(asking.team().bot)) {
      throw asking.bad(otherwise);
    }
    return old;
  }

  private static ObjectNode whisper(Asking asking) throws Refused {
    Channel channel = asking.open("channel");
    if (!channel.has(asking.required("user"))) {
      throw new Refused("user_not_in_channel");
    }
    Optional<String> thread = asking.thread(channel);
    Asking.Content content = asking.content();
    Post post =
        asking
            .server()
            .whispered(asking.team(), asking.get("user"), content.text(), content.blocks())
            .in(thread);
    channel.add(post);
    return Asking.done().put("message_ts", post.ts());
  }

  private static ObjectNode permalink(Asking asking) throws Refused {
    Channel channel = asking.visible("channel");
    Post post =
        channel
            .find(asking.required("message_ts"))
            .orElseThrow(() -> new Refused("message_not_found"));
    return Asking.done()
        .put("channel", channel.id)
        .put("permalink", Permalinks.of(asking.team(), channel, post));
  }

  private static ObjectNode sent(Channel channel, String ts) {
    return Asking.done().put("channel", channel.id).put("ts", ts);
  }
}
