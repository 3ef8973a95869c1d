package dev.upstream.slack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upstream.policy.Person;
import dev.upstream.workspace.Call;
import dev.upstream.workspace.Disturbance;
import dev.upstream.workspace.OwnManifest;
import dev.upstream.workspace.Trait;
import dev.upstream.workspace.Workspace;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who people are, asked of a workspace over HTTP. */
class PeopleTest {
  private static final String TOKEN = "xoxb-0123456789-abcdefghij";
  private static final String TEAM = "T0TEAM";

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-11-21T10:00:00Z"));
  private Workspace workspace;
  private SlackApi api;
  private People people;

  @BeforeEach
  void open() throws IOException {
    workspace = Workspace.open("upstream", TOKEN, "8f742231b10e8888abcd99yyyzzz85a5", now::get);
    workspace.register(OwnManifest.read());
    for (String name : List.of("ana", "bob")) {
      workspace.addPerson(name);
    }
    workspace.setGroup("sre", "ana", "bob");
    workspace.setGroup("payments", "bob");
    workspace.setGroup("others", "ana");
    api = new SlackApi(SlackAccess.http(workspace.apiUrl(), TOKEN, "unused-signing-secret"));
    people = people("@sre", "S0PAYMENTS");
  }

  private People people(String... groups) {
    return new People(api, now::get, () -> Set.of(groups));
  }

  @AfterEach
  void nothingWrongWasAsked() {
    workspace.close();
    assertThat(workspace.violations()).isEmpty();
  }

  private void after(int seconds) {
    now.updateAndGet(n -> n.plusSeconds(seconds));
  }

  private List<String> calls() {
    return workspace.calls().stream().map(Call::method).toList();
  }

  private Optional<Person.Kind> kind(String user) {
    return people.find(TEAM, user).map(Person::kind);
  }

  @Test
  void aMemberIsKnownWithTheGroupsThatRulesNameByIdAndHandle() {
    assertThat(people.find(TEAM, "U0ANA"))
        .contains(new Person(TEAM, "U0ANA", Person.Kind.MEMBER, Set.of("@sre", "S0SRE")));
    assertThat(people.find(TEAM, "U0BOB").orElseThrow().groups())
        .containsExactlyInAnyOrder("@sre", "S0SRE", "@payments", "S0PAYMENTS");
    assertThat(calls()).containsExactly("auth.test", "users.info", "usergroups.list", "users.info");
  }

  @Test
  void guestsBotsClosedAccountsAndStrangersAreToldApart() throws IOException {
    workspace.addPerson("gus", Trait.GUEST);
    workspace.addPerson("gil", Trait.SINGLE_CHANNEL_GUEST);
    workspace.addPerson("robot", Trait.BOT);
    workspace.addPerson("dora", Trait.DEACTIVATED);
    workspace.addPerson("ada", Trait.ADMIN);
    workspace.setGroup("sre", "ana", "gus", "gil", "robot", "dora", "ada");
    workspace.addChannel("joint", "ana");
    Workspace other = workspace.beside("other", "xoxb-9876543210-abcdefghij");
    workspace.share("joint", other, "sam");

    assertThat(kind("U0GUS")).contains(Person.Kind.GUEST);
    assertThat(kind("U0GIL")).contains(Person.Kind.GUEST);
    assertThat(kind("U0ROBOT")).contains(Person.Kind.BOT);
    assertThat(kind("U0BOT")).contains(Person.Kind.BOT);
    assertThat(kind("U0DORA")).contains(Person.Kind.DEACTIVATED);
    assertThat(kind("U0ADA")).contains(Person.Kind.MEMBER);
    assertThat(kind("U1SAM")).contains(Person.Kind.STRANGER);
    assertThat(kind("U0NOBODY")).contains(Person.Kind.STRANGER);
    assertThat(people.find("T1TEAM", "U0ANA").orElseThrow().kind()).isEqualTo(Person.Kind.STRANGER);
    assertThat(people.find("", "U0ANA").orElseThrow().kind()).isEqualTo(Person.Kind.STRANGER);
    assertThat(people.find(TEAM, "U0GUS").orElseThrow().groups()).isEmpty();
  }

  @Test
  void whatSlackSaidIsGoodForLessThanAMinute() {
    assertThat(people.find(TEAM, "U0ANA").orElseThrow().groups()).contains("@sre");
    workspace.setGroup("sre", "bob");
    after(49);
    assertThat(people.find(TEAM, "U0ANA").orElseThrow().groups()).contains("@sre");
    assertThat(calls()).containsExactly("auth.test", "users.info", "usergroups.list");
    after(10);
    assertThat(people.find(TEAM, "U0ANA").orElseThrow().groups()).isEmpty();
  }

