package dev.upstream.answer;

import dev.upstream.snapshot.LogRedaction;
import dev.upstream.target.Target;
import dev.upstream.target.TargetParser;
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

  /** The same, put to these clusters. */
  public Question on(List<String> named) {
    return new Question(target, named, client, namespace);
  }

  /** The same about what stands in a namespace. */
  public Question in(String named) {
    return new Question(target, clusters, client, Optional.of(named));
  }

  /** As it may be kept: what is pasted, or a URL, without query strings and credentials. */
  public Question redacted() {
    boolean name =
        TargetParser.parse(target)
            .map(t -> !(t instanceof Target.LogLine || t instanceof Target.Url))
            .orElse(false);
    return name ? this : new Question(LogRedaction.mask(target), clusters, client, namespace);
  }
}
