package dev.upstream.workspace;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;

/** Checks tables as Slack does. */
final class TableKit {
  private static final int MOST_SIGNS = 10_000;

  private final Kit kit;
  private int signs;

  TableKit(Kit kit) {
    this.kit = kit;
  }

  void check(JsonNode block, String type, String at) {
    boolean data = type.equals("data_table");
    kit.keys(
        block,
        data
            ? "type block_id rows caption page_size column_settings"
            : "type block_id rows column_settings",
        at);
    if (block.has("column_settings")) {
      kit.size(block.path("column_settings"), 0, 20, at + "/column_settings");
    }
    JsonNode rows = block.path("rows");
    if (!kit.size(rows, data ? 2 : 1, data ? 101 : 100, at + "/rows")) {
      return;
    }
    for (int i = 0; i < rows.size(); i++) {
      row(rows.get(i), at + "/rows/" + i);
      if (data && rows.get(i).size() != rows.get(0).size()) {
        kit.problem("rows must have the same length", at + "/rows/" + i);
      }
    }
    if (signs > MOST_SIGNS) {
      kit.problem("no more than 10000 characters in all cells allowed", at + "/rows");
    }
    if (data) {
      kit.words(block.path("caption"), 255, at + "/caption");
      int page = block.path("page_size").asInt(5);
      if (page < 1 || page > 100) {
        kit.problem("must be 1 to 100", at + "/page_size");
      }
    }
  }

  private void row(JsonNode row, String at) {
    if (kit.size(row, 1, 20, at)) {
      for (int i = 0; i < row.size(); i++) {
        cell(row.get(i), at + "/" + i);
      }
    }
  }

  private void cell(JsonNode cell, String at) {
    if (cell.path("type").asText().equals("rich_text")) {
      kit.keys(cell, "type elements block_id", at);
      new RichTextKit(kit).check(cell.path("elements"), at + "/elements");
      signs += cell.toString().length();
    } else if (Set.of("raw_text", "raw_number").contains(cell.path("type").asText())) {
      kit.keys(cell, "type text value", at);
      signs += cell.path("text").asText().length();
      kit.texts.add(cell);
    } else {
      kit.problem("unsupported type: " + cell.path("type").asText(), at + "/type");
    }
  }
}
