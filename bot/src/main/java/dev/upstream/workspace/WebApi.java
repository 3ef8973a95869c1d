package dev.upstream.workspace;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The methods of the Web API that the bot uses, with Slack's own refusals. */
final class WebApi {
  private static final int LONGEST_TEXT = 40_000;
  private static final Map<String, Set<String>> KNOWN =
      Map.of(
          "auth.test",
          Set.of(),
          "chat.postMessage",
          Set.of(
              "channel",
              "text",
              "blocks",
              "thread_ts",
              "parse",
              "link_names",
              "mrkdwn",
              "unfurl_links",
              "unfurl_media",
              "reply_broadcast",
              "metadata"),
          "chat.update",
          Set.of(
              "channel",
              "ts",
              "text",
              "blocks",
              "parse",
              "link_names",
              "as_user",
              "reply_broadcast",
              "metadata"),
          "chat.delete",
          Set.of("channel", "ts", "as_user"),
          "chat.postEphemeral",
          Set.of(
              "channel", "user", "text", "blocks", "thread_ts", "parse", "link_names", "as_user"));

  private final State state;

  WebApi(State state) {
    this.state = state;
  }

  /** A refusal in Slack's words. */
  private static final class Refused extends Exception {
    private static final long serialVersionUID = 1;
    private final transient List<String> details;

    Refused(String error, List<String> details) {
      super(error, null, false, false);
      this.details = List.copyOf(details);
    }

    Refused(String error) {
      this(error, List.of());
    }
  }

  /**
   * Answers a call.
   *
   * @param authorization the header, as it came
   */
  ObjectNode answer(String method, String authorization, Optional<Arguments> arguments) {
    ObjectNode out = Arguments.JSON.createObjectNode();
    String error = "";
    try {
      ObjectNode more = run(method, authorization, arguments);
      out.put("ok", true).setAll(more);
    } catch (Refused e) {
      error = String.valueOf(e.getMessage());
      out.put("ok", false).put("error", error);
      e.details.forEach(d -> out.withObject("/response_metadata").withArray("/messages").add(d));
    }
    state.calls.add(new Call(method, arguments.map(Arguments::all).orElse(Map.of()), error));
    return out;
  }

  private ObjectNode run(String method, String authorization, Optional<Arguments> arguments)
      throws Refused {
    if (!KNOWN.containsKey(method)) {
      state.violations.add(method, "unknown_method");
      throw new Refused("unknown_method");
    }
    if (authorization.isEmpty()) {
      throw new Refused("not_authed");
    }
    if (!authorization.equals("Bearer " + state.botToken)) {
      throw new Refused("invalid_auth");
    }
    Arguments given = arguments.orElseThrow(() -> bad(method, "invalid_form_data", List.of()));
    for (String key : given.all().keySet()) {
      if (!KNOWN.getOrDefault(method, Set.of()).contains(key)) {
        throw bad(method, "invalid_arguments", List.of("[ERROR] unknown argument: " + key));
      }
    }
    return switch (method) {
      case "auth.test" -> identity();
      case "chat.postMessage" -> post(given);
      case "chat.update" -> update(given);
      case "chat.delete" -> delete(given);
      default -> whisper(given);
    };
  }

  /** A refusal that the bot brought about by itself: it should never have sent this. */
  private Refused bad(String method, String error, List<String> details) {
    state.violations.add(method, error + " " + String.join("; ", details));
    return new Refused(error, details);
  }

  private ObjectNode identity() {
    return Arguments.JSON
        .createObjectNode()
        .put("url", "https://" + State.TEAM_DOMAIN + ".slack.com/")
        .put("team", State.TEAM_DOMAIN)
        .put("user", state.botName)
        .put("team_id", State.TEAM)
        .put("user_id", State.BOT)
        .put("bot_id", "B0BOT");
  }

  private ObjectNode post(Arguments given) throws Refused {
    Channel channel = joined(given);
    Optional<String> thread = given.find("thread_ts");
    if (thread.isPresent() && channel.find(thread.get()).isEmpty()) {
      throw bad("chat.postMessage", "thread_not_found", List.of());
    }
    JsonNode blocks = content("chat.postMessage", given);
    Post post =
        new Post(
            state.nextTs(),
            thread,
            Optional.empty(),
            state.botName,
            given.get("text"),
            blocks,
            false);
    channel.add(post);
    return sent(channel, post.ts());
  }

  private ObjectNode update(Arguments given) throws Refused {
    Channel channel = joined(given);
    Post old = channel.find(given.get("ts")).orElseThrow(() -> new Refused("message_not_found"));
    if (!old.author().equals(state.botName)) {
      throw bad("chat.update", "cant_update_message", List.of());
    }
    JsonNode blocks = content("chat.update", given);
    channel.replace(old.edit(given.get("text"), blocks));
    return sent(channel, old.ts()).put("text", given.get("text"));
  }

  private ObjectNode delete(Arguments given) throws Refused {
    Channel channel = joined(given);
    Post old = channel.find(given.get("ts")).orElseThrow(() -> new Refused("message_not_found"));
    if (!old.author().equals(state.botName)) {
      throw bad("chat.delete", "cant_delete_message", List.of());
    }
    channel.remove(old.ts());
    return sent(channel, old.ts());
  }

  private ObjectNode whisper(Arguments given) throws Refused {
    Channel channel = joined(given);
    if (!channel.has(given.get("user"))) {
      throw new Refused("user_not_in_channel");
    }
    JsonNode blocks = content("chat.postEphemeral", given);
    Post post = state.whispered(given.get("user"), given.get("text"), blocks);
    channel.add(post);
    return Arguments.JSON.createObjectNode().put("message_ts", post.ts());
  }

  private Channel joined(Arguments given) throws Refused {
    Channel channel =
        state.channel(given.get("channel")).orElseThrow(() -> new Refused("channel_not_found"));
    if (!channel.has(State.BOT)) {
      throw new Refused(channel.isPrivate ? "channel_not_found" : "not_in_channel");
    }
    return channel;
  }

  /** The blocks of a message that Slack would take. */
  private JsonNode content(String where, Arguments given) throws Refused {
    JsonNode blocks = given.blocks();
    List<String> problems = new ArrayList<>();
    String error = state.judge(where, given.get("text"), blocks, problems);
    if (!error.isEmpty()) {
      throw bad(where, error, problems);
    }
    if (given.get("text").isEmpty() && blocks.isEmpty()) {
      throw bad(where, "no_text", List.of());
    }
    if (given.get("text").length() > LONGEST_TEXT) {
      throw bad(where, "msg_too_long", List.of());
    }
    if (given.get("parse").equals("full") || given.get("link_names").matches("1|true")) {
      state.violations.add(where, "asks Slack to turn words into mentions");
    }
    return blocks;
  }

  private static ObjectNode sent(Channel channel, String ts) {
    return Arguments.JSON.createObjectNode().put("channel", channel.id).put("ts", ts);
  }
}
