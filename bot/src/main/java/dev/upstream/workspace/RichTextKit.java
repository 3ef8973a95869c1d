package dev.upstream.workspace;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;

/** Checks rich text as Slack does; nothing in its words is ever read as markup. */
final class RichTextKit {
  private final Kit kit;

  RichTextKit(Kit kit) {
    this.kit = kit;
  }

  void check(JsonNode elements, String at) {
    if (kit.size(elements, 1, Integer.MAX_VALUE, at)) {
      for (int i = 0; i < elements.size(); i++) {
        element(elements.get(i), at + "/" + i);
      }
    }
  }

  private void element(JsonNode element, String at) {
    String type = element.path("type").asText();
    switch (type) {
      case "rich_text_section", "rich_text_quote", "rich_text_preformatted" -> {
        kit.keys(element, "type elements border language", at);
        parts(element.path("elements"), at + "/elements");
      }
      case "rich_text_list" -> {
        kit.keys(element, "type elements style indent offset border", at);
        kit.oneOf(element, "style", Set.of("bullet", "ordered"), at);
        check(element.path("elements"), at + "/elements");
      }
      default -> kit.problem("unsupported type: " + type, at + "/type");
    }
  }

  private void parts(JsonNode parts, String at) {
    if (!kit.size(parts, 0, Integer.MAX_VALUE, at)) {
      return;
    }
    for (int i = 0; i < parts.size(); i++) {
      part(parts.get(i), at + "/" + i);
    }
  }

  private void part(JsonNode part, String at) {
    String type = part.path("type").asText();
    switch (type) {
      case "text" -> {
        kit.keys(part, "type text style", at);
        kit.words(part.path("text"), Integer.MAX_VALUE - 1, at + "/text");
      }
      case "link" -> {
        kit.keys(part, "type url text style unsafe", at);
        kit.words(part.path("url"), 3_000, at + "/url");
      }
      case "emoji" -> kit.keys(part, "type name unicode style skin_tone", at);
      case "user" -> kit.keys(part, "type user_id style", at);
      case "usergroup" -> kit.keys(part, "type usergroup_id style", at);
      case "channel" -> kit.keys(part, "type channel_id style", at);
      case "broadcast" -> kit.keys(part, "type range style", at);
      case "date" -> kit.keys(part, "type timestamp format url fallback style", at);
      case "color" -> kit.keys(part, "type value style", at);
      default -> kit.problem("unsupported type: " + type, at + "/type");
    }
    kit.texts.add(part);
  }
}
