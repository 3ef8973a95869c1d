package dev.upstream.workspace;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Marks on messages and channels: reactions, pins, bookmarks. */
final class MarkMethods {
  private MarkMethods() {}

  static List<Method> all() {
    return List.of(
        Method.of("reactions.add", Pace.TIER_3, "channel name timestamp", MarkMethods::react),
        Method.of("pins.add", Pace.TIER_2, "channel timestamp", MarkMethods::pin),
        Method.of(
            "bookmarks.add",
            Pace.TIER_2,
            "channel_id title type link emoji",
            MarkMethods::bookmark));
  }

  private static ObjectNode react(Asking asking) throws Refused {
    Channel channel = asking.joined("channel");
    String name = asking.required("name");
    if (!name.matches("[a-z0-9_+'-]{1,100}")) {
      throw asking.bad("invalid_name", name);
    }
    String ts = message(asking, channel);
    if (!channel.react(ts, name, asking.team().bot)) {
      throw new Refused("already_reacted");
    }
    return Asking.done();
  }

  private static ObjectNode pin(Asking asking) throws Refused {
    Channel channel = asking.joined("channel");
    if (!channel.pin(message(asking, channel))) {
      throw new Refused("already_pinned");
    }
    return Asking.done();
  }

  private static String message(Asking asking, Channel channel) throws Refused {
    return channel
        .find(asking.required("timestamp"))
        .map(Post::ts)
        .orElseThrow(() -> new Refused("message_not_found"));
  }

  private static ObjectNode bookmark(Asking asking) throws Refused {
    Channel channel = asking.joined("channel_id");
    String title = asking.required("title");
    asking.server().violations.words("bookmarks.add title", title);
    if (!asking.required("type").equals("link")) {
      throw asking.bad("invalid_bookmark_type", asking.get("type"));
    }
    if (!asking.required("link").matches("https?://\\S{1,2990}")) {
      throw asking.bad("invalid_link", asking.get("link"));
    }
    ObjectNode out = Asking.done();
    out.putObject("bookmark")
        .put("id", "Bk0" + asking.server().nextId())
        .put("channel_id", channel.id)
        .put("title", title)
        .put("type", "link")
        .put("link", asking.get("link"));
    return out;
  }
}
