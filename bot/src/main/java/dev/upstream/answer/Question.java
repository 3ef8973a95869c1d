package dev.upstream.answer;

import dev.upstream.snapshot.LogRedaction;
import dev.upstream.target.Target;
import dev.upstream.target.TargetParser;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a person asked.
 *
 * @param target the words, not yet understood
 * @param clusters the clients' clusters; empty to choose by RULES.md R14; {@code all} for every one
 * @param client {@code namespace} or {@code namespace/workload}
 */
public record Question(
    String target, List<String> clusters, Optional<String> client, Optional<String> namespace) {
  /** What holds nothing but a name. */
  private static final Pattern NAME = Pattern.compile("\\s*[A-Za-z0-9*._:/-]{1,600}\\s*");

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
    Optional<Target> meant = TargetParser.parse(target);
    if (meant.isPresent()
        && !(meant.get() instanceof Target.Url)
        && NAME.matcher(target).matches()) {
      return this;
    }
    String masked = LogRedaction.mask(target);
    Optional<String> shown = meant.map(Target::shown);
    boolean same = TargetParser.parse(masked).map(Target::shown).equals(shown);
    return new Question(same ? masked : shown.orElse(masked), clusters, client, namespace);
  }
}
