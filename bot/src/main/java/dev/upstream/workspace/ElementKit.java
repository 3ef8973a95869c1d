package dev.upstream.workspace;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;

/** Checks interactive elements as Slack does (SLACK.md section 2). */
final class ElementKit {
  private static final String CHOOSING = "type action_id placeholder confirm focus_on_load ";
  private static final String ASKING =
      "type action_id placeholder initial_value dispatch_action_config focus_on_load ";
  private static final Set<String> STYLES = Set.of("primary", "danger");
  private static final int LONGEST_ID = 255;

  private final Kit kit;

  ElementKit(Kit kit) {
    this.kit = kit;
  }

  /**
   * Checks one element.
   *
   * @param allowed its types in this place
   */
  void check(JsonNode element, Set<String> allowed, String at) {
    String type = element.path("type").asText();
    if (!allowed.contains(type)) {
      kit.problem("unsupported type: " + type, at + "/type");
      return;
    }
    if (Elements.acts(element)) {
      kit.string(element, "action_id", LONGEST_ID, at);
    }
    kit.flag(element, "focus_on_load", at);
    switch (type) {
      case "button" -> button(element, at);
      case "overflow" -> {
        kit.keys(element, "type action_id options confirm", at);
        kit.options(element.path("options"), 1, 5, Kit.PLAIN, at + "/options");
        kit.confirm(element, at);
      }
      case "checkboxes" -> boxes(element, "initial_options", at);
      case "radio_buttons" -> boxes(element, "initial_option", at);
      case "datepicker", "timepicker", "datetimepicker" -> time(element, type, at);
      case "plain_text_input" -> words(element, at);
      case "number_input" -> number(element, at);
      case "email_text_input", "url_text_input" -> {
        kit.keys(element, ASKING, at);
        asking(element, at);
      }
      case "feedback_buttons" -> feedback(element, at);
      case "icon_button" -> icon(element, at);
      case "image" -> image(element, "type image_url alt_text", at);
      default -> select(element, type, at);
    }
  }

  private void button(JsonNode button, String at) {
    kit.keys(button, "type action_id text url value style confirm accessibility_label", at);
    kit.text(button.path("text"), Kit.PLAIN, 75, at + "/text");
    kit.address(button, "url", at);
    kit.string(button, "value", 2_000, at);
    kit.oneOf(button, "style", STYLES, at);
    kit.string(button, "accessibility_label", 75, at);
    kit.label(button.path("accessibility_label"));
    kit.confirm(button, at);
  }

  private void select(JsonNode select, String type, String at) {
    boolean several = type.startsWith("multi_");
    String kind = several ? type.substring("multi_".length()) : type;
    String common = CHOOSING + (several ? "max_selected_items " : "");
    String s = several ? "s" : "";
    switch (kind) {
      case "static_select" -> {
        kit.keys(select, common + "options option_groups initial_option" + s, at);
        kit.choices(select, 1, at);
        kit.initial(select, "initial_option" + s, Kit.PLAIN, at);
      }
      case "external_select" -> {
        kit.keys(select, common + "min_query_length initial_option" + s, at);
        kit.chosen(select, "initial_option" + s, Kit.PLAIN, at);
        if (select.has("min_query_length") && !select.path("min_query_length").canConvertToInt()) {
          kit.problem("must be a number", at + "/min_query_length");
        }
      }
      case "users_select" -> kit.keys(select, common + "initial_user" + s, at);
      case "channels_select" ->
          kit.keys(select, common + "response_url_enabled initial_channel" + s, at);
      default ->
          kit.keys(
              select,
              common
                  + "response_url_enabled default_to_current_conversation filter"
                  + " initial_conversation"
                  + s,
              at);
    }
    kit.maybe(select.path("placeholder"), Kit.PLAIN, 150, at + "/placeholder");
    kit.confirm(select, at);
  }

  private void boxes(JsonNode boxes, String initial, String at) {
    kit.keys(boxes, "type action_id options confirm focus_on_load " + initial, at);
    kit.options(boxes.path("options"), 1, 10, Kit.EITHER, at + "/options");
    kit.initial(boxes, initial, Kit.EITHER, at);
    kit.confirm(boxes, at);
  }

  private void time(JsonNode picker, String type, String at) {
    switch (type) {
      case "datepicker" -> {
        kit.keys(picker, CHOOSING + "initial_date", at);
        kit.matches(picker, "initial_date", "\\d{4}-\\d{2}-\\d{2}", at);
      }
      case "timepicker" -> {
        kit.keys(picker, CHOOSING + "initial_time timezone", at);
        kit.matches(picker, "initial_time", "\\d{2}:\\d{2}", at);
      }
      default -> {
        kit.keys(picker, "type action_id confirm focus_on_load initial_date_time", at);
        kit.matches(picker, "initial_date_time", "\\d{10}", at);
      }
    }
    kit.maybe(picker.path("placeholder"), Kit.PLAIN, 150, at + "/placeholder");
    kit.confirm(picker, at);
  }

  private void words(JsonNode input, String at) {
    kit.keys(input, ASKING + "multiline min_length max_length", at);
    asking(input, at);
    int least = input.path("min_length").asInt(0);
    int most = input.path("max_length").asInt(3_000);
    if (least < 0 || least > 3_000 || most < 1 || most > 3_000 || least > most) {
      kit.problem("min_length and max_length must be 0 to 3000 and in order", at);
    }
    int length = input.path("initial_value").asText().length();
    if (input.has("initial_value") && (length > most || length < least)) {
      kit.problem("initial_value is shorter or longer than allowed", at + "/initial_value");
    }
  }

  private void number(JsonNode input, String at) {
    kit.keys(input, ASKING + "is_decimal_allowed min_value max_value", at);
    if (!input.path("is_decimal_allowed").isBoolean()) {
      kit.problem("missing required field", at + "/is_decimal_allowed");
    }
    asking(input, at);
  }

  private void asking(JsonNode input, String at) {
    kit.maybe(input.path("placeholder"), Kit.PLAIN, 150, at + "/placeholder");
    kit.string(input, "initial_value", 3_000, at);
  }

  private void feedback(JsonNode element, String at) {
    kit.keys(element, "type action_id positive_button negative_button", at);
    for (String one : new String[] {"positive_button", "negative_button"}) {
      JsonNode button = element.path(one);
      kit.keys(button, "text value accessibility_label", at + "/" + one);
      kit.text(button.path("text"), Kit.PLAIN, 75, at + "/" + one + "/text");
      kit.words(button.path("value"), 2_000, at + "/" + one + "/value");
    }
  }

  private void icon(JsonNode element, String at) {
    kit.keys(
        element,
        "type action_id icon text value confirm accessibility_label visible_to_user_ids",
        at);
    kit.oneOf(element, "icon", Set.of("trash"), at);
    kit.text(element.path("text"), Kit.PLAIN, 75, at + "/text");
    kit.string(element, "value", 2_000, at);
    kit.confirm(element, at);
  }

  /** An image, as an element or as a block. */
  void image(JsonNode image, String known, String at) {
    kit.keys(image, known, at);
    kit.words(image.path("image_url"), 3_000, at + "/image_url");
    kit.leads(image.path("image_url"));
    kit.words(image.path("alt_text"), 2_000, at + "/alt_text");
    kit.label(image.path("alt_text"));
  }
}
