package dev.upstream.workspace;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** What a workspace would find wrong with a message, without sending it. */
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
    try {
      JsonNode parsed = Arguments.JSON.readTree(blocks);
      BlockKit.Verdict verdict = BlockKit.check(parsed, Surface.MESSAGE);
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
