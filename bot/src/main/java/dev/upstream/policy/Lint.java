package dev.upstream.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What in a policy has no effect, or surely not the one that was meant. */
public final class Lint {
  private final List<ReadRule> rules;

  private Lint(List<ReadRule> rules) {
    this.rules = rules;
  }

  /**
   * A remark.
   *
   * @param line counted from 1
   * @param column counted from 1
   */
  public record Warning(int line, int column, String sentence) {}

  /** Warnings in the order of the file. */
  public static List<Warning> of(Policy policy) {
    if (policy.read().isEmpty()) {
      return List.of(new Warning(1, 1, "There is no read rule: nobody may read anything."));
    }
    Lint lint = new Lint(policy.read());
    List<Warning> warnings = new ArrayList<>();
    for (int i = 0; i < policy.read().size(); i++) {
      lint.warning(i).ifPresent(warnings::add);
    }
    return warnings;
  }

  private Optional<Warning> warning(int index) {
    ReadRule rule = rules.get(index);
    return never(index)
        .or(() -> repeated("cluster", rule.clusters()))
        .or(() -> repeated("namespace", rule.namespaces()))
        .or(() -> alreadyEveryone(rule))
        .map(s -> new Warning(rule.line(), rule.column(), s));
  }

  /** Earlier rules that together allow all that this one allows. */
  private Optional<String> never(int index) {
    ReadRule rule = rules.get(index);
    SortedSet<Integer> lines = new TreeSet<>();
    for (NamePattern cluster : rule.clusters()) {
      for (NamePattern namespace : rule.namespaces()) {
        for (Who who : rule.who().parts()) {
          Optional<ReadRule> before =
              rules.subList(0, index).stream()
                  .filter(r -> r.clusters().stream().anyMatch(p -> p.covers(cluster)))
                  .filter(r -> r.namespaces().stream().anyMatch(p -> p.covers(namespace)))
                  .filter(r -> r.who().covers(who))
                  .findFirst();
          if (before.isEmpty()) {
            return Optional.empty();
          }
          lines.add(before.get().line());
        }
      }
    }
    String shown = lines.stream().map(String::valueOf).collect(Collectors.joining(", "));
    return Optional.of(
        "This rule can never apply: "
            + (lines.size() == 1
                ? "the rule in line " + shown + " allows"
                : "the rules in lines " + shown + " allow")
            + " all of it already.");
  }

  private static Optional<String> repeated(String noun, List<NamePattern> patterns) {
    for (int i = 0; i < patterns.size(); i++) {
      for (int j = 0; j < patterns.size(); j++) {
        NamePattern wider = patterns.get(j);
        NamePattern narrower = patterns.get(i);
        if (i != j && wider.covers(narrower) && (i > j || !narrower.covers(wider))) {
          return Optional.of(
              "The "
                  + noun
                  + " \""
                  + narrower.text()
                  + "\" is needless: \""
                  + wider.text()
                  + "\" of the same rule holds it.");
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<String> alreadyEveryone(ReadRule rule) {
    Who who = rule.who();
    return who.everyone() && who.groups().size() + who.users().size() > 0
        ? Optional.of(
            "Naming "
                + Who.of(false, who.groups(), who.users()).words()
                + " is needless: everyone stands in the same rule.")
        : Optional.empty();
  }
}
