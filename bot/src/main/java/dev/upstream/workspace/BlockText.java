package dev.upstream.workspace;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Blocks in plain text: buttons as [Label], menus as [Placeholder v], fields with their values. */
final class BlockText {
  private final List<String> lines = new ArrayList<>();
  private final UnaryOperator<String> mrkdwn;
  private final JsonNode values;

  /**
   * Nothing is written yet.
   *
   * @param mrkdwn what a person reads in a mrkdwn text
   * @param values what stands in the fields, by block and action
   */
  private BlockText(UnaryOperator<String> mrkdwn, JsonNode values) {
    this.mrkdwn = mrkdwn;
    this.values = values;
  }

  static List<String> of(JsonNode blocks, JsonNode values, UnaryOperator<String> mrkdwn) {
    BlockText text = new BlockText(mrkdwn, values);
    blocks.forEach(text::block);
    return text.lines;
  }

  private void block(JsonNode block) {
    JsonNode held = values.path(block.path("block_id").asText());
    switch (block.path("type").asText()) {
      case "header" -> add("## ", text(block.path("text")));
      case "section" -> {
        if (block.has("text")) {
          add("", text(block.path("text")));
        }
        block.path("fields").forEach(f -> add("", text(f)));
        if (block.has("accessory")) {
          add("", element(block.path("accessory"), held));
        }
      }
      case "context" ->
          block
              .path("elements")
              .forEach(e -> add("- ", e.has("text") ? text(e) : element(e, held)));
      case "actions", "context_actions" -> {
        List<String> all = new ArrayList<>();
        block.path("elements").forEach(e -> all.add(element(e, held)));
        add("", String.join(" ", all));
      }
      case "input" -> {
        String optional = block.path("optional").asBoolean() ? " (optional)" : "";
        add("", text(block.path("label")) + optional + ": " + element(block.path("element"), held));
        if (block.has("hint")) {
          add("- ", text(block.path("hint")));
        }
      }
      case "divider" -> lines.add("----");
      case "rich_text" -> block.path("elements").forEach(this::rich);
      case "alert" -> add("! ", text(block.path("text")));
      case "markdown" -> add("", block.path("text").asText());
      case "image" -> add("", element(block, held));
      case "table", "data_table" -> block.path("rows").forEach(this::row);
      default -> lines.add("[" + block.path("type").asText() + "]");
    }
  }

  private void rich(JsonNode element) {
    String type = element.path("type").asText();
    if (type.equals("rich_text_list")) {
      element.path("elements").forEach(e -> add("- ", parts(e)));
    } else {
      add(
          type.equals("rich_text_preformatted") ? "| " : type.equals("rich_text_quote") ? "> " : "",
          parts(element));
    }
  }

  private static String parts(JsonNode element) {
    StringBuilder out = new StringBuilder();
    for (JsonNode part : element.path("elements")) {
      out.append(
          switch (part.path("type").asText()) {
            case "text" -> part.path("text").asText();
            case "link" -> part.path("text").asText(part.path("url").asText());
            case "emoji" -> ":" + part.path("name").asText() + ":";
            case "date" -> part.path("fallback").asText();
            default -> "<" + part.path("type").asText() + ">";
          });
    }
    return out.toString();
  }

  private void row(JsonNode row) {
    List<String> cells = new ArrayList<>();
    row.forEach(
        c -> {
          List<String> rich = new ArrayList<>();
          c.path("elements").forEach(e -> rich.add(parts(e)));
          cells.add(c.has("text") ? c.path("text").asText() : String.join(" ", rich));
        });
    add("", "| " + String.join(" | ", cells) + " |");
  }

  private String element(JsonNode element, JsonNode held) {
    String type = element.path("type").asText();
    JsonNode value = held.path(element.path("action_id").asText());
    return switch (type) {
      case "button", "icon_button" -> "[" + element.path("text").path("text").asText() + "]";
      case "feedback_buttons" ->
          "["
              + element.path("positive_button").path("text").path("text").asText()
              + "] ["
              + element.path("negative_button").path("text").path("text").asText()
              + "]";
      case "overflow" -> "[... " + String.join(" | ", labels(Choices.of(element))) + "]";
      case "image" -> "[image: " + element.path("alt_text").asText() + "]";
      default -> "[" + shown(element, value) + "]";
    };
  }

  private static String shown(JsonNode element, JsonNode value) {
    for (String key :
        new String[] {
          "value",
          "selected_date",
          "selected_time",
          "selected_date_time",
          "selected_user",
          "selected_conversation",
          "selected_channel"
        }) {
      if (!value.path(key).asText("").isEmpty() && !value.path(key).isNull()) {
        return value.path(key).asText();
      }
    }
    List<JsonNode> options = new ArrayList<>();
    value.path("selected_options").forEach(options::add);
    if (value.path("selected_option").isObject()) {
      options.add(value.path("selected_option"));
    }
    if (!options.isEmpty()) {
      return String.join(", ", labels(options));
    }
    String type = element.path("type").asText();
    if (type.equals("checkboxes") || type.equals("radio_buttons")) {
      return String.join(" | ", labels(Choices.of(element)));
    }
    String placeholder = element.path("placeholder").path("text").asText();
    return type.endsWith("_select") ? (placeholder + " v").strip() : placeholder;
  }

  private static List<String> labels(List<JsonNode> options) {
    return options.stream().map(o -> o.path("text").path("text").asText()).toList();
  }

  private String text(JsonNode object) {
    String words = object.path("text").asText();
    return object.path("type").asText().equals("mrkdwn") ? mrkdwn.apply(words) : words;
  }

  private void add(String indent, String text) {
    text.lines().forEach(l -> lines.add((indent + l).stripTrailing()));
  }
}
