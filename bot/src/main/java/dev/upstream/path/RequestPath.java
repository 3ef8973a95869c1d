package dev.upstream.path;

import dev.upstream.snapshot.Gap;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The way a target's request takes: a tree of legs, shares adding up over those that end it.
 *
 * @param client {@code edge}, or the namespace or workload that calls
 * @param route what makes this path differ from others of the same host (RULES.md R6), or empty
 * @param gaps what the path meets and the program does not model, or could not see
 */
public record RequestPath(
    String host,
    Optional<String> path,
    String client,
    String route,
    List<Hop> hops,
    List<Leg> legs,
    List<Gap> gaps,
    List<Refusal> refusals) {

  /**
   * A reason why no rule takes the request.
   *
   * @param cluster where the rules are
   * @param detail the missing class, or the path that nothing matches
   * @param share the fraction of the target's requests that are refused; 0 where another rule
   *     serves them all the same
   */
  public record Refusal(
      String cluster, Reason reason, Leg.Place place, String detail, double share) {}

  /** Why a request finds no rule. */
  public enum Reason {
    NO_PATH_MATCHES,
    CLASS_MISSING
  }

  public RequestPath {
    hops = List.copyOf(hops);
    legs = List.copyOf(legs);
    gaps = gaps.stream().distinct().sorted().toList();
    refusals = List.copyOf(refusals);
  }

  public Leg leg(int id) {
    return legs.get(id);
  }

  /** Legs that lead nowhere further; their shares are disjoint. */
  public List<Leg> ends() {
    Set<Integer> parents = new HashSet<>();
    legs.forEach(l -> l.parent().ifPresent(parents::add));
    return legs.stream().filter(l -> !parents.contains(l.id())).toList();
  }

  /** A leg and all those that lead to it. */
  public Set<Integer> lineage(Leg leg) {
    Set<Integer> ids = new HashSet<>();
    Deque<Integer> todo = new ArrayDeque<>(List.of(leg.id()));
    while (!todo.isEmpty()) {
      int id = todo.pop();
      if (ids.add(id)) {
        legs.get(id).parent().ifPresent(todo::push);
      }
    }
    return ids;
  }
}
