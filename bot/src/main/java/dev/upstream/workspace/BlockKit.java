package dev.upstream.workspace;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Checks blocks as Slack does: types, keys, sizes (SLACK.md section 2). */
final class BlockKit {
  private static final int MOST_BLOCKS = 50;
  private static final int LONGEST_IN_ALL = 13_200;
  private static final int LONGEST_TEXT = 3_000;
  private static final int LONGEST_HEADER = 150;
  private static final int LONGEST_FIELD = 2_000;

  private final List<String> problems = new ArrayList<>();
  private final List<JsonNode> texts = new ArrayList<>();
  private final Set<String> ids = new HashSet<>();

  private BlockKit() {}

  /**
   * What was found.
   *
   * @param error Slack's word for it; empty when all is well
   * @param problems in Slack's own form, with a pointer to the place
   * @param texts every text object
   */
  record Verdict(String error, List<String> problems, List<JsonNode> texts) {}

  static Verdict check(JsonNode blocks) {
    BlockKit kit = new BlockKit();
    kit.blocks(blocks);
    String error =
        !kit.problems.isEmpty()
            ? "invalid_blocks"
            : blocks.toString().length() > LONGEST_IN_ALL ? "msg_blocks_too_long" : "";
    return new Verdict(error, kit.problems, kit.texts);
  }

  private void blocks(JsonNode blocks) {
    if (!blocks.isArray()) {
      problem("must be an array", "/blocks");
      return;
    }
    if (blocks.size() > MOST_BLOCKS) {
      problem("no more than 50 items allowed, given " + blocks.size(), "/blocks");
    }
    for (int i = 0; i < blocks.size(); i++) {
      block(blocks.get(i), "/blocks/" + i);
    }
  }

  private void block(JsonNode block, String at) {
    JsonNode id = block.path("block_id");
    if (id.isTextual() && (id.asText().length() > 255 || !ids.add(id.asText()))) {
      problem("block_id too long or not unique", at + "/block_id");
    }
    switch (block.path("type").asText()) {
      case "header" -> {
        keys(block, Set.of("type", "block_id", "text"), at);
        text(block.path("text"), Set.of("plain_text"), LONGEST_HEADER, at + "/text");
      }
      case "section" -> section(block, at);
      case "context" -> context(block, at);
      case "divider" -> keys(block, Set.of("type", "block_id"), at);
      default -> problem("unsupported type: " + block.path("type").asText(), at + "/type");
    }
  }

  private void section(JsonNode block, String at) {
    keys(block, Set.of("type", "block_id", "text", "fields", "expand"), at);
    if (!block.has("text") && !block.has("fields")) {
      problem("either text or fields is required", at);
    }
    if (block.has("text")) {
      text(block.path("text"), Set.of("plain_text", "mrkdwn"), LONGEST_TEXT, at + "/text");
    }
    elements(block.path("fields"), LONGEST_FIELD, at + "/fields");
  }

  private void context(JsonNode block, String at) {
    keys(block, Set.of("type", "block_id", "elements"), at);
    if (block.path("elements").isEmpty()) {
      problem("must provide at least 1 item", at + "/elements");
    }
    elements(block.path("elements"), LONGEST_TEXT, at + "/elements");
  }

  private void elements(JsonNode elements, int longest, String at) {
    if (elements.size() > 10) {
      problem("no more than 10 items allowed", at);
    }
    for (int i = 0; i < elements.size(); i++) {
      text(elements.get(i), Set.of("plain_text", "mrkdwn"), longest, at + "/" + i);
    }
  }

  private void text(JsonNode text, Set<String> types, int longest, String at) {
    String type = text.path("type").asText();
    if (!types.contains(type)) {
      problem("unsupported type: " + type, at + "/type");
      return;
    }
    keys(text, Set.of("type", "text", type.equals("mrkdwn") ? "verbatim" : "emoji"), at);
    JsonNode words = text.path("text");
    if (!words.isTextual()) {
      problem("must be a string", at + "/text");
    } else if (words.asText().isEmpty()) {
      problem("must be more than 0 characters", at + "/text");
    } else if (words.asText().length() > longest) {
      problem("must be less than " + (longest + 1) + " characters", at + "/text");
    }
    texts.add(text);
  }

  private void keys(JsonNode node, Set<String> known, String at) {
    node.fieldNames()
        .forEachRemaining(
            k -> {
              if (!known.contains(k)) {
                problem("invalid additional property: " + k, at);
              }
            });
  }

  private void problem(String what, String at) {
    problems.add("[ERROR] " + what + " [json-pointer:" + at + "]");
  }
}
