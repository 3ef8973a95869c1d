package dev.upstream.store;

import static dev.upstream.store.TestDatabase.T0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upstream.answer.Question;
import dev.upstream.conversation.Asker;
import dev.upstream.conversation.Begun;
import dev.upstream.conversation.Bytes;
import dev.upstream.conversation.Content;
import dev.upstream.conversation.Ledger;
import dev.upstream.conversation.Outbox;
import dev.upstream.conversation.Outlook;
import dev.upstream.conversation.Person;
import dev.upstream.conversation.Place;
import dev.upstream.conversation.Run;
import dev.upstream.conversation.RunState;
import dev.upstream.conversation.Taken;
import dev.upstream.conversation.Wanted;
import dev.upstream.store.TestDatabase.Engine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Requests, checks and their snapshots. */
@ParameterizedClass
@EnumSource(Engine.class)
class LedgerTest {
  private static final Question QUESTION =
      new Question(
          "https://shop.example.com/cart",
          List.of("east", "west"),
          Optional.of("cart"),
          Optional.of("shop"));

  private final Engine engine;
  @TempDir private Path directory;
  private TestDatabase database;
  private Ledger ledger;
  private Outbox outbox;

  LedgerTest(Engine engine) {
    this.engine = engine;
  }

  @BeforeEach
  void open() {
    database = TestDatabase.of(engine, directory);
    Store store = database.open();
    ledger = store.ledger();
    outbox = store.outbox();
  }

  @AfterEach
  void close() {
    database.close();
  }

  private Run begun(String id, String target) {
    Run run = Words.run(id, target, T0);
    assertThat(ledger.begin(run, Words.headline("h-" + id, id, "C1"), "d-" + id, T0))
        .isEqualTo(new Begun.New(run));
    return run;
  }

  private Run started(Run run) {
    return ((SqlLedger) ledger).start(run.id(), Map.of(), T0) instanceof Start.Go go
        ? go.run()
        : run;
  }

  @Test
  void aRequestIsClaimedOnceByAllReplicas() {
    Ledger other = database.open().ledger();

    assertThat(ledger.claim("trigger-1", T0)).isTrue();
    assertThat(other.claim("trigger-1", T0)).isFalse();
    assertThat(other.claim("trigger-2", T0)).isTrue();
    assertThat(ledger.claim("long ".repeat(100), T0)).isTrue();
    assertThat(other.claim("long ".repeat(100), T0)).isFalse();
  }

  @Test
  void aCheckComesBackAsItWasAskedFor() {
    Run run =
        Run.of(
            "run-1",
            new Asker(
                Words.ANA,
                new Place("T1", "C1", Optional.of("17.1")),
                Optional.of("https://hooks/1")),
            QUESTION,
            T0);
    ledger.begin(run, Wanted.headline("h", "run-1", run.asker().place(), Words.post("x")), "d", T0);

    assertThat(ledger.run("run-1")).contains(run);
    assertThat(ledger.headlines("run-1")).extracting(Wanted::id).containsExactly("h");
    assertThat(ledger.run("run-2")).isEmpty();
    assertThat(outbox.waiting()).isEqualTo(1);
  }

  @Test
  void hostileTextIsStoredAsFarAsTextCanBe() {
    Run run = Words.run("run-1", "a\u0000b \ud83d\ude80 \ud83d c", T0);
    ledger.begin(run, Words.headline("h", "run-1", "C1"), "d\u0000", T0);

    assertThat(ledger.run("run-1").orElseThrow().question().target())
        .isEqualTo("a\ufffdb \ud83d\ude80 \ufffd c");
  }

  @Test
  void aRequestThatComesTwiceBeginsNothing() {
    begun("run-1", "shop.example.com");
    Run second = Words.run("run-2", "cart.example.com", T0);

    assertThat(ledger.begin(second, Words.headline("h2", "run-2", "C1"), "d-run-1", T0))
        .isEqualTo(new Begun.Duplicate());
    assertThat(ledger.run("run-2")).isEmpty();
    assertThat(outbox.waiting()).isEqualTo(1);
  }

