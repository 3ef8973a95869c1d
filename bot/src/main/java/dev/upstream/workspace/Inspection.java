package dev.upstream.workspace;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/** What a workspace would find wrong with a message or a modal, without sending it. */
public final class Inspection {
  private Inspection() {}

  /**
   * What is wrong with it; empty when nothing is.
   *
   * @param text what stands there for people without blocks
   * @param blocks as JSON
   * @param secrets that must not show
   */
  public static List<String> of(String text, String blocks, List<String> secrets) {
    return of(text, blocks, secrets, t -> false);
  }

  /**
   * The same, where some mentions and links may take effect.
   *
   * @param allowed what stands in angle brackets, with these
   */
  public static List<String> of(
      String text, String blocks, List<String> secrets, Predicate<String> allowed) {
    Violations violations = new Violations(secrets, allowed);
    return of(blocks, violations, text, parsed -> BlockKit.check(parsed, Surface.MESSAGE));
  }

  /**
   * What is wrong with a modal; empty when nothing is.
   *
   * @param view as JSON
   * @param secrets that must not show
   */
  public static List<String> ofModal(String view, List<String> secrets) {
    Violations violations = new Violations(secrets, t -> false);
    return of(view, violations, "", parsed -> ViewKit.check(parsed, "modal"));
  }

  private static List<String> of(
      String json, Violations violations, String text, Function<JsonNode, BlockKit.Verdict> check) {
    try {
      JsonNode parsed = Arguments.JSON.readTree(json);
      BlockKit.Verdict verdict = check.apply(parsed);
      violations.message("message", text, !parsed.isEmpty(), verdict.texts());
      List<String> all = new ArrayList<>(verdict.problems());
      if (!verdict.error().isEmpty()) {
        all.add(verdict.error());
      }
      all.addAll(violations.all());
      return all;
    } catch (JsonProcessingException e) {
      return List.of("no JSON: " + e.getOriginalMessage());
    }
  }

  /** Blocks in plain text, as a person reads them. */
  public static List<String> shown(String blocks) {
    try {
      JsonNode parsed = Arguments.JSON.readTree(blocks);
      JsonNode held = StateValues.of(parsed, Arguments.JSON.createObjectNode());
      return BlockText.of(parsed, held, MrkdwnText::shown);
    } catch (JsonProcessingException e) {
      return List.of("no JSON: " + e.getOriginalMessage());
    }
  }
}
