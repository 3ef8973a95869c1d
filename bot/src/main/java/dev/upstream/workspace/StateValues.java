package dev.upstream.workspace;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** What stands in the fields of a view or a message, as Slack tells it. */
final class StateValues {
  private StateValues() {}

  /** The fields as they are first shown, with what was there before where the ids are the same. */
  static ObjectNode of(JsonNode blocks, JsonNode before) {
    ObjectNode values = Arguments.JSON.createObjectNode();
    for (JsonNode block : blocks) {
      String id = block.path("block_id").asText();
      block.path("elements").forEach(e -> initial(values, id, e, before));
      initial(values, id, block.path("accessory"), before);
      initial(values, id, block.path("element"), before);
    }
    return values;
  }

  private static void initial(ObjectNode values, String block, JsonNode element, JsonNode before) {
    if (!Elements.acts(element) || key(element).isEmpty()) {
      return;
    }
    String action = element.path("action_id").asText();
    JsonNode old = before.path(block).path(action);
    String type = element.path("type").asText();
    ObjectNode in = values.has(block) ? (ObjectNode) values.path(block) : values.putObject(block);
    if (old.path("type").asText().equals(type)) {
      in.set(action, old.deepCopy());
      return;
    }
    ObjectNode value = in.putObject(action).put("type", type);
    String key = key(element);
    JsonNode start = element.path(key.replace("selected_", "initial_"));
    JsonNode first = key.equals("value") ? element.path("initial_value") : start;
    if (first.isMissingNode()) {
      if (key.endsWith("s")) {
        value.putArray(key);
      } else {
        value.putNull(key);
      }
    } else {
      value.set(key, first.deepCopy());
    }
  }

  /** Where the value of such an element stands; empty when it has none. */
  private static String key(JsonNode element) {
    String type = element.path("type").asText();
    boolean several = type.startsWith("multi_");
    return switch (type.replace("multi_", "")) {
      case "static_select", "external_select" -> several ? "selected_options" : "selected_option";
      case "users_select" -> several ? "selected_users" : "selected_user";
      case "conversations_select" -> several ? "selected_conversations" : "selected_conversation";
      case "channels_select" -> several ? "selected_channels" : "selected_channel";
      case "radio_buttons" -> "selected_option";
      case "checkboxes" -> "selected_options";
      case "datepicker" -> "selected_date";
      case "timepicker" -> "selected_time";
      case "datetimepicker" -> "selected_date_time";
      case "plain_text_input", "number_input", "email_text_input", "url_text_input" -> "value";
      default -> "";
    };
  }

  /**
   * What an element holds after somebody chose or typed.
   *
   * @param wanted values, or what people read on options
   * @param offered what was last offered for typed words
   */
  static ObjectNode chosen(JsonNode element, List<String> wanted, List<JsonNode> offered) {
    String type = element.path("type").asText();
    ObjectNode value = Arguments.JSON.createObjectNode().put("type", type);
    String key = type.equals("overflow") ? "selected_option" : key(element);
    if (key.isEmpty()) {
      throw new Impossible("nothing can be chosen or typed in a " + type);
    }
    if (element.path("max_selected_items").asInt(Integer.MAX_VALUE) < wanted.size()
        || !key.endsWith("s") && wanted.size() > 1) {
      throw new Impossible("too many for a " + type + ": " + wanted);
    }
    List<JsonNode> options = type.endsWith("external_select") ? offered : Choices.of(element);
    List<JsonNode> all =
        wanted.stream()
            .map(w -> key.startsWith("selected_option") ? option(options, w) : typed(element, w))
            .toList();
    if (key.endsWith("s")) {
      ArrayNode array = value.putArray(key);
      all.forEach(array::add);
    } else if (all.isEmpty()) {
      value.putNull(key);
    } else {
      value.set(key, all.getFirst());
    }
    return value;
  }

  private static JsonNode option(List<JsonNode> options, String wanted) {
    return options.stream()
        .filter(
            o ->
                o.path("value").asText().equals(wanted)
                    || o.path("text").path("text").asText().equals(wanted))
        .findFirst()
        .orElseThrow(() -> new Impossible("not offered: " + wanted + " among " + options))
        .deepCopy();
  }

  private static JsonNode typed(JsonNode element, String words) {
    if (element.path("type").asText().equals("plain_text_input")
        && words.length() > element.path("max_length").asInt(3_000)) {
      throw new Impossible("the field takes no more: " + words.length() + " characters");
    }
    if (element.path("type").asText().equals("datetimepicker")) {
      return Arguments.JSON.getNodeFactory().numberNode(Long.parseLong(words));
    }
    return Arguments.JSON.getNodeFactory().textNode(words);
  }

  /** Why Slack would not submit this field; empty when it would. */
  static String missing(JsonNode block, JsonNode value) {
    JsonNode element = block.path("element");
    JsonNode content = value.path(key(element));
    String label = block.path("label").path("text").asText();
    boolean empty =
        content.isMissingNode()
            || content.isNull()
            || content.isArray() && content.isEmpty()
            || content.isTextual() && content.asText().isEmpty();
    if (empty) {
      return block.path("optional").asBoolean() ? "" : label + ": a value is required";
    }
    if (element.path("type").asText().equals("number_input")) {
      boolean decimal = element.path("is_decimal_allowed").asBoolean();
      if (!content.asText().matches(decimal ? "-?\\d+(\\.\\d+)?" : "-?\\d+")) {
        return label + ": no number";
      }
      double number = Double.parseDouble(content.asText());
      if (number < element.path("min_value").asDouble(Double.NEGATIVE_INFINITY)
          || number > element.path("max_value").asDouble(Double.POSITIVE_INFINITY)) {
        return label + ": out of range";
      }
    }
    return content.asText().length() < element.path("min_length").asInt(0)
        ? label + ": too short"
        : "";
  }
}
