package dev.upstream.workspace;

import com.fasterxml.jackson.databind.JsonNode;

/** The kinds of interactive elements. */
final class Elements {
  private Elements() {}

  /** Whether people can do something with it. */
  static boolean acts(JsonNode element) {
    return switch (element.path("type").asText()) {
      case "button",
          "overflow",
          "static_select",
          "external_select",
          "users_select",
          "conversations_select",
          "channels_select",
          "multi_static_select",
          "multi_external_select",
          "multi_users_select",
          "multi_conversations_select",
          "multi_channels_select",
          "datepicker",
          "timepicker",
          "datetimepicker",
          "checkboxes",
          "radio_buttons",
          "plain_text_input",
          "number_input",
          "email_text_input",
          "url_text_input",
          "feedback_buttons",
          "icon_button" ->
          true;
      default -> false;
    };
  }
}
