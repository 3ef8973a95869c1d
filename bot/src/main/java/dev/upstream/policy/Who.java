package dev.upstream.policy;

import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Whom a rule is for.
 *
 * @param everyone every full member of the workspace
 * @param groups user groups, by id or {@code @handle}
 * @param users by id
 */
public record Who(boolean everyone, SortedSet<String> groups, SortedSet<String> users) {
  public Who {
    groups = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(groups));
    users = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(users));
  }

  public static Who of(boolean everyone, Collection<String> groups, Collection<String> users) {
    return new Who(everyone, new TreeSet<>(groups), new TreeSet<>(users));
  }

  boolean holds(Person person) {
    return everyone
        || users.contains(person.user())
        || person.groups().stream().anyMatch(groups::contains);
  }

  /** Whether everyone of the other is among these, as far as names tell. */
  boolean covers(Who other) {
    return everyone
        || !other.everyone && groups.containsAll(other.groups) && users.containsAll(other.users);
  }

  /** The same people, each group and user by itself. */
  List<Who> parts() {
    Stream<Who> all = everyone ? Stream.of(of(true, List.of(), List.of())) : Stream.empty();
    return Stream.of(
            all,
            groups.stream().map(g -> of(false, List.of(g), List.of())),
            users.stream().map(u -> of(false, List.of(), List.of(u))))
        .flatMap(s -> s)
        .toList();
  }

  String words() {
    List<String> names =
        Stream.of(
                everyone ? Stream.of("everyone") : Stream.<String>empty(),
                groups.stream(),
                users.stream())
            .flatMap(s -> s)
            .toList();
    return String.join(", ", names);
  }
}
