package dev.upstream.slack;

import com.slack.api.methods.SlackApiTextResponse;
import com.slack.api.methods.response.usergroups.UsergroupsListResponse;
import com.slack.api.methods.response.usergroups.users.UsergroupsUsersListResponse;
import com.slack.api.model.Usergroup;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The user groups that rules name, and who is in them. */
final class Groups {
  private static final Logger LOG = LoggerFactory.getLogger(Groups.class);

  private final Supplier<Set<String>> named;
  private final Set<String> missed = ConcurrentHashMap.newKeySet();

  /**
   * @param named by id or {@code @handle}
   */
  Groups(Supplier<Set<String>> named) {
    this.named = named;
  }

  /** Asks Slack; empty when it gives no answer. */
  interface Line {
    <T extends SlackApiTextResponse> Optional<T> ask(String method, Inquiries.Question<T> question);
  }

  /**
   * Who is in which groups.
   *
   * @param groups by person; each group by id and by handle
   */
  record Members(Map<String, Set<String>> groups) {
    static final Members NONE = new Members(Map.of());

    Members {
      groups = Map.copyOf(groups);
    }

    Set<String> of(String user) {
      return groups.getOrDefault(user, Set.of());
    }
  }

  boolean none() {
    return named.get().isEmpty();
  }

  /** Everybody of the named groups; empty when one of them could not be read. */
  Optional<Members> read(Line slack) {
    Optional<List<Usergroup>> all =
        slack
            .ask(
                "usergroups.list",
                m -> m.usergroupsList(r -> r.includeUsers(true).includeCount(true)))
            .filter(Groups::fine)
            .map(UsergroupsListResponse::getUsergroups);
    if (all.isEmpty()) {
      return Optional.empty();
    }
    Set<String> wanted = named.get();
    Map<String, Set<String>> members = new HashMap<>();
    Set<String> found = new HashSet<>();
    for (Usergroup group : all.get()) {
      Set<String> names = names(group);
      if (names.stream().anyMatch(wanted::contains)) {
        Optional<List<String>> users = users(group, slack);
        if (users.isEmpty()) {
          return Optional.empty();
        }
        found.addAll(names);
        users.get().forEach(u -> members.computeIfAbsent(u, x -> new HashSet<>()).addAll(names));
      }
    }
    wanted.stream().filter(n -> !found.contains(n)).forEach(this::missing);
    return Optional.of(new Members(members));
  }

  /** Another workspace's group that is shown here has no say. */
  private static Set<String> names(Usergroup group) {
    boolean ended = Optional.ofNullable(group.getDateDelete()).orElse(0) > 0;
    return group.isExternal() || ended
        ? Set.of()
        : java.util.stream.Stream.of(
                Optional.ofNullable(group.getId()),
                Optional.ofNullable(group.getHandle()).map(h -> "@" + h.toLowerCase(Locale.ROOT)))
            .flatMap(Optional::stream)
            .collect(Collectors.toSet());
  }

  /** The list may hold fewer people than the group; then the group is asked for by itself. */
  private static Optional<List<String>> users(Usergroup group, Line slack) {
    Optional<List<String>> listed = Optional.ofNullable(group.getUsers());
    int count = Optional.ofNullable(group.getUserCount()).orElse(-1);
    return listed.filter(u -> u.size() == count).isPresent()
        ? listed
        : slack
            .ask(
                "usergroups.users.list",
                m -> m.usergroupsUsersList(r -> r.usergroup(group.getId())))
            .filter(Groups::fine)
            .map(UsergroupsUsersListResponse::getUsers);
  }

  private static boolean fine(SlackApiTextResponse answer) {
    if (!answer.isOk()) {
      LOG.warn("Slack does not say who is in which user group: {}", answer.getError());
    }
    return answer.isOk();
  }

  private void missing(String group) {
    if (missed.add(group)) {
      LOG.warn("policy.yml names {}, which is no user group of this workspace", group);
    }
  }
}
