package dev.upstream.workspace;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What was said in a channel. */
final class HistoryMethods {
  private HistoryMethods() {}

  static List<Method> all() {
    return List.of(
        Method.of(
            "conversations.history",
            Pace.TIER_3,
            "channel cursor latest oldest inclusive limit include_all_metadata",
            HistoryMethods::history),
        Method.of(
            "conversations.replies",
            Pace.TIER_3,
            "channel ts cursor latest oldest inclusive limit include_all_metadata",
            HistoryMethods::replies));
  }

  /** Newest first, without replies. */
  private static ObjectNode history(Asking asking) throws Refused {
    Channel channel = asking.joined("channel");
    List<Post> found = new ArrayList<>();
    for (Post post : channel.posts().reversed()) {
      if (post.onlyFor().isEmpty() && post.thread().isEmpty() && within(asking, post.ts())) {
        found.add(post);
      }
    }
    ObjectNode out = Asking.done();
    boolean more =
        Paging.page(
            asking,
            found,
            asking.limit(100, 999),
            Post::ts,
            p -> json(asking, channel, p),
            out,
            "messages");
    return out.put("has_more", more).put("pin_count", 0);
  }

  /** The root, then its replies, oldest first. */
  private static ObjectNode replies(Asking asking) throws Refused {
    Channel channel = asking.joined("channel");
    String ts = asking.required("ts");
    Optional<Post> root = channel.find(ts);
    List<Post> replies = channel.replies(ts);
    if (root.isEmpty() && replies.isEmpty()) {
      throw new Refused("thread_not_found");
    }
    List<String> shown = new ArrayList<>();
    shown.add(ts);
    for (Post reply : replies) {
      if (within(asking, reply.ts())) {
        shown.add(reply.ts());
      }
    }
    ObjectNode out = Asking.done();
    boolean more =
        Paging.page(
            asking,
            shown,
            asking.limit(1_000, 1_000),
            s -> s,
            s ->
                channel
                    .find(s)
                    .map(p -> json(asking, channel, p))
                    .orElseGet(() -> MessageJson.tombstone(s)),
            out,
            "messages");
    return out.put("has_more", more);
  }

  private static ObjectNode json(Asking asking, Channel channel, Post post) {
    return MessageJson.of(
        asking.team(), channel, post, asking.given().flag("include_all_metadata"));
  }

  private static boolean within(Asking asking, String ts) throws Refused {
    boolean inclusive = asking.given().flag("inclusive");
    int afterOldest = new BigDecimal(ts).compareTo(bound(asking, "oldest", "0"));
    int beforeLatest = bound(asking, "latest", "99999999999").compareTo(new BigDecimal(ts));
    return inclusive ? afterOldest >= 0 && beforeLatest >= 0 : afterOldest > 0 && beforeLatest > 0;
  }

  private static BigDecimal bound(Asking asking, String key, String usual) throws Refused {
    String ts = asking.given().find(key).orElse(usual);
    if (!ts.matches("\\d{1,12}(\\.\\d{1,6})?")) {
      throw asking.bad("invalid_ts_" + key, ts);
    }
    return new BigDecimal(ts);
  }
}
