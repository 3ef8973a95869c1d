package dev.upstream.workspace;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Checks blocks as Slack does: types, keys, sizes, ids (SLACK.md section 2). */
final class BlockKit {
  private static final int LONGEST_IN_ALL = 13_200;
  private static final int LONGEST_TEXT = 3_000;
  private static final int LONGEST_MARKDOWN = 12_000;
  private static final Set<String> SELECTS =
      Set.of(
          "static_select",
          "external_select",
          "users_select",
          "conversations_select",
          "channels_select");
  private static final Set<String> MULTI_SELECTS =
      Set.of(
          "multi_static_select",
          "multi_external_select",
          "multi_users_select",
          "multi_conversations_select",
          "multi_channels_select");
  private static final Set<String> PICKERS =
      Set.of("datepicker", "timepicker", "checkboxes", "radio_buttons");
  private static final Set<String> ACCESSORIES =
      with(SELECTS, MULTI_SELECTS, PICKERS, Set.of("button", "overflow", "image"));
  private static final Set<String> ACTIONS =
      with(SELECTS, PICKERS, Set.of("button", "overflow", "datetimepicker"));
  private static final Set<String> INPUTS =
      with(
          SELECTS,
          MULTI_SELECTS,
          PICKERS,
          Set.of(
              "datetimepicker",
              "plain_text_input",
              "number_input",
              "email_text_input",
              "url_text_input"));

  private final Surface surface;
  private final Kit kit = new Kit();
  private final ElementKit elements = new ElementKit(kit);
  private final Set<String> ids = new HashSet<>();
  private int markdown;
  private int tables;

  private BlockKit(Surface surface) {
    this.surface = surface;
  }

  /**
   * What was found.
   *
   * @param error Slack's word for it; empty when all is well
   * @param problems in Slack's own form, with a pointer to the place
   * @param texts every text object, and every part of a rich text
   */
  record Verdict(String error, List<String> problems, List<JsonNode> texts) {}

  static Verdict check(JsonNode blocks, Surface surface) {
    BlockKit checked = new BlockKit(surface);
    checked.blocks(blocks);
    boolean tooLong = surface == Surface.MESSAGE && blocks.toString().length() > LONGEST_IN_ALL;
    return new Verdict(checked.error(blocks, tooLong), checked.kit.problems, checked.kit.texts);
  }

  private String error(JsonNode blocks, boolean tooLong) {
    if (!blocks.isArray()) {
      return "invalid_blocks_format";
    }
    if (!kit.problems.isEmpty()) {
      return "invalid_blocks";
    }
    return tooLong ? "msg_blocks_too_long" : "";
  }

  private void blocks(JsonNode blocks) {
    if (!blocks.isArray()) {
      kit.problem("must be an array", "/blocks");
      return;
    }
    kit.size(blocks, 0, surface.mostBlocks, "/blocks");
    for (int i = 0; i < blocks.size(); i++) {
      String at = "/blocks/" + i;
      kit.string(blocks.get(i), "block_id", 255, at);
      String id = blocks.get(i).path("block_id").asText();
      if (!id.isEmpty() && !ids.add(id)) {
        kit.problem("block_id is not unique: " + id, at + "/block_id");
      }
      block(blocks.get(i), at);
    }
    if (markdown > LONGEST_MARKDOWN) {
      kit.problem("no more than 12000 characters of markdown allowed", "/blocks");
    }
    if (tables > 1) {
      kit.problem("only one table is allowed", "/blocks");
    }
  }

  private void block(JsonNode block, String at) {
    String type = block.path("type").asText();
    switch (type) {
      case "header" -> {
        kit.keys(block, "type block_id text", at);
        kit.text(block.path("text"), Kit.PLAIN, 150, at + "/text");
      }
      case "section" -> section(block, at);
      case "context" -> context(block, at);
      case "divider" -> kit.keys(block, "type block_id", at);
      case "actions" -> actions(block, ACTIONS, 25, at);
      case "input" -> input(block, at);
      case "image" -> {
        elements.image(block, "type block_id image_url alt_text title", at);
        kit.maybe(block.path("title"), Kit.PLAIN, 2_000, at + "/title");
      }
      case "rich_text" -> {
        kit.keys(block, "type block_id elements", at);
        new RichTextKit(kit).check(block.path("elements"), at + "/elements");
      }
      case "alert" -> alert(block, at);
      case "markdown", "table", "data_table", "context_actions" -> messages(block, type, at);
      default -> kit.problem("unsupported type: " + type, at + "/type");
    }
  }

