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
 * @param mistake whether a contributing condition is somebody's mistake, mended for its own sake
 *     whatever lies below it (its fix kind in ids.md changes the condition itself): where no root
 *     cause is found, the headline ends with it (RULES.md R13)
 */
public record CheckInfo(
    String id,
    String title,
    Role role,
    Severity severity,
    Set<Source> needs,
    Set<Source> uses,
    List<String> leadsTo,
    List<String> aliases,
    boolean mistake) {
  public CheckInfo {
    if (mistake && role != Role.CONTRIBUTING) {
      throw new IllegalArgumentException(id + " is no contributing condition");
    }
    needs = Collections.unmodifiableSortedSet(new TreeSet<>(needs));
    uses = Collections.unmodifiableSortedSet(new TreeSet<>(uses));
    leadsTo = List.copyOf(leadsTo);
    aliases = List.copyOf(aliases);
  }

  /** A root cause that needs some sources and leads to others. */
  public static CheckInfo rootCause(
      String id, String title, Set<Source> needs, Set<Source> uses, List<String> leadsTo) {
    return new CheckInfo(
        id, title, Role.ROOT_CAUSE, Severity.CRITICAL, needs, uses, leadsTo, List.of(), false);
  }

  public static CheckInfo symptom(
      String id, String title, Set<Source> needs, Set<Source> uses, List<String> leadsTo) {
    return new CheckInfo(
        id, title, Role.SYMPTOM, Severity.CRITICAL, needs, uses, leadsTo, List.of(), false);
  }

  public CheckInfo as(Role newRole, Severity newSeverity) {
    return new CheckInfo(id, title, newRole, newSeverity, needs, uses, leadsTo, aliases, mistake);
  }

  public CheckInfo alias(String... names) {
    return new CheckInfo(id, title, role, severity, needs, uses, leadsTo, List.of(names), mistake);
  }

  /** A contributing condition that is somebody's mistake. */
  public CheckInfo asMistake() {
    return new CheckInfo(id, title, role, severity, needs, uses, leadsTo, aliases, true);
  }
}
