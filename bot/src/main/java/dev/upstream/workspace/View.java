package dev.upstream.workspace;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A modal or a Home of one person; whoever uses it holds the server's lock. */
final class View {
  final String id;
  final Team team;
  final Member who;
  final String root;
  final Optional<String> previous;
  private ObjectNode definition = Arguments.JSON.createObjectNode();
  private ObjectNode values = Arguments.JSON.createObjectNode();
  private String hash = "";
  private Map<String, String> errors = Map.of();

  View(String id, Team team, Member who, String root, Optional<String> previous) {
    this.id = id;
    this.team = team;
    this.who = who;
    this.root = root;
    this.previous = previous;
  }

  /** Shows something else; what was typed stays where block and action keep their ids. */
  void define(Server server, JsonNode given) {
    ObjectNode copy = given.deepCopy();
    copy.set("blocks", Ids.given(server, given.path("blocks")));
    definition = copy;
    values = StateValues.of(blocks(), values);
    hash = server.nextTs() + "." + Long.toHexString(server.nextId());
    errors = Map.of();
  }

  JsonNode blocks() {
    return definition.path("blocks");
  }

  ObjectNode values() {
    return values;
  }

  void put(String block, String action, ObjectNode value) {
    values.withObject("/" + block.replace("~", "~0").replace("/", "~1")).set(action, value);
  }

  boolean isModal() {
    return definition.path("type").asText().equals("modal");
  }

  JsonNode get(String key) {
    return definition.path(key);
  }

  String hash() {
    return hash;
  }

  void fail(Map<String, String> newErrors) {
    errors = new TreeMap<>(newErrors);
  }

  /** By block, what the bot did not accept. */
  Map<String, String> errors() {
    return errors;
  }

  ObjectNode json() {
    ObjectNode out = Arguments.JSON.createObjectNode().put("id", id).put("team_id", team.id);
    out.setAll(definition.deepCopy());
    for (String key : new String[] {"private_metadata", "callback_id", "external_id"}) {
      out.put(key, definition.path(key).asText());
    }
    for (String key : new String[] {"title", "submit", "close"}) {
      if (!out.has(key)) {
        out.putNull(key);
      }
    }
    out.put("clear_on_close", definition.path("clear_on_close").asBoolean())
        .put("notify_on_close", definition.path("notify_on_close").asBoolean())
        .put("hash", hash)
        .put("root_view_id", root)
        .put("app_id", BotApp.ID)
        .put("app_installed_team_id", team.id)
        .put("bot_id", team.botId());
    previous.ifPresentOrElse(
        p -> out.put("previous_view_id", p), () -> out.putNull("previous_view_id"));
    out.putObject("state").set("values", values.deepCopy());
    return out;
  }
}
