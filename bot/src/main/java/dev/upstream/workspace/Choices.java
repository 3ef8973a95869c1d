package dev.upstream.workspace;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** The options of an element, in groups or not. */
final class Choices {
  private Choices() {}

  static List<JsonNode> of(JsonNode holder) {
    List<JsonNode> found = new ArrayList<>();
    holder.path("options").forEach(found::add);
    holder.path("option_groups").forEach(g -> g.path("options").forEach(found::add));
    return found;
  }
}