  @Test
  void theSameQuestionInAnotherChannelJoinsUnderItsOwnHeadline() {
    Run first = begun("run-1", "shop.example.com");
    Run second = Words.run("run-2", "shop.example.com", T0);

    assertThat(ledger.begin(second, Words.headline("h2", "run-2", "C2"), "d2", T0))
        .isEqualTo(new Begun.Joined(first));
    assertThat(ledger.run("run-2")).isEmpty();
    assertThat(ledger.headlines("run-1")).extracting(Wanted::id).containsExactly("h-run-1", "h2");
  }

  @Test
  void theSameQuestionInTheSameChannelIsLedToTheHeadlineThere() {
    Run first = begun("run-1", "shop.example.com");
    Run second = Words.run("run-2", "shop.example.com", T0);
    Wanted headline = Words.headline("h2", "run-2", "C1");

    assertThat(ledger.begin(second, headline, "d2", T0))
        .isEqualTo(new Begun.Linked(first, "h-run-1", Optional.empty()));
    Taken taken = outbox.take(5, Duration.ofSeconds(30), T0).getFirst();
    outbox.sent(taken, Optional.of("1.1"), T0);
    assertThat(ledger.begin(second, headline, "d3", T0))
        .isEqualTo(new Begun.Linked(first, "h-run-1", Optional.of("1.1")));
    assertThat(ledger.at("T1", "C1", "1.1").flatMap(Wanted::run)).contains(first.id());
    assertThat(ledger.at("T2", "C1", "1.1")).isEmpty();
  }

  @Test
  void aHeadlineThatSlackRefusedIsNoPlaceToBeLedTo() {
    begun("run-1", "shop.example.com");
    Taken taken = outbox.take(5, Duration.ofSeconds(30), T0).getFirst();
    outbox.failed(taken, "not_in_channel", List.of(), T0);

    Run second = Words.run("run-2", "shop.example.com", T0);
    assertThat(ledger.begin(second, Words.headline("h2", "run-2", "C1"), "d2", T0))
        .isInstanceOf(Begun.Joined.class);
  }

  @Test
  void anotherQuestionIsAnotherCheck() {
    begun("run-1", "shop.example.com");
    begun("run-2", "cart.example.com");
    assertThat(Run.joinKey(QUESTION))
        .isEqualTo(
            Run.joinKey(
                new Question(
                    QUESTION.target(),
                    List.of("west", "east", "west"),
                    QUESTION.client(),
                    QUESTION.namespace())))
        .isNotEqualTo(
            Run.joinKey(
                new Question(
                    QUESTION.target(),
                    QUESTION.clusters(),
                    Optional.of("shop"),
                    Optional.of("cart"))));
    assertThat(key("shop/web", Optional.empty()))
        .isEqualTo(key("web", Optional.of("shop")))
        .isEqualTo(key("shop/web", Optional.of("shop")))
        .isNotEqualTo(key("web", Optional.empty()))
        .isNotEqualTo(key("shop/web", Optional.of("cart")));
    assertThat(key("pod/shop/web-1", Optional.empty()))
        .isEqualTo(key("pod/web-1", Optional.of("shop")));
  }

  @Test
  void theLastWordsGoToEveryHeadlineAndOverrunEveryRevision() {
    Run run = started(begun("run-1", "shop.example.com"));
    ledger.begin(
        Words.run("run-2", "shop.example.com", T0), Words.headline("h2", "run-2", "C2"), "d2", T0);
    Wanted progress = ledger.headlines("run-1").getFirst();
    for (int i = 0; i < 5; i++) {
      progress = progress.now(Words.post("looking " + i), false);
    }
    outbox.want(List.of(progress), T0);

    boolean ended =
        ledger.finish(
            run,
            RunState.ANSWERED,
            headlines ->
                headlines.stream()
                    .map(
                        h ->
                            new Wanted(
                                h.id(),
                                h.run(),
                                h.place(),
                                h.parent(),
                                0,
                                Words.post("answer"),
                                1,
                                true))
                    .toList(),
            T0);

    assertThat(ended).isTrue();
    assertThat(ledger.headlines("run-1")).extracting(Words::text).containsOnly("answer").hasSize(2);
    Run over = ledger.run("run-1").orElseThrow();
    assertThat(over.state()).isEqualTo(RunState.ANSWERED);
    assertThat(over.finished()).contains(T0);
    begun("run-3", "shop.example.com");
  }

