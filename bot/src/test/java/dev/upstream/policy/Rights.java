package dev.upstream.policy;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Rules and people of tests. */
public final class Rights {
  public static final String TEAM = "T0TEAM";

  private Rights() {}

  public static Person member(String user, String... groups) {
    return new Person(TEAM, user, Person.Kind.MEMBER, Set.of(groups));
  }

  public static Person of(Person.Kind kind) {
    return new Person(TEAM, "U0ANA", kind, Set.of("@sre", "S0SRE"));
  }

  /**
   * A rule in a line of its own.
   *
   * @param who as in policy.yml, with blanks between
   */
  public static ReadRule rule(int line, String clusters, String namespaces, String who) {
    List<String> names = List.of(who.split(" "));
    return new ReadRule(
        "",
        line,
        5,
        patterns(clusters),
        patterns(namespaces),
        Who.of(
            names.contains("everyone"),
            names.stream().filter(n -> n.matches("@.*|S.*")).toList(),
            names.stream().filter(n -> n.matches("U.*")).toList()));
  }

  private static List<NamePattern> patterns(String names) {
    return Arrays.stream(names.split(" ", -1)).map(NamePattern::new).toList();
  }

  /** Somebody who may read these namespaces of every cluster, and nothing else. */
  public static Reader reader(String... namespaces) {
    return new Reader(
        new Policy(List.of(rule(1, "*", String.join(" ", namespaces), "everyone"))),
        member("U0ANA"));
  }
}
