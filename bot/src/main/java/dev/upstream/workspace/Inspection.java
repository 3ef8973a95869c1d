package dev.upstream.workspace;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

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
    return of(blocks, secrets, text, parsed -> BlockKit.check(parsed, Surface.MESSAGE));
  }

  /**
   * What is wrong with a modal; empty when nothing is.
   *
   * @param view as JSON
   * @param secrets that must not show
   */
  public static List<String> ofModal(String view, List<String> secrets) {
    return of(view, secrets, "", parsed -> ViewKit.check(parsed, "modal"));
  }

  private static List<String> of(
      String json, List<String> secrets, String text, Function<JsonNode, BlockKit.Verdict> check) {
    try {
      BlockKit.Verdict verdict = check.apply(Arguments.JSON.readTree(json));
      Violations violations = new Violations(secrets, t -> false);
      violations.message("message", text, verdict.texts());
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
}