  @Test
  void onlyTheNewestAttemptEndsACheckAndOnlyOnce() {
    Run first = started(begun("run-1", "shop.example.com"));
    Run second = started(first);
    assertThat(second.attempt()).isEqualTo(2);

    assertThat(ledger.finish(first, RunState.ANSWERED, h -> List.of(), T0)).isFalse();
    assertThat(ledger.finish(second, RunState.REFUSED, h -> List.of(), T0)).isTrue();
    assertThat(ledger.finish(second, RunState.FAILED, h -> List.of(), T0)).isFalse();
    assertThat(ledger.run("run-1").orElseThrow().state()).isEqualTo(RunState.REFUSED);
    assertThatThrownBy(() -> ledger.finish(second, RunState.RUNNING, h -> List.of(), T0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void wordsThatBreakEndNothing() {
    Run run = started(begun("run-1", "shop.example.com"));

    assertThatThrownBy(
            () ->
                ledger.finish(
                    run,
                    RunState.ANSWERED,
                    h -> {
                      throw new IllegalStateException("no words");
                    },
                    T0))
        .hasMessage("no words");
    assertThat(ledger.run("run-1").orElseThrow().state()).isEqualTo(RunState.RUNNING);
  }

  @Test
  void onlySoManyChecksAreInOneClusterAtOnce() {
    SqlLedger jobs = (SqlLedger) ledger;
    Run a = begun("run-a", "a.example.com");
    Run b = begun("run-b", "b.example.com");
    Run c = begun("run-c", "c.example.com");

    assertThat(jobs.start(a.id(), Map.of("east", 1), T0)).isInstanceOf(Start.Go.class);
    assertThat(jobs.start(b.id(), Map.of("west", 1, "east", 1), T0)).isEqualTo(new Start.Busy(0));
    assertThat(jobs.start(c.id(), Map.of("west", 1), T0)).isInstanceOf(Start.Go.class);
    assertThat(jobs.start(a.id(), Map.of("east", 1), T0))
        .as("its own turn does not stand in its way")
        .isInstanceOf(Start.Go.class);
    ledger.finish(ledger.run("run-a").orElseThrow(), RunState.ANSWERED, h -> List.of(), T0);
    ledger.finish(ledger.run("run-c").orElseThrow(), RunState.ANSWERED, h -> List.of(), T0);
    assertThat(jobs.start(b.id(), Map.of("west", 1, "east", 1), T0)).isInstanceOf(Start.Go.class);
    assertThat(ledger.run("run-b").orElseThrow().attempt()).isEqualTo(1);
  }

  private Run begun(String id, Duration later) {
    Run run = Words.run(id, id + ".example.com", T0.plus(later));
    ledger.begin(run, Words.headline("h-" + id, id, "C1"), "d-" + id, T0.plus(later));
    return run;
  }

  private void ended(Run run) {
    ledger.finish(
        ledger.run(run.id()).orElseThrow(), RunState.ANSWERED, headlines -> List.of(), T0);
  }

  @Test
  void aLateComerOvertakesNobodyWhoWaits() {
    SqlLedger jobs = (SqlLedger) ledger;
    Map<String, Integer> east = Map.of("east", 1);
    Run inside = begun("inside", Duration.ZERO);
    Run late = begun("late", Duration.ofSeconds(2));
    Run early = begun("early", Duration.ofSeconds(1));
    assertThat(jobs.start(inside.id(), east, T0)).isInstanceOf(Start.Go.class);
    assertThat(jobs.start(late.id(), east, T0)).isEqualTo(new Start.Busy(0));
    assertThat(jobs.start(early.id(), east, T0)).isEqualTo(new Start.Busy(0));
    assertThat(jobs.start(late.id(), east, T0)).isEqualTo(new Start.Busy(1));
    ended(inside);

    assertThat(jobs.start(late.id(), east, T0)).isEqualTo(new Start.Busy(1));
    assertThat(jobs.start(early.id(), east, T0)).isInstanceOf(Start.Go.class);
    ended(early);
    assertThat(jobs.start(late.id(), east, T0)).isInstanceOf(Start.Go.class);
  }

  @Test
  void whoWaitsForAFullClusterHoldsBackNobodyElsewhereForAMinute() {
    SqlLedger jobs = (SqlLedger) ledger;
    Map<String, Integer> both = Map.of("east", 1, "west", 1);
    Run inside = begun("inside", Duration.ZERO);
    Run all = begun("all", Duration.ofSeconds(1));
    Run west = begun("west", Duration.ofSeconds(2));
    Run other = begun("other", Duration.ofSeconds(3));
    jobs.start(inside.id(), Map.of("east", 1), T0);
    assertThat(jobs.start(all.id(), both, T0)).isEqualTo(new Start.Busy(0));
    assertThat(jobs.start(west.id(), Map.of("west", 1), T0)).isInstanceOf(Start.Go.class);
    ended(west);

    assertThat(jobs.start(other.id(), Map.of("west", 1), T0.plusSeconds(62)))
        .as("it waited long enough to be next everywhere")
        .isEqualTo(new Start.Busy(1));
    ended(inside);
    assertThat(jobs.start(all.id(), both, T0.plusSeconds(63))).isInstanceOf(Start.Go.class);
  }

  @Test
  void howACheckWouldFareIsKnownBeforeItIsBegun() {
    SqlLedger jobs = (SqlLedger) ledger;
    Map<String, Integer> east = Map.of("east", 1);
    Run first = begun("first", Duration.ZERO);
    Run second = Words.run("second", "second.example.com", T0.plusSeconds(1));
    assertThat(ledger.outlook(second, east, 2)).isEqualTo(Outlook.AT_ONCE);
    jobs.start(first.id(), east, T0);
    assertThat(ledger.outlook(second, east, 2)).isEqualTo(Outlook.WAITS);
    assertThat(ledger.outlook(second, Map.of("west", 1), 2)).isEqualTo(Outlook.AT_ONCE);
    assertThat(ledger.outlook(second, Map.of("west", 1), 1)).isEqualTo(Outlook.TOO_MANY);

    ledger.begin(second.waiting(), Words.headline("h2", "second", "C1"), "d2", T0);
    Run same = Words.run("same", "second.example.com", T0);
    assertThat(ledger.outlook(same, Map.of("west", 1), 1))
        .as("it would join one that waits")
        .isEqualTo(Outlook.WAITS);
    jobs.start("second", Map.of("west", 1), T0);
    assertThat(ledger.outlook(same, east, 1)).isEqualTo(Outlook.AT_ONCE);
    ended(first);
    ended(second);
    assertThat(ledger.outlook(same, east, 1)).isEqualTo(Outlook.AT_ONCE);
  }

  @Test
  void anAnswerThatIsFoundLeavesItsClustersAndIsJoinedAndEnds() {
    SqlLedger jobs = (SqlLedger) ledger;
    Run first = begun("first", Duration.ZERO);
    Run next = begun("next", Duration.ofSeconds(1));
    jobs.start(first.id(), Map.of("east", 1), T0);
    Run again = ((Start.Go) jobs.start(first.id(), Map.of("east", 1), T0)).run();
    assertThat(jobs.start(next.id(), Map.of("east", 1), T0)).isEqualTo(new Start.Busy(0));

    assertThat(ledger.found(first, T0)).as("an attempt that is not the newest").isFalse();
    assertThat(ledger.found(again, T0.plusSeconds(5))).isTrue();
    Start found = jobs.start(first.id(), Map.of("east", 1), T0.plusSeconds(6));
    Run run = ledger.run(first.id()).orElseThrow();
    assertThat(found).isEqualTo(new Start.Found(run));
    assertThat(run.found()).contains(T0.plusSeconds(5));
    assertThat(run.attempt()).isEqualTo(2);
    assertThat(jobs.start(next.id(), Map.of("east", 1), T0)).isInstanceOf(Start.Go.class);
    assertThat(
            ledger.begin(
                Words.run("other", "first.example.com", T0),
                Words.headline("h2", "other", "C2"),
                "d2",
                T0))
        .isInstanceOf(Begun.Joined.class);
    assertThat(ledger.finish(run, RunState.ANSWERED, h -> List.of(), T0)).isTrue();
    assertThat(ledger.found(run, T0)).isFalse();
  }

  private static String key(String target, Optional<String> namespace) {
    return Run.joinKey(new Question(target, List.of(), Optional.empty(), namespace));
  }

  private void asks(String person, Optional<String> thread, String delivery) {
    Asker asker =
        new Asker(
            new Person("T1", person, person),
            new Place("T1", "C1", thread),
            Optional.of("https://hooks/" + person));
    Run run = Run.of("run-" + delivery, asker, Question.about("shop.example.com"), T0);
    assertThat(
            ledger.begin(
                run,
                Wanted.headline("h-" + delivery, run.id(), asker.place(), Words.post("x")),
                delivery,
                T0))
        .isInstanceOf(Begun.Linked.class);
  }

  @Test
  void whoWasLedToAHeadlineIsToldOnceThatSlackDidNotTakeIt() {
    begun("run-1", "shop.example.com");
    asks("U2", Optional.empty(), "d2");
    asks("U2", Optional.empty(), "d3");
    asks("U3", Optional.of("17.1"), "d4");
    asks("U1", Optional.empty(), "d5");
    Taken taken = outbox.take(5, Duration.ofSeconds(30), T0).getFirst();
    Wanted instead =
        new Wanted(
            "instead",
            Optional.of("run-1"),
            Words.INCIDENTS,
            Optional.empty(),
            0,
            new Content.Whisper("U1", Optional.empty(), "[]", "not here"),
            0,
            true);
    outbox.failed(taken, "is_archived", List.of(instead), T0);
    outbox.failed(taken, "is_archived", List.of(instead), T0);

    List<Wanted> told =
        outbox.take(9, Duration.ofSeconds(30), T0).stream().map(Taken::wanted).toList();
    assertThat(told)
        .extracting(w -> ((Content.Whisper) w.content()).user())
        .containsExactlyInAnyOrder("U1", "U2", "U3");
    assertThat(told)
        .allSatisfy(w -> assertThat(((Content.Whisper) w.content()).text()).isEqualTo("not here"))
        .filteredOn(w -> ((Content.Whisper) w.content()).user().equals("U3"))
        .singleElement()
        .satisfies(
            w -> {
              assertThat(w.place()).isEqualTo(new Place("T1", "C1", Optional.of("17.1")));
              assertThat(((Content.Whisper) w.content()).responseUrl())
                  .contains("https://hooks/U3");
            });
  }

  @Test
  void whoWasLedToAHeadlineIsKnownAtTheEndOfItsCheck() {
    Run run = started(begun("run-1", "shop.example.com"));
    asks("U2", Optional.empty(), "d2");
    asks("U3", Optional.of("17.1"), "d3");
    List<List<String>> led = new java.util.ArrayList<>();

    ledger.finish(
        run,
        RunState.REFUSED,
        headlines -> {
          headlines.forEach(
              h -> led.add(ledger.led(h).stream().map(a -> a.person().user()).toList()));
          return List.of();
        },
        T0);

    assertThat(led).containsExactly(List.of("U2", "U3"));
    assertThat(ledger.led(Words.headline("h-run-1", "run-2", "C1"))).isEmpty();
  }

  @Test
  void threeAttemptsAreEnough() {
    SqlLedger jobs = (SqlLedger) ledger;
    begun("run-1", "shop.example.com");
    for (int attempt = 1; attempt <= 3; attempt++) {
      assertThat(jobs.start("run-1", Map.of(), T0)).isInstanceOf(Start.Go.class);
    }
    assertThat(jobs.start("run-1", Map.of(), T0)).isInstanceOf(Start.Enough.class);
    ledger.finish(ledger.run("run-1").orElseThrow(), RunState.FAILED, h -> List.of(), T0);
    assertThat(jobs.start("run-1", Map.of(), T0)).isEqualTo(new Start.Over());
    assertThat(jobs.start("run-9", Map.of(), T0)).isEqualTo(new Start.Over());
  }

  @Test
  void aSnapshotIsKeptWithItsCheck() {
    Run run = begun("run-1", "shop.example.com");
    byte[] bundle = new byte[3_000_000];
    new java.util.Random(7).nextBytes(bundle);
    assertThat(ledger.run("run-1").orElseThrow().kept()).isFalse();

    ledger.keep(run, Bytes.of(new byte[] {1}), T0);
    ledger.keep(run, Bytes.of(bundle), T0);

    assertThat(ledger.run("run-1").orElseThrow().kept()).isTrue();
    assertThat(ledger.kept("run-1")).contains(Bytes.of(bundle));
    assertThat(ledger.kept("run-2")).isEmpty();
  }

  @Test
  void anAttemptThatIsOverLeavesWhatTheNextOneSaw() {
    Run first = started(begun("run-1", "shop.example.com"));
    Run second = started(first);
    assertThat(ledger.keep(second, Bytes.of(new byte[] {2}), T0)).isTrue();
    assertThat(ledger.keep(first, Bytes.of(new byte[] {1}), T0)).isFalse();
    ledger.finish(second, RunState.ANSWERED, h -> List.of(), T0);
    assertThat(ledger.keep(second, Bytes.of(new byte[] {3}), T0)).isFalse();

    assertThat(ledger.kept("run-1")).contains(Bytes.of(new byte[] {2}));
  }

  /** One answer with a word in the thread, in the message of the first check. */
  private void answers(String id, boolean explained) {
    answers(id, explained ? 0 : -1);
  }

  private void answers(String id, int position) {
    Run run = started(ledger.run(id).orElseThrow());
    ledger.finish(
        run,
        RunState.ANSWERED,
        headlines -> {
          Wanted head = headlines.getFirst().now(Words.post("answer " + id), true);
          return position < 0
              ? List.of(head)
              : List.of(head, head.below("w-" + id, position, Words.post(id)));
        },
        T0);
  }

  private void again(String id) {
    Run run = Words.run(id, "shop.example.com", T0);
    ledger.begin(run, Words.headline("h-run-1", id, "C1").at(9), "d-" + id, T0);
  }

  @Test
  void whatAnEarlierAnswerStillHadToSayIsDroppedWhereANewerOneExplainsItself() {
    begun("run-1", "shop.example.com");
    answers("run-1", true);
    again("run-2");
    answers("run-2", false);
    assertThat(outbox.waiting()).as("the headline, and why").isEqualTo(2);
    again("run-3");
    answers("run-3", true);

    Taken head = outbox.take(9, Duration.ofSeconds(30), T0).getFirst();
    outbox.sent(head, Optional.of("1.1"), T0);
    assertThat(outbox.take(9, Duration.ofSeconds(30), T0.plusSeconds(9)))
        .singleElement()
        .satisfies(t -> assertThat(Words.text(t.wanted())).isEqualTo("run-3"));
  }

  @Test
  void aNoteOfALaterAnswerComesBelowWhatAnEarlierOneStillHasToSay() {
    begun("run-1", "shop.example.com");
    answers("run-1", 7);
    again("run-2");
    answers("run-2", 500);

    Taken head = outbox.take(9, Duration.ofSeconds(30), T0).getFirst();
    outbox.sent(head, Optional.of("1.1"), T0);
    Taken first = outbox.take(9, Duration.ofSeconds(30), T0.plusSeconds(9)).getFirst();
    assertThat(Words.text(first.wanted())).isEqualTo("run-1");
    outbox.sent(first, Optional.of("1.2"), T0.plusSeconds(9));
    assertThat(outbox.take(9, Duration.ofSeconds(30), T0.plusSeconds(19)))
        .singleElement()
        .satisfies(t -> assertThat(Words.text(t.wanted())).isEqualTo("run-2"));
  }
}
