package dev.upstream.workspace;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Gives blocks and their elements the ids that the bot left out, as Slack does. */
final class Ids {
  private Ids() {}

  static JsonNode given(Server server, JsonNode blocks) {
    JsonNode copy = blocks.deepCopy();
    for (JsonNode block : copy) {
      if (block instanceof ObjectNode object) {
        give(server, object, "block_id");
        block.path("elements").forEach(e -> act(server, e));
        act(server, block.path("accessory"));
        act(server, block.path("element"));
      }
    }
    return copy;
  }

  private static void act(Server server, JsonNode element) {
    if (element instanceof ObjectNode object && Elements.acts(object)) {
      give(server, object, "action_id");
    }
  }

  private static void give(Server server, ObjectNode node, String key) {
    if (node.path(key).asText().isEmpty()) {
      node.put(key, "+" + Long.toString(60_000_000 + server.nextId(), 36));
    }
  }
}
