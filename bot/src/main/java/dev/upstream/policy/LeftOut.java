package dev.upstream.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How much of an answer a person does not see, by what it is.
 *
 * @param details proofs, and what a finding says of other namespaces
 * @param hops steps of the request's path
 */
public record LeftOut(int findings, int details, int hops, int changes, int gaps) {
  public static final LeftOut NOTHING = new LeftOut(0, 0, 0, 0, 0);

  public LeftOut and(LeftOut other) {
    return new LeftOut(
        findings + other.findings,
        details + other.details,
        hops + other.hops,
        changes + other.changes,
        gaps + other.gaps);
  }

  /** {@code Not shown: 2 findings and 1 detail in namespaces that the asker may not read.} */
  public Optional<String> sentence() {
    List<String> parts = new ArrayList<>();
    part(findings, "1 finding", "findings", parts);
    part(details, "1 detail", "details", parts);
    part(hops, "1 step of the path", "steps of the path", parts);
    part(changes, "1 change", "changes", parts);
    part(gaps, "1 thing that could not be checked", "things that could not be checked", parts);
    if (parts.isEmpty()) {
      return Optional.empty();
    }
    String last = parts.removeLast();
    return Optional.of(
        "Not shown: "
            + (parts.isEmpty() ? last : String.join(", ", parts) + " and " + last)
            + " in namespaces that the asker may not read.");
  }

  private static void part(int count, String one, String several, List<String> parts) {
    if (count > 0) {
      parts.add(count == 1 ? one : count + " " + several);
    }
  }
}
