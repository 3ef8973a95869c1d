package dev.upstream.diagnosis;

import dev.upstream.path.Leg;
import dev.upstream.path.RequestPath;
import dev.upstream.snapshot.Gap;
import java.util.ArrayList;
import java.util.List;

/** How each hop of a path does, by what fails of the requests that pass it. */
final class HopStates {
  private HopStates() {}

  static List<Diagnosis.HopState> of(
      RequestPath path, List<Finding> findings, List<Gap> mattering, Facts facts, Traffic traffic) {
    List<Finding> real =
        findings.stream().filter(f -> f.role() != Role.RISK && f.role() != Role.ADVISORY).toList();
    List<Diagnosis.HopState> states = new ArrayList<>();
    for (int i = 0; i < path.hops().size(); i++) {
      int hop = i;
      List<Leg> over = path.ends().stream().filter(e -> passes(path, e, hop)).toList();
      double all = over.stream().mapToDouble(Leg::share).sum();
      double bad =
          over.stream()
              .mapToDouble(
                  e ->
                      e.share()
                          * real.stream()
                              .filter(f -> f.share().isPresent())
                              .mapToDouble(f -> f.impact().on(path, e))
                              .filter(x -> x > 0)
                              .max()
                              .orElseGet(() -> traffic.on(path, e)))
              .sum();
      String cluster = path.hops().get(i).cluster();
      boolean unseen =
          mattering.stream().anyMatch(g -> g.cluster().equals(cluster))
              && over.stream().noneMatch(l -> facts.serving(l).known());
      Diagnosis.State state =
          all == 0
              ? (real.isEmpty() ? Diagnosis.State.UNKNOWN : Diagnosis.State.FAILING)
              : bad >= 0.995 * all
                  ? Diagnosis.State.FAILING
                  : bad > 0
                      ? Diagnosis.State.DEGRADED
                      : unseen ? Diagnosis.State.UNKNOWN : Diagnosis.State.OK;
      states.add(new Diagnosis.HopState(path.hops().get(i), state));
    }
    return states;
  }

  private static boolean passes(RequestPath path, Leg end, int hop) {
    return path.lineage(end).stream().anyMatch(id -> path.leg(id).hops().contains(hop));
  }
}
