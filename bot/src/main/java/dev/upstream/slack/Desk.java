package dev.upstream.slack;

import com.slack.api.methods.SlackApiException;
import com.slack.api.methods.response.users.UsersInfoResponse;
import dev.upstream.answer.ClusterStatus;
import dev.upstream.answer.Collector;
import dev.upstream.answer.Directory;
import dev.upstream.answer.Reply;
import dev.upstream.conversation.Asker;
import dev.upstream.policy.Policy;
import dev.upstream.policy.Reader;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What people ask about the bot itself, and what they are called. */
final class Desk {
  private static final Duration GOOD = Duration.ofHours(1);
  private static final int MOST = 5_000;

  private final Collector collector;
  private final Directory directory;
  private final Supplier<Policy> policy;
  private final People people;
  private final Rights rights;
  private final SlackApi slack;
  private final Remembered<String, String> names;
  private final ZoneId zone;
  private final InstantSource clock;
  private final String version;

  /**
   * @param version of the bot
   */
  Desk(
      Collector collector,
      Directory directory,
      Supplier<Policy> policy,
      People people,
      Rights rights,
      SlackApi slack,
      ZoneId zone,
      InstantSource clock,
      String version) {
    this.collector = collector;
    this.directory = directory;
    this.policy = policy;
    this.people = people;
    this.rights = rights;
    this.slack = slack;
    this.names = new Remembered<>(GOOD, MOST, clock);
    this.zone = zone;
    this.clock = clock;
    this.version = version;
  }

  /** How the clusters are that the person may read something of. */
  Message status(Asker asker) {
    Optional<Reply.Refused> shutOut = rights.shutOut(asker.person());
    if (shutOut.isPresent()) {
      return NoteBlocks.sentence(shutOut.get().sentence());
    }
    Optional<Reader> reader = rights.reader(asker.person());
    List<ClusterStatus> seen =
        reader
            .map(r -> directory.status().stream().filter(s -> r.mayEnter(s.cluster())).toList())
            .orElse(List.of());
    Instant now = clock.instant();
    Optional<String> usual = collector.defaultCluster();
    return StatusBlocks.of(
        seen.stream().map(s -> cluster(s, usual)).toList(), version, zone, now, now);
  }

  private static StatusBlocks.Cluster cluster(ClusterStatus s, Optional<String> usual) {
    return new StatusBlocks.Cluster(
        s.cluster(), usual.equals(Optional.of(s.cluster())), reach(s), s.missingRights());
  }

  private static StatusBlocks.Reach reach(ClusterStatus s) {
    if (s.recorded()) {
      return new StatusBlocks.Reach.Recorded(s.seenAt().orElse(Instant.EPOCH), s.trouble());
    }
    if (!s.reachable()) {
      return new StatusBlocks.Reach.Unreached(s.trouble().orElse("It does not answer."));
    }
    return s.kubernetes().isEmpty() && s.trouble().isPresent()
        ? new StatusBlocks.Reach.Closed(s.trouble().get())
        : new StatusBlocks.Reach.Reached(s.kubernetes(), s.istio(), s.trouble());
  }

  Message policyTest(Command.PolicyTest test, Asker asker) {
    return PolicyTestBlocks.of(
        test,
        name(test.user()),
        policy.get(),
        people.soon(asker.person().team(), asker.person().user()),
        people.soon(asker.person().team(), test.user()),
        directory.clusters());
  }

  /** How others know a person; the id where Slack does not say. */
  String name(String user) {
    return names.get(user, this::asked).orElse(user);
  }

  private Optional<String> asked(String user) {
    try {
      UsersInfoResponse answer = slack.methods().usersInfo(r -> r.user(user));
      return answer.isOk() ? Optional.ofNullable(answer.getUser().getName()) : Optional.empty();
    } catch (IOException | SlackApiException e) {
      return Optional.empty();
    }
  }
}
