package dev.upstream.workspace;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** A message as Slack's JSON. */
final class MessageJson {
  private MessageJson() {}

  static ObjectNode of(Team viewer, Channel channel, Post post, boolean withMetadata) {
    ObjectNode out =
        Arguments.JSON
            .createObjectNode()
            .put("type", "message")
            .put("user", post.authorId())
            .put("ts", post.ts())
            .put("text", post.text())
            .put("team", post.team());
    if (post.authorId().equals(viewer.bot)) {
      out.put("bot_id", viewer.botId()).put("app_id", BotApp.ID);
    } else if (viewer.member(post.authorId()).filter(m -> m.is(Trait.BOT)).isPresent()) {
      out.put("bot_id", "B" + post.authorId().substring(1));
    }
    if (!post.blocks().isEmpty()) {
      out.set("blocks", post.blocks().deepCopy());
    }
    if (post.edited()) {
      out.putObject("edited").put("user", post.authorId()).put("ts", post.ts());
    }
    if (withMetadata && !post.metadata().isEmpty()) {
      out.set("metadata", post.metadata().deepCopy());
    }
    files(post, out);
    thread(channel, post, out);
    ArrayNode reactions = Arguments.JSON.createArrayNode();
    channel
        .reactions(post.ts())
        .forEach(
            (name, users) -> {
              ObjectNode reaction = reactions.addObject().put("name", name);
              users.forEach(reaction.putArray("users")::add);
              reaction.put("count", users.size());
            });
    if (!reactions.isEmpty()) {
      out.set("reactions", reactions);
    }
    return out;
  }

  private static void files(Post post, ObjectNode out) {
    if (!post.files().isEmpty()) {
      out.put("upload", false);
      ArrayNode files = out.putArray("files");
      post.files()
          .forEach(
              f ->
                  files
                      .addObject()
                      .put("id", f.id())
                      .put("name", f.name())
                      .put("title", f.title())
                      .put("size", f.size())
                      .put("mode", "hosted"));
    }
  }

  private static void thread(Channel channel, Post post, ObjectNode out) {
    if (post.thread().isPresent()) {
      String root = post.thread().get();
      out.put("thread_ts", root);
      channel.find(root).ifPresent(r -> out.put("parent_user_id", r.authorId()));
      return;
    }
    List<Post> replies = channel.replies(post.ts());
    if (!replies.isEmpty()) {
      out.put("thread_ts", post.ts()).put("reply_count", replies.size());
      out.put("latest_reply", replies.getLast().ts());
      List<String> users = replies.stream().map(Post::authorId).distinct().toList();
      out.put("reply_users_count", users.size());
      users.forEach(out.putArray("reply_users")::add);
    }
  }

  /** What stands in the place of a root that was taken away while replies remain. */
  static ObjectNode tombstone(String ts) {
    return Arguments.JSON
        .createObjectNode()
        .put("type", "message")
        .put("subtype", "tombstone")
        .put("hidden", true)
        .put("user", "USLACKBOT")
        .put("text", "This message was deleted.")
        .put("ts", ts)
        .put("thread_ts", ts);
  }
}