  @Test
  void aMemberWhoBecameAGuestOrLeftAMinuteAgoIsOne() {
    assertThat(kind("U0ANA")).contains(Person.Kind.MEMBER);
    assertThat(kind("U0BOB")).contains(Person.Kind.MEMBER);
    workspace.changePerson("ana", Trait.GUEST);
    workspace.changePerson("bob", Trait.DEACTIVATED);
    after(59);
    assertThat(kind("U0ANA")).contains(Person.Kind.GUEST);
    assertThat(kind("U0BOB")).contains(Person.Kind.DEACTIVATED);
  }

  @Test
  void aGroupThatWasDisabledGivesNoRight() {
    workspace.disableGroup("sre");
    assertThat(people.find(TEAM, "U0ANA").orElseThrow().groups()).isEmpty();
  }

  @Test
  void whileSlackIsAwayOnlyWhatIsStillGoodCounts() {
    people.find(TEAM, "U0ANA");
    workspace.faults().outage();
    after(30);
    assertThat(people.find(TEAM, "U0ANA")).isPresent();
    assertThat(people.find(TEAM, "U0BOB")).isEmpty();
    after(29);
    assertThat(people.find(TEAM, "U0ANA")).isEmpty();
    workspace.faults().calm();
    after(2);
    assertThat(people.find(TEAM, "U0ANA")).isPresent();
    assertThat(people.find(TEAM, "U0BOB")).isPresent();
  }

  @Test
  void withoutTheGroupsAMemberIsNobody() {
    workspace.disturb("usergroups.list", new Disturbance.ServerError());
    assertThat(people.find(TEAM, "U0ANA")).isEmpty();
    after(2);
    assertThat(people.find(TEAM, "U0ANA")).isPresent();

    after(60);
    workspace.disturb("usergroups.list", new Disturbance.Refused("missing_scope"));
    assertThat(people.find(TEAM, "U0ANA")).isEmpty();
    workspace.disturb("users.info", new Disturbance.Refused("missing_scope"));
    assertThat(people.find(TEAM, "U0BOB")).isEmpty();
  }

  /** Slack says no, and means that it has a bad moment: nobody is refused for that. */
  @Test
  void aBadMomentOfSlacksIsWaitedForWhateverItIsAskedFor() {
    for (String error :
        List.of(
            "internal_error",
            "fatal_error",
            "service_unavailable",
            "request_timeout",
            "ratelimited")) {
      for (String method : List.of("auth.test", "users.info", "usergroups.list")) {
        people = people("@sre");
        workspace.disturb(method, new Disturbance.Refused(error));
        assertThat(people.waitsFor(TEAM, "U0ANA")).as(method + " " + error).isTrue();
        after(2);
        assertThat(people.find(TEAM, "U0ANA")).isPresent();
      }
    }
    people = people("@sre");
    workspace.disturb("users.info", new Disturbance.Refused("missing_scope"));
    assertThat(people.waitsFor(TEAM, "U0ANA")).isFalse();
  }

  @Test
  void slackIsLeftAloneForAsLongAsItAsks() {
    workspace.disturb("users.info", new Disturbance.RateLimited(20));
    assertThat(people.find(TEAM, "U0ANA")).isEmpty();
    int asked = workspace.calls().size();
    after(19);
    assertThat(people.find(TEAM, "U0ANA")).isEmpty();
    assertThat(workspace.calls()).hasSize(asked);
    after(2);
    assertThat(people.find(TEAM, "U0ANA")).isPresent();
  }

  @Test
  void groupsThatNoRuleNamesAreNotAskedFor() {
    people = people();
    assertThat(people.find(TEAM, "U0ANA").orElseThrow().groups()).isEmpty();
    assertThat(calls()).containsExactly("auth.test", "users.info");
    people = people("@nobodys");
    assertThat(people.find(TEAM, "U0ANA").orElseThrow().groups()).isEmpty();
    assertThat(calls()).endsWith("usergroups.list");
  }

  @Test
  void manyAtOnceAskSlackOnce() throws Exception {
    people.find(TEAM, "U0BOB");
    after(55);
    workspace.disturb("users.info", new Disturbance.SlowAnswer(Duration.ofMillis(300)));
    workspace.disturb("usergroups.list", new Disturbance.SlowAnswer(Duration.ofMillis(300)));
    int before = calls().size();
    List<Future<Optional<Person>>> found = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 30; i++) {
        found.add(threads.submit(() -> people.find(TEAM, "U0ANA")));
      }
    }
    for (Future<Optional<Person>> each : found) {
      assertThat(each.get().orElseThrow().groups()).contains("@sre");
    }
    assertThat(calls().subList(before, calls().size()))
        .containsExactly("users.info", "usergroups.list");
  }
}
