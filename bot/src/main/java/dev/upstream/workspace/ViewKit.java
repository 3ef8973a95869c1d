package dev.upstream.workspace;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Checks modals and Homes as Slack does. */
final class ViewKit {
  private static final int LARGEST = 250_000;
  private static final int LONGEST_TITLE = 24;

  private ViewKit() {}

  /**
   * Checks a view.
   *
   * @param type {@code modal} or {@code home}
   */
  static BlockKit.Verdict check(JsonNode view, String type) {
    Kit kit = new Kit();
    boolean modal = type.equals("modal");
    if (!view.path("type").asText().equals(type)) {
      kit.problem("must be a view of type " + type, "/view/type");
    }
    kit.keys(
        view,
        "type blocks private_metadata callback_id external_id"
            + (modal ? " title submit close clear_on_close notify_on_close submit_disabled" : ""),
        "/view");
    if (modal) {
      kit.text(view.path("title"), Kit.PLAIN, LONGEST_TITLE, "/view/title");
      kit.maybe(view.path("submit"), Kit.PLAIN, LONGEST_TITLE, "/view/submit");
      kit.maybe(view.path("close"), Kit.PLAIN, LONGEST_TITLE, "/view/close");
      boolean asks = false;
      for (JsonNode block : view.path("blocks")) {
        asks |= block.path("type").asText().equals("input");
      }
      if (asks && !view.has("submit")) {
        kit.problem("missing required field, as there is an input", "/view/submit");
      }
    }
    kit.string(view, "private_metadata", 3_000, "/view");
    kit.string(view, "callback_id", 255, "/view");
    kit.string(view, "external_id", 255, "/view");
    int focused =
        view.path("blocks").findValues("focus_on_load").stream()
            .mapToInt(f -> f.asBoolean() ? 1 : 0)
            .sum();
    if (focused > 1) {
      kit.problem("only one element may have focus_on_load", "/view/blocks");
    }
    BlockKit.Verdict blocks =
        BlockKit.check(view.path("blocks"), modal ? Surface.MODAL : Surface.HOME);
    List<String> problems = new ArrayList<>(kit.problems);
    problems.addAll(blocks.problems());
    List<JsonNode> texts = new ArrayList<>(kit.texts);
    texts.addAll(blocks.texts());
    String error =
        !problems.isEmpty()
            ? "invalid_arguments"
            : view.toString().length() > LARGEST ? "view_too_large" : "";
    return new BlockKit.Verdict(error, problems, texts);
  }
}