  private void section(JsonNode block, String at) {
    kit.keys(block, "type block_id text fields expand accessory", at);
    if (!block.has("text") && !block.has("fields")) {
      kit.problem("either text or fields is required", at);
    }
    kit.maybe(block.path("text"), Kit.EITHER, LONGEST_TEXT, at + "/text");
    if (block.has("fields") && kit.size(block.path("fields"), 1, 10, at + "/fields")) {
      for (int i = 0; i < block.path("fields").size(); i++) {
        kit.text(block.path("fields").get(i), Kit.EITHER, 2_000, at + "/fields/" + i);
      }
    }
    if (block.has("accessory")) {
      elements.check(block.path("accessory"), ACCESSORIES, at + "/accessory");
    }
  }

  private void context(JsonNode block, String at) {
    kit.keys(block, "type block_id elements", at);
    JsonNode parts = block.path("elements");
    if (kit.size(parts, 1, 10, at + "/elements")) {
      for (int i = 0; i < parts.size(); i++) {
        if (parts.get(i).path("type").asText().equals("image")) {
          elements.check(parts.get(i), Set.of("image"), at + "/elements/" + i);
        } else {
          kit.text(parts.get(i), Kit.EITHER, LONGEST_TEXT, at + "/elements/" + i);
        }
      }
    }
  }

  private void actions(JsonNode block, Set<String> allowed, int most, String at) {
    kit.keys(block, "type block_id elements", at);
    JsonNode parts = block.path("elements");
    if (!kit.size(parts, 1, most, at + "/elements")) {
      return;
    }
    Set<String> actions = new HashSet<>();
    for (int i = 0; i < parts.size(); i++) {
      elements.check(parts.get(i), allowed, at + "/elements/" + i);
      String id = parts.get(i).path("action_id").asText();
      if (!id.isEmpty() && !actions.add(id)) {
        kit.problem("action_id is not unique in its block: " + id, at + "/elements/" + i);
      }
    }
  }

  private void input(JsonNode block, String at) {
    kit.keys(block, "type block_id label element hint optional dispatch_action", at);
    kit.text(block.path("label"), Kit.PLAIN, 2_000, at + "/label");
    kit.maybe(block.path("hint"), Kit.PLAIN, 2_000, at + "/hint");
    kit.flag(block, "optional", at);
    kit.flag(block, "dispatch_action", at);
    elements.check(block.path("element"), INPUTS, at + "/element");
  }

  private void alert(JsonNode block, String at) {
    if (surface != Surface.MODAL) {
      kit.problem("an alert stands in a modal alone", at);
    }
    kit.keys(block, "type block_id text level", at);
    kit.text(block.path("text"), Kit.EITHER, 200, at + "/text");
    kit.oneOf(block, "level", Set.of("default", "info", "warning", "error", "success"), at);
  }

  /** Blocks that only a message may hold. */
  private void messages(JsonNode block, String type, String at) {
    if (surface != Surface.MESSAGE) {
      kit.problem("unsupported type: " + type, at + "/type");
      return;
    }
    switch (type) {
      case "markdown" -> {
        kit.keys(block, "type block_id text", at);
        kit.words(block.path("text"), LONGEST_MARKDOWN, at + "/text");
        markdown += block.path("text").asText().length();
        kit.texts.add(block);
      }
      case "context_actions" -> actions(block, Set.of("feedback_buttons", "icon_button"), 5, at);
      default -> {
        tables++;
        new TableKit(kit).check(block, type, at);
      }
    }
  }

  @SafeVarargs
  private static Set<String> with(Set<String>... parts) {
    Set<String> all = new HashSet<>();
    for (Set<String> part : parts) {
      all.addAll(part);
    }
    return Set.copyOf(all);
  }
}
