package dev.upstream.slack;

import dev.upstream.diagnosis.Finding;
import java.util.ArrayList;
import java.util.List;

/**
 * Findings that differ by nothing but the object, such as one on every node: they are told once,
 * with all their objects.
 *
 * @param findings the first one speaks for all
 */
record Same(List<Finding> findings) {
  Same {
    findings = List.copyOf(findings);
  }

  Finding first() {
    return findings.getFirst();
  }

  static boolean as(Finding a, Finding b) {
    return a.id().equals(b.id())
        && a.role() == b.role()
        && a.cluster().equals(b.cluster())
        && a.fieldPath().equals(b.fieldPath())
        && a.share().equals(b.share())
        && a.subject().kind().equals(b.subject().kind())
        && a.summary()
            .replace(a.subject().name(), "")
            .equals(b.summary().replace(b.subject().name(), ""));
  }

  /** In the order of their first ones. */
  static List<Same> of(List<Finding> findings) {
    List<List<Finding>> groups = new ArrayList<>();
    for (Finding finding : findings) {
      groups.stream()
          .filter(g -> as(g.getFirst(), finding))
          .findFirst()
          .orElseGet(
              () -> {
                List<Finding> group = new ArrayList<>();
                groups.add(group);
                return group;
              })
          .add(finding);
    }
    return groups.stream().map(Same::new).toList();
  }
}
