package dev.upstream.diagnosis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Findings that differ by nothing but the object, such as one setting of three nodes: a person
 * reads them once, with all their objects.
 *
 * @param findings the first one speaks for all
 */
public record SameCause(List<Finding> findings) {
  private static final int MOST_NAMES = 5;

  public SameCause {
    findings = List.copyOf(findings);
  }

  /** In the order of the findings; each is in one group. */
  public static List<SameCause> of(List<Finding> findings) {
    Map<List<Object>, List<Finding>> groups = new LinkedHashMap<>();
    for (Finding f : findings) {
      groups.computeIfAbsent(said(f), k -> new ArrayList<>()).add(f);
    }
    return groups.values().stream().map(SameCause::new).toList();
  }

  /** A finding with those of the others that say the same. */
  public static SameCause of(Finding finding, List<Finding> others) {
    List<Object> said = said(finding);
    return new SameCause(
        Stream.concat(Stream.of(finding), others.stream().filter(f -> said(f).equals(said)))
            .distinct()
            .toList());
  }

  private static List<Object> said(Finding f) {
    return List.of(
        f.id(),
        f.role(),
        f.cluster(),
        f.subject().kind(),
        f.fieldPath(),
        f.share(),
        f.ofSeveral().orElseGet(() -> withoutName(f)));
  }

  private static String withoutName(Finding f) {
    return Pattern.compile("(?<![\\w-])" + Pattern.quote(f.subject().name()) + "(?![\\w-])")
        .matcher(f.summary())
        .replaceAll(Matcher.quoteReplacement(Finding.THEY));
  }

  public Finding first() {
    return findings.getFirst();
  }

  /** As sure as the least sure of them. */
  public Confidence confidence() {
    return findings.stream()
        .map(Finding::confidence)
        .max(Comparator.naturalOrder())
        .orElseGet(first()::confidence);
  }

  /** What is said of the first one, or of all where the check has words for that. */
  public String summary() {
    return findings.size() == 1
        ? first().summary()
        : first().ofSeveral().map(s -> s.replace(Finding.THEY, they())).orElse(first().summary());
  }

  /** The same where nothing else tells of the others: they are named in any case. */
  public String headline() {
    return findings.size() == 1 || first().ofSeveral().isPresent()
        ? summary()
        : summary()
            + " The same on "
            + some(findings.stream().skip(1).map(f -> f.subject().words()).toList())
            + ".";
  }

  /** {@code 3 nodes (node-a, node-b, node-c)}. */
  private String they() {
    String kind = first().subject().kind().toLowerCase(Locale.ROOT);
    List<String> names = findings.stream().map(f -> f.subject().name()).toList();
    return findings.size() + " " + kind + "s (" + some(names) + ")";
  }

  private static String some(List<String> names) {
    return names.size() <= MOST_NAMES
        ? String.join(", ", names)
        : String.join(", ", names.subList(0, MOST_NAMES))
            + " and "
            + (names.size() - MOST_NAMES)
            + " more";
  }

  /** What proves it for all of them, then what proves it for one, under its name. */
  public List<Evidence> evidence() {
    List<Evidence> shared = new ArrayList<>(first().evidence());
    findings.forEach(f -> shared.retainAll(f.evidence()));
    List<Evidence> all = new ArrayList<>(shared);
    for (Finding f : findings) {
      for (Evidence e : f.evidence()) {
        if (!shared.contains(e)) {
          all.add(new Evidence(e.source(), f.subject().name() + ": " + e.text(), e.command()));
        }
      }
    }
    return all;
  }
}
