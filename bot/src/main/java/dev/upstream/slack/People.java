package dev.upstream.slack;

import com.slack.api.methods.response.auth.AuthTestResponse;
import com.slack.api.methods.response.users.UsersInfoResponse;
import com.slack.api.model.User;
import dev.upstream.policy.Person;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who people are, as Slack says: what sort of account, and in which user groups. What it said is
 * good for less than a minute; when it can't be asked and nothing good is known, a person is nobody
 * (an empty answer).
 */
public final class People {
  /** A right that ended a minute ago is over. */
  static final Duration GOOD = Duration.ofSeconds(50);

  private static final Logger LOG = LoggerFactory.getLogger(People.class);
  private static final int MOST = 10_000;
  private static final Duration SOON = Duration.ofMillis(1_500);

  /** Slack's words for a person that this workspace does not have. */
  private static final Set<String> NOBODY =
      Set.of("user_not_found", "users_not_found", "user_not_visible");

  private final Inquiries slack;
  private final Groups groups;
  private final Remembered<String, Person.Kind> kinds;
  private final Remembered<Home, Groups.Members> members;

  /** This workspace's id; empty before Slack said it. */
  private volatile String home = "";

  /** There is one workspace. */
  private enum Home {
    HERE
  }

  /**
   * @param named the groups that rules name, by id or {@code @handle}; others are not asked for
   */
  public People(SlackApi slack, InstantSource clock, Supplier<Set<String>> named) {
    this.slack = new Inquiries(slack, clock);
    this.groups = new Groups(named);
    this.kinds = new Remembered<>(GOOD, MOST, clock);
    this.members = new Remembered<>(GOOD, 1, clock);
  }

  private static Person stranger(String team, String user) {
    return new Person(team, user, Person.Kind.STRANGER, Set.of());
  }

  /**
   * A person; asks Slack for what is not known, and waits for the answer.
   *
   * @param team the workspace that the person acts for, as Slack's delivery says
   */
  public Optional<Person> find(String team, String user) {
    Optional<String> here = here();
    if (here.isEmpty()) {
      return Optional.empty();
    }
    if (!here.get().equals(team)) {
      return Optional.of(stranger(team, user));
    }
    return kinds
        .get(user, u -> kind(u, here.get()))
        .flatMap(k -> person(team, user, k, groupsFor(k)));
  }

  /**
   * A person as far as that is known soon: Slack waits three seconds for an acknowledgement,
   * however long its own answers take. What comes later is known when it is asked for again.
   */
  Optional<Person> soon(String team, String user) {
    CompletableFuture<Optional<Person>> found = new CompletableFuture<>();
    Thread.ofVirtual()
        .name("who-is")
        .start(
            () -> {
              try {
                found.complete(find(team, user));
              } catch (RuntimeException e) {
                found.completeExceptionally(e);
              }
            });
    return found.completeOnTimeout(Optional.empty(), SOON.toMillis(), TimeUnit.MILLISECONDS).join();
  }

  /** Whether nobody knows who this is only because Slack does not answer just now. */
  boolean waitsFor(String team, String user) {
    return find(team, user).isEmpty() && slack.resting();
  }

  /** Groups matter for members alone. */
  private Optional<Groups.Members> groupsFor(Person.Kind kind) {
    return kind != Person.Kind.MEMBER || groups.none()
        ? Optional.of(Groups.Members.NONE)
        : members.get(Home.HERE, h -> groups.read(slack));
  }

  private Optional<Person> person(
      String team, String user, Person.Kind kind, Optional<Groups.Members> all) {
    return kind != Person.Kind.MEMBER || groups.none()
        ? Optional.of(new Person(team, user, kind, Set.of()))
        : all.map(m -> new Person(team, user, kind, m.of(user)));
  }

  private Optional<String> here() {
    if (!home.isEmpty()) {
      return Optional.of(home);
    }
    Optional<String> asked =
        slack
            .ask("auth.test", m -> m.authTest(r -> r))
            .filter(AuthTestResponse::isOk)
            .map(AuthTestResponse::getTeamId);
    asked.ifPresent(t -> home = t);
    return asked;
  }

  private Optional<Person.Kind> kind(String user, String here) {
    Optional<UsersInfoResponse> answer =
        slack.ask("users.info", m -> m.usersInfo(r -> r.user(user)));
    if (answer.isPresent() && !answer.get().isOk()) {
      String error = String.valueOf(answer.get().getError());
      if (NOBODY.contains(error)) {
        return Optional.of(Person.Kind.STRANGER);
      }
      LOG.warn("Slack does not say who somebody is: users.info answers {}", error);
      return Optional.empty();
    }
    return answer.map(UsersInfoResponse::getUser).map(u -> kind(u, here));
  }

  private static Person.Kind kind(User user, String here) {
    if (user.isDeleted()) {
      return Person.Kind.DEACTIVATED;
    }
    if (user.isStranger() || !belongs(user, here)) {
      return Person.Kind.STRANGER;
    }
    if (user.isBot()
        || user.isAppUser()
        || user.isWorkflowBot()
        || user.isConnectorBot()
        || "USLACKBOT".equals(user.getId())) {
      return Person.Kind.BOT;
    }
    return user.isRestricted() || user.isUltraRestricted() ? Person.Kind.GUEST : Person.Kind.MEMBER;
  }

  /** In an organisation a person can belong to several workspaces. */
  private static boolean belongs(User user, String here) {
    boolean also =
        Optional.ofNullable(user.getEnterpriseUser())
            .map(User.EnterpriseUser::getTeams)
            .map(t -> t.contains(here))
            .orElse(false);
    return here.equals(user.getTeamId()) || also;
  }
}
