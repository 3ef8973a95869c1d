package dev.upstream.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.upstream.answer.Question;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What {@code expected.yaml} says.
 *
 * @param share the failing fraction; empty inside for {@code null}; empty when it is not said
 * @param findings by key; exactly these
 * @param inconclusive ids that must be, others may be
 * @param ruledOut ids that must be, others may be
 * @param notRuledOut ids that must not be
 * @param summary parts that the sentence must have
 * @param hops the states of the path's hops; empty when any will do
 * @param refused a part of the sentence, where no answer is expected
 */
public record Expected(
    Question question,
    Optional<String> verdict,
    Optional<Optional<Double>> share,
    Map<String, Expectation> findings,
    Set<String> inconclusive,
    Set<String> ruledOut,
    Set<String> notRuledOut,
    List<String> summary,
    List<String> hops,
    Optional<String> refused,
    boolean live) {
  private static final Set<String> KEYS =
      Set.of(
          "about",
          "target",
          "client",
          "clusters",
          "namespace",
          "verdict",
          "share",
          "findings",
          "inconclusive",
          "ruledOut",
          "notRuledOut",
          "summary",
          "hops",
          "refused",
          "live",
          "request",
          "fix");

  /** What is expected of one finding; only what is written is compared. */
  public record Expectation(
      String role,
      Optional<Optional<Double>> share,
      Optional<String> fieldPath,
      Optional<String> confidence,
      Optional<Set<String>> explains) {}

  static Expected read(Path file) throws IOException {
    JsonNode root = new YAMLMapper().readTree(file.toFile());
    for (String key : names(root)) {
      if (!KEYS.contains(key)) {
        throw new IOException(file + " has an unknown key " + key);
      }
    }
    Optional<String> verdict = text(root, "verdict");
    Optional<Optional<Double>> share = share(root);
    if (share.isEmpty() && verdict.filter(Set.of("broken", "degraded")::contains).isPresent()) {
      throw new IOException(file + " must say the share, a number or null");
    }
    Map<String, Expectation> findings = new LinkedHashMap<>();
    for (String key : names(root.path("findings"))) {
      findings.put(key, expectation(root.path("findings").path(key)));
    }
    return new Expected(
        new Question(
            text(root, "target").orElseThrow(() -> new IOException(file + " names no target")),
            List.copyOf(texts(root.path("clusters"))),
            text(root, "client"),
            text(root, "namespace")),
        verdict,
        share,
        findings,
        new TreeSet<>(texts(root.path("inconclusive"))),
        new TreeSet<>(texts(root.path("ruledOut"))),
        new TreeSet<>(texts(root.path("notRuledOut"))),
        texts(root.path("summary")),
        texts(root.path("hops")),
        text(root, "refused"),
        root.path("live").asBoolean());
  }

  private static Expectation expectation(JsonNode node) {
    return node.isTextual()
        ? new Expectation(
            node.asText(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty())
        : new Expectation(
            text(node, "role").orElse(""),
            share(node),
            text(node, "fieldPath"),
            text(node, "confidence"),
            node.has("explains")
                ? Optional.of(new TreeSet<>(texts(node.path("explains"))))
                : Optional.empty());
  }

  private static Optional<Optional<Double>> share(JsonNode node) {
    return node.has("share")
        ? Optional.of(
            node.path("share").isNull()
                ? Optional.empty()
                : Optional.of(node.path("share").asDouble()))
        : Optional.empty();
  }

  private static List<String> names(JsonNode node) {
    List<String> names = new ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static List<String> texts(JsonNode node) {
    List<String> texts = new ArrayList<>();
    node.forEach(n -> texts.add(n.asText()));
    return texts;
  }

  private static Optional<String> text(JsonNode node, String key) {
    return node.has(key) ? Optional.of(node.path(key).asText()) : Optional.empty();
  }
}
