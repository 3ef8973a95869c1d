package dev.upstream.policy;

import java.util.Collections;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * Someone who asks, as Slack knows the person.
 *
 * @param team the id of the workspace that the person belongs to
 * @param user an id; unique only together with the team
 * @param groups the user groups that the person is in, each by id and by {@code @handle}
 */
public record Person(String team, String user, Kind kind, Set<String> groups) {
  /** What sort of account it is; only a member can have rights. */
  public enum Kind {
    MEMBER,
    GUEST,
    BOT,
    /** Of another workspace, or not known to this one. */
    STRANGER,
    /** The account was closed. */
    DEACTIVATED;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public Person {
    groups = Collections.unmodifiableSet(new TreeSet<>(groups));
  }
}
