package dev.upstream.diagnosis;

import dev.upstream.snapshot.Source;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a check is.
 *
 * @param id its name for ever (PRODUCT.md section 2)
 * @param title the meaning in a sentence
 * @param role what a finding usually is
 * @param needs sources without which it can say nothing
 * @param uses sources that raise its confidence or its precision
 * @param leadsTo ids that a finding explains directly, nearest first: the first one present is
 *     taken
 */
public record CheckInfo(
    String id,
    String title,
    Role role,
    Severity severity,
    Set<Source> needs,
    Set<Source> uses,
    List<String> leadsTo,
    List<String> aliases) {
  public CheckInfo {
    needs = Collections.unmodifiableSortedSet(new TreeSet<>(needs));
    uses = Collections.unmodifiableSortedSet(new TreeSet<>(uses));
    leadsTo = List.copyOf(leadsTo);
    aliases = List.copyOf(aliases);
  }

  /** A root cause that needs some sources and leads to others. */
  public static CheckInfo rootCause(
      String id, String title, Set<Source> needs, Set<Source> uses, List<String> leadsTo) {
    return new CheckInfo(
        id, title, Role.ROOT_CAUSE, Severity.CRITICAL, needs, uses, leadsTo, List.of());
  }

  public static CheckInfo symptom(
      String id, String title, Set<Source> needs, Set<Source> uses, List<String> leadsTo) {
    return new CheckInfo(
        id, title, Role.SYMPTOM, Severity.CRITICAL, needs, uses, leadsTo, List.of());
  }

  public CheckInfo as(Role newRole, Severity newSeverity) {
    return new CheckInfo(id, title, newRole, newSeverity, needs, uses, leadsTo, aliases);
  }

  public CheckInfo alias(String... names) {
    return new CheckInfo(id, title, role, severity, needs, uses, leadsTo, List.of(names));
  }
}
