package dev.upstream.workspace;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A call of the Web API that is being answered. */
record Asking(Server server, Team team, String method, Arguments given) {
  private static final int LONGEST_TEXT = 40_000;

  /** What a message says. */
  record Content(String text, JsonNode blocks) {}

  /** A refusal that the bot brought about by itself: it should never have sent this. */
  Refused bad(String error, String... details) {
    server.violations.add(method, error + " " + String.join("; ", details));
    return new Refused(error, List.of(details));
  }

  String get(String key) {
    return given.get(key);
  }

  String required(String key) throws Refused {
    Optional<String> value = given.find(key);
    if (value.isEmpty()) {
      throw bad("invalid_arguments", "[ERROR] missing required field: " + key);
    }
    return value.get();
  }

  int limit(int usual, int most) throws Refused {
    String limit = given.find("limit").orElse(Integer.toString(usual));
    if (!limit.matches("[1-9]\\d{0,4}") || Integer.parseInt(limit) > most) {
      throw bad("invalid_limit", limit);
    }
    return Integer.parseInt(limit);
  }

  /** A channel that the bot can find: public, or one that it is a member of. */
  Channel visible(String key) throws Refused {
    Channel channel =
        team.channel(required(key)).orElseThrow(() -> new Refused("channel_not_found"));
    if (channel.kind != Channel.Kind.PUBLIC && !channel.has(team.bot)) {
      throw new Refused("channel_not_found");
    }
    return channel;
  }

  /** A channel that the bot is a member of. */
  Channel joined(String key) throws Refused {
    Channel channel = visible(key);
    if (!channel.has(team.bot)) {
      throw new Refused("not_in_channel");
    }
    return channel;
  }

  /** A channel that the bot may write into. */
  Channel open(String key) throws Refused {
    Channel channel = joined(key);
    if (channel.isArchived()) {
      throw new Refused("is_archived");
    }
    return channel;
  }

  /** The thread to answer in, if one is named. */
  Optional<String> thread(Channel channel) throws Refused {
    Optional<String> thread = given.find("thread_ts");
    if (thread.isEmpty()) {
      return thread;
    }
    if (channel.lost(thread.get()) && !channel.replies(thread.get()).isEmpty()) {
      return thread;
    }
    Optional<Post> root = channel.find(thread.get());
    if (root.isEmpty()) {
      throw channel.lost(thread.get()) ? new Refused("thread_not_found") : bad("thread_not_found");
    }
    if (root.get().thread().isPresent()) {
      throw bad("invalid_thread_ts", "a reply is no root of a thread");
    }
    return thread;
  }

  /** The words of a message that Slack would take. */
  Content content() throws Refused {
    JsonNode blocks = given.blocks();
    List<String> problems = new ArrayList<>();
    String error = server.judge(method, given, problems);
    if (!error.isEmpty()) {
      throw bad(error, problems.toArray(String[]::new));
    }
    if (get("text").isEmpty() && blocks.isEmpty()) {
      throw bad("no_text");
    }
    if (get("text").length() > LONGEST_TEXT) {
      throw bad("msg_too_long");
    }
    if (given.flag("reply_broadcast")) {
      throw bad("invalid_arguments", "[ERROR] reply_broadcast is not played here");
    }
    if (get("parse").equals("full") || given.flag("link_names")) {
      server.violations.add(method, "asks Slack to turn words into mentions");
    }
    return new Content(get("text"), Ids.given(server, blocks));
  }

  static ObjectNode done() {
    return Arguments.JSON.createObjectNode();
  }
}
