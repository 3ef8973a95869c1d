package dev.upstream.answer;

import java.util.List;
import java.util.Optional;

/**
 * What a person asked.
 *
 * @param target the words, not yet understood
 * @param clusters the clients' clusters; empty to choose by RULES.md R14; {@code all} for every one
 * @param client {@code namespace} or {@code namespace/workload}
 */
public record Question(
    String target, List<String> clusters, Optional<String> client, Optional<String> namespace) {
  public Question {
    clusters = List.copyOf(clusters);
  }

  public static Question about(String target) {
    return new Question(target, List.of(), Optional.empty(), Optional.empty());
  }
}
