package dev.upstream.report;

import dev.upstream.diagnosis.Evidence;
import dev.upstream.diagnosis.Finding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Findings that say the same of several objects, such as one setting of three nodes: a person reads
 * them once.
 */
record SameCause(List<Finding> findings) {
  SameCause {
    findings = List.copyOf(findings);
  }

  /** In the order of the findings; each is in one group. */
  static List<SameCause> of(List<Finding> findings) {
    Map<List<Object>, List<Finding>> groups = new LinkedHashMap<>();
    for (Finding f : findings) {
      groups.computeIfAbsent(said(f), k -> new ArrayList<>()).add(f);
    }
    return groups.values().stream().map(SameCause::new).toList();
  }

  private static List<Object> said(Finding f) {
    return List.of(
        f.id(),
        f.role(),
        f.cluster(),
        f.subject().kind(),
        f.subject().namespace(),
        f.fieldPath(),
        f.share(),
        f.confidence(),
        f.summary().replace(word(f), "\u0000"));
  }

  private static String word(Finding f) {
    return f.subject().kind().toLowerCase(java.util.Locale.ROOT) + " " + f.subject().name();
  }

  Finding first() {
    return findings.getFirst();
  }

  private String names() {
    return String.join(", ", findings.stream().map(f -> f.subject().name()).toList());
  }

  String summary() {
    String kind = first().subject().kind().toLowerCase(java.util.Locale.ROOT);
    return findings.size() == 1
        ? first().summary()
        : first().summary().replace(word(first()), kind + "s " + names());
  }

  String subject() {
    String others =
        String.join("", findings.stream().skip(1).map(f -> ", " + f.subject().name()).toList());
    return first().subject().words() + others;
  }

  /** What proves it for all of them, then what proves it for one, under its name. */
  List<Evidence> evidence() {
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
