package dev.upstream.diagnosis;

import dev.upstream.path.Leg;
import dev.upstream.path.RequestPath;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a finding does to each leg: the fraction of its requests that fail, or nothing that is
 * known.
 *
 * @param legs by leg id; a leg that is concerned but fails nothing stands with 0
 * @param whole the fraction of all requests that fail before any leg is taken
 * @param known false where only traffic could tell and there was too little of it
 */
public record Impact(SortedMap<Integer, Double> legs, double whole, boolean known) {
  public Impact {
    legs = Collections.unmodifiableSortedMap(new TreeMap<>(legs));
  }

  public static Impact on(Leg leg, double fraction) {
    return new Impact(new TreeMap<>(java.util.Map.of(leg.id(), fraction)), 0, true);
  }

  /** What fails as far as it was seen; not known where neither proxies nor objects could tell. */
  public static Impact failing(Leg leg, Serving serving) {
    return serving.known() ? on(leg, serving.failing()) : unknown(leg);
  }

  public static Impact unknown(Leg leg) {
    return new Impact(new TreeMap<>(java.util.Map.of(leg.id(), 0d)), 0, false);
  }

  /** Something fails, and not even on which leg is known. */
  public static Impact unknown() {
    return new Impact(new TreeMap<>(), 0, false);
  }

  /** Failing of all requests in the window; not known below 20 (RULES.md R8). */
  public static Impact counted(Leg leg, int failing, int all) {
    return all < 20 ? unknown(leg) : on(leg, (double) failing / all);
  }

  public static Impact everything(double fraction) {
    return new Impact(new TreeMap<>(), fraction, true);
  }

  public static Impact nothing() {
    return new Impact(new TreeMap<>(), 0, true);
  }

  /** Both together: what either fails fails. */
  public Impact and(Impact other) {
    SortedMap<Integer, Double> union = new TreeMap<>(legs);
    other.legs.forEach((leg, f) -> union.merge(leg, f, Math::max));
    return new Impact(union, Math.max(whole, other.whole), known && other.known);
  }

  /** The fraction of an ending leg's requests that fail by this. */
  public double on(RequestPath path, Leg end) {
    return path.lineage(end).stream()
        .mapToDouble(id -> legs.getOrDefault(id, 0d))
        .reduce(whole, Math::max);
  }

  /** The fraction of the target's requests that fail by this; empty when it is not known. */
  public Optional<Double> share(RequestPath path) {
    if (!known) {
      return Optional.empty();
    }
    if (path.legs().isEmpty()) {
      return Optional.of(whole);
    }
    double sum = path.ends().stream().mapToDouble(e -> e.share() * on(path, e)).sum();
    return Optional.of(round(sum));
  }

  static double round(double share) {
    return Math.round(Math.min(1, share) * 10_000) / 10_000d;
  }

  /** Whether both concern a common leg. */
  public boolean meets(Impact other, RequestPath path) {
    if (legs.isEmpty() || other.legs.isEmpty()) {
      return true;
    }
    return legs.keySet().stream()
        .anyMatch(
            a ->
                other.legs.keySet().stream()
                    .anyMatch(
                        b ->
                            path.lineage(path.leg(a)).contains(b)
                                || path.lineage(path.leg(b)).contains(a)));
  }
}
