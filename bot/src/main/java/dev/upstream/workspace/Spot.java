package dev.upstream.workspace;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Where somebody finds a button or a field: a message, or a view. */
sealed interface Spot {
  /**
   * A message as somebody has it before him.
   *
   * @param team whose bot wrote it
   */
  record OnMessage(Team team, Channel channel, Post post) implements Spot {}

  /** A modal or a Home. */
  record OnView(View view) implements Spot {}

  /**
   * An element in its block.
   *
   * @param silent whether what is done to it is told only when the modal is submitted
   */
  record Found(JsonNode block, JsonNode element, boolean silent) {
    String blockId() {
      return block.path("block_id").asText();
    }

    String actionId() {
      return element.path("action_id").asText();
    }

    String type() {
      return element.path("type").asText();
    }
  }

  default JsonNode blocks() {
    return switch (this) {
      case OnMessage m -> m.post().blocks();
      case OnView v -> v.view().blocks();
    };
  }

  default Team team() {
    return switch (this) {
      case OnMessage m -> m.team();
      case OnView v -> v.view().team;
    };
  }

  /**
   * The one element that is meant.
   *
   * @param action its action id, or the words on it, or {@code block_id/action_id}, or {@code
   *     action_id=value}
   */
  default Found find(String action) {
    List<Found> found = all().stream().filter(f -> isMeant(f, action)).toList();
    if (found.size() != 1) {
      throw new Impossible(
          (found.isEmpty() ? "there is no " : "there are several of ")
              + action
              + " among "
              + all().stream().map(Found::actionId).toList());
    }
    return found.getFirst();
  }

  default List<Found> all() {
    List<Found> all = new ArrayList<>();
    for (JsonNode block : blocks()) {
      List<JsonNode> elements = new ArrayList<>();
      block.path("elements").forEach(elements::add);
      elements.add(block.path("accessory"));
      elements.add(block.path("element"));
      boolean silent =
          block.path("type").asText().equals("input") && !block.path("dispatch_action").asBoolean();
      elements.stream().filter(Elements::acts).forEach(e -> all.add(new Found(block, e, silent)));
    }
    return all;
  }

  private static boolean isMeant(Found found, String action) {
    return action.equals(found.actionId())
        || action.equals(found.element().path("text").path("text").asText())
        || action.equals(found.block().path("label").path("text").asText())
        || action.equals(found.blockId() + "/" + found.actionId())
        || action.equals(found.actionId() + "=" + found.element().path("value").asText());
  }
}
