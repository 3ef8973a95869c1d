package dev.upstream.diagnosis;

import dev.upstream.path.RequestPath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Joins findings into chains from cause to symptom, and settles what each one is: what another one
 * explains is no root cause, and what makes nothing fail is a risk (RULES.md R9 to R12).
 */
final class Chains {
  private final RequestPath path;
  private final Map<String, CheckInfo> infos = new HashMap<>();

  Chains(RequestPath path, List<CheckInfo> infos) {
    this.path = path;
    infos.forEach(i -> this.infos.put(i.id(), i));
  }

  List<Finding> join(List<Finding> raw) {
    List<Finding> findings = new ArrayList<>();
    for (Finding f : merged(raw)) {
      findings.add(asRisk(f.shared(f.impact().share(path))));
    }
    List<Finding> linked = findings.stream().map(f -> link(f, findings)).toList();
    Set<String> explained = new HashSet<>();
    linked.forEach(f -> explained.addAll(f.explains()));
    return linked.stream()
        .map(
            f ->
                f.role() == Role.ROOT_CAUSE && explained.contains(f.key())
                    ? f.as(Role.CONTRIBUTING, f.severity())
                    : f)
        .toList();
  }

  /** One finding for each id and subject: shares united, the largest part names the field. */
  private List<Finding> merged(List<Finding> raw) {
    Map<String, Finding> byKey = new LinkedHashMap<>();
    Map<String, Double> largest = new HashMap<>();
    for (Finding f : raw) {
      double share = f.impact().share(path).orElse(-1d);
      Finding old = byKey.get(f.key());
      if (old == null) {
        byKey.put(f.key(), f);
        largest.put(f.key(), share);
        continue;
      }
      boolean bigger = share > largest.getOrDefault(f.key(), -1d);
      Finding main = bigger ? f : old;
      Finding other = bigger ? old : f;
      largest.merge(f.key(), share, Math::max);
      byKey.put(
          f.key(),
          main.hits(main.impact().and(other.impact()))
              .proofs(other.evidence())
              .since(earlier(main, other)));
    }
    return List.copyOf(byKey.values());
  }

  private static Optional<java.time.Instant> earlier(Finding a, Finding b) {
    return java.util.stream.Stream.of(a, b)
        .flatMap(f -> f.since().stream())
        .min(java.time.Instant::compareTo);
  }

  private static Finding asRisk(Finding f) {
    boolean hurtsNothing = f.share().map(s -> s == 0).orElse(false);
    boolean canBe = f.role() == Role.ROOT_CAUSE || f.role() == Role.CONTRIBUTING;
    return canBe && hurtsNothing
        ? f.as(Role.RISK, f.severity() == Severity.CRITICAL ? Severity.WARNING : f.severity())
        : f;
  }

  private Finding link(Finding f, List<Finding> all) {
    CheckInfo info = infos.get(f.id());
    if (info == null || f.role() == Role.RISK || f.role() == Role.ADVISORY) {
      return f;
    }
    SortedSet<String> keys = new TreeSet<>();
    parts(f).forEach(part -> keys.addAll(nearest(f, part, info.leadsTo(), all)));
    return f.explaining(keys);
  }

  /**
   * What a finding leads to can differ from leg to leg; legs that it does not hurt lead nowhere.
   */
  private static List<Impact> parts(Finding f) {
    Impact impact = f.impact();
    boolean hurts = impact.known() && impact.legs().values().stream().anyMatch(x -> x > 0);
    return impact.legs().isEmpty()
        ? List.of(impact)
        : impact.legs().entrySet().stream()
            .filter(e -> !hurts || e.getValue() > 0)
            .map(
                e ->
                    new Impact(
                        new TreeMap<>(Map.of(e.getKey(), e.getValue())),
                        impact.whole(),
                        impact.known()))
            .toList();
  }

  /** The findings of the first id in the list that concern that part as well. */
  private SortedSet<String> nearest(
      Finding f, Impact part, List<String> leadsTo, List<Finding> all) {
    SortedSet<String> keys = new TreeSet<>();
    for (String next : leadsTo) {
      for (Finding g : all) {
        if (g.id().equals(next)
            && g.role() != Role.RISK
            && !g.key().equals(f.key())
            && part.meets(g.impact(), path)) {
          keys.add(g.key());
        }
      }
      if (!keys.isEmpty()) {
        return keys;
      }
    }
    return keys;
  }
}
