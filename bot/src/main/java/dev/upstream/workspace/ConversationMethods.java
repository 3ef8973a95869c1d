package dev.upstream.workspace;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Channels: found, entered, opened, and who is in them. */
final class ConversationMethods {
  private static final Set<String> TYPES =
      Set.of("public_channel", "private_channel", "im", "mpim");

  private ConversationMethods() {}

  static List<Method> all() {
    return List.of(
        Method.of(
            "conversations.info",
            Pace.TIER_3,
            "channel include_locale include_num_members",
            ConversationMethods::info),
        Method.of(
            "conversations.members",
            Pace.TIER_4,
            "channel cursor limit",
            ConversationMethods::members),
        Method.of("conversations.join", Pace.TIER_3, "channel", ConversationMethods::join),
        Method.of(
            "conversations.open",
            Pace.TIER_3,
            "channel users return_im prevent_creation",
            ConversationMethods::open),
        Method.of(
            "conversations.list",
            Pace.TIER_2,
            "cursor exclude_archived limit team_id types",
            ConversationMethods::list));
  }

  private static ObjectNode info(Asking asking) throws Refused {
    Channel channel = asking.visible("channel");
    ObjectNode json = channel.json(asking.team());
    if (asking.given().flag("include_num_members")) {
      json.put("num_members", channel.members().size());
    }
    return with("channel", json);
  }

  private static ObjectNode members(Asking asking) throws Refused {
    Channel channel = asking.visible("channel");
    ObjectNode out = Asking.done();
    Paging.page(
        asking,
        channel.members(),
        asking.limit(100, 1_000),
        m -> m,
        TextNode::valueOf,
        out,
        "members");
    return out;
  }

  private static ObjectNode join(Asking asking) throws Refused {
    Channel channel = asking.visible("channel");
    if (channel.kind != Channel.Kind.PUBLIC) {
      throw asking.bad("method_not_supported_for_channel_type");
    }
    if (channel.isArchived()) {
      throw new Refused("is_archived");
    }
    ObjectNode out = Asking.done();
    if (channel.has(asking.team().bot)) {
      out.put("warning", "already_in_channel");
    }
    channel.join(asking.team().bot);
    out.set("channel", channel.json(asking.team()));
    return out;
  }

  /** The conversation with one person. */
  private static ObjectNode open(Asking asking) throws Refused {
    String user = asking.required("users");
    Optional<Member> person = asking.team().member(user);
    if (person.isEmpty()) {
      throw new Refused("user_not_found");
    }
    if (person.get().is(Trait.DEACTIVATED)) {
      throw new Refused("user_disabled");
    }
    if (person.get().is(Trait.BOT)) {
      throw asking.bad("cannot_dm_bot");
    }
    Channel channel = asking.team().direct(person.get());
    return with(
        "channel",
        asking.given().flag("return_im")
            ? channel.json(asking.team())
            : Asking.done().put("id", channel.id));
  }

  private static ObjectNode list(Asking asking) throws Refused {
    Set<String> types =
        new TreeSet<>(
            List.of(asking.given().find("types").orElse("public_channel").split(",", -1)));
    if (!TYPES.containsAll(types)) {
      throw asking.bad("invalid_types", types.toString());
    }
    String bot = asking.team().bot;
    List<Channel> found =
        asking.team().channels().stream()
            .filter(c -> types.contains(type(c)))
            .filter(c -> c.kind == Channel.Kind.PUBLIC || c.has(bot))
            .filter(c -> !c.isArchived() || !asking.given().flag("exclude_archived"))
            .toList();
    ObjectNode out = Asking.done();
    Paging.page(
        asking,
        found,
        asking.limit(100, 1_000),
        c -> c.id,
        c -> c.json(asking.team()).put("num_members", c.members().size()),
        out,
        "channels");
    return out;
  }

  private static String type(Channel channel) {
    return switch (channel.kind) {
      case PUBLIC -> "public_channel";
      case PRIVATE -> "private_channel";
      case DIRECT -> "im";
    };
  }

  private static ObjectNode with(String name, ObjectNode value) {
    ObjectNode out = Asking.done();
    out.set(name, value);
    return out;
  }
}
