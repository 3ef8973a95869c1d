package dev.upstream.store;

import static dev.upstream.store.TestDatabase.T0;
import static org.assertj.core.api.Assertions.assertThat;

import dev.upstream.conversation.Bytes;
import dev.upstream.conversation.Content;
import dev.upstream.conversation.Method;
import dev.upstream.conversation.Outbox;
import dev.upstream.conversation.Place;
import dev.upstream.conversation.Taken;
import dev.upstream.conversation.Wanted;
import dev.upstream.store.TestDatabase.Engine;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What goes when, and what becomes of it. */
@ParameterizedClass
@EnumSource(Engine.class)
class OutboxTest {
  private static final Duration LEASE = Duration.ofSeconds(30);

  private final Engine engine;
  @TempDir private Path directory;
  private TestDatabase database;
  private Outbox outbox;

  OutboxTest(Engine engine) {
    this.engine = engine;
  }

  @BeforeEach
  void open() {
    database = TestDatabase.of(engine, directory);
    outbox = database.open().outbox();
  }

  @AfterEach
  void close() {
    database.close();
  }

  private Taken takeOne(Instant now) {
    List<Taken> taken = outbox.take(10, LEASE, now);
    assertThat(taken).hasSize(1);
    return taken.getFirst();
  }

  private void nothingGoes(Instant now) {
    assertThat(outbox.take(10, LEASE, now)).isEmpty();
  }

  private static Instant at(double seconds) {
    return T0.plusMillis(Math.round(seconds * 1000));
  }

  @Test
  void everyKindComesBackAsItWasWanted() {
    Place thread = new Place("T1", "C1", Optional.of("17.001"));
    List<Wanted> all =
        List.of(
            Wanted.headline("post", "r", thread, Words.post("caf\u00e9 \ud83d\ude80")),
            Wanted.headline(
                "whisper",
                "r",
                Place.of("T1", "C2"),
                new Content.Whisper("U1", Optional.of("https://hooks/x"), "[{}]", "psst")),
            Wanted.headline(
                "file",
                "r",
                Place.of("T1", "C3"),
                new Content.Upload("a.log", Bytes.of(new byte[1_500_000]))));

    outbox.want(all, T0);

    assertThat(outbox.take(10, LEASE, T0))
        .extracting(Taken::wanted)
        .containsExactlyInAnyOrderElementsOf(all);
    assertThat(outbox.waiting()).isEqualTo(3);
  }

  @Test
  void theNewestRevisionIsSentAndAnOlderOneChangesNothing() {
    Wanted first = Words.headline("h");
    Wanted second = first.now(Words.post("answer"), true);
    outbox.want(List.of(second), T0);
    outbox.want(List.of(first), T0);
    outbox.want(
        List.of(
            new Wanted(
                "h",
                first.run(),
                first.place(),
                Optional.empty(),
                0,
                Words.post("same revision"),
                1,
                true)),
        T0);

    assertThat(takeOne(T0).wanted()).isEqualTo(second);
  }

  @Test
  void progressNeverFollowsTheLastWordOfARunButAnotherRunMay() {
    Wanted last = Words.headline("h").now(Words.post("answer"), true);
    outbox.want(List.of(last), T0);
    outbox.want(List.of(last.now(Words.post("still looking"), false)), T0);
    assertThat(takeOne(T0).wanted()).isEqualTo(last);

    Wanted again =
        new Wanted(
            "h",
            Optional.of("run-2"),
            last.place(),
            Optional.empty(),
            0,
            Words.post("looking again"),
            9,
            false);
    outbox.want(List.of(again), T0);
    assertThat(takeOne(at(31)).wanted()).isEqualTo(again);
  }

  @Test
  void aTakenMessageIsInOneHandUntilItIsReportedOrItsLeaseLapses() {
    outbox.want(List.of(Words.headline("h")), T0);
    Taken first = takeOne(T0);
    nothingGoes(at(29.9));

    Taken second = takeOne(at(30));
    assertThat(first.unknown()).isFalse();
    assertThat(second.unknown()).isTrue();

    outbox.sent(first, Optional.of("1.1"), at(31));
    assertThat(outbox.ts("h")).isEmpty();
    outbox.sent(second, Optional.of("2.2"), at(32));
    assertThat(outbox.ts("h")).contains("2.2");
    assertThat(outbox.waiting()).isZero();
  }

  @Test
  void aReportAfterTheLeaseStillCountsWhileNobodyElseTookIt() {
    outbox.want(List.of(Words.headline("h")), T0);
    Taken taken = takeOne(T0);

    outbox.sent(taken, Optional.of("1.1"), at(40));

    assertThat(outbox.ts("h")).contains("1.1");
    nothingGoes(at(60));
  }

  @Test
  void anUnknownOutcomeStaysUnknownThroughDelaysUntilItIsSent() {
    outbox.want(List.of(Words.headline("h")), T0);
    outbox.unknown(takeOne(T0), at(1), "timeout");
    Taken second = takeOne(at(1.1));
    assertThat(second.unknown()).isTrue();
    assertThat(second.tries()).isEqualTo(1);
    outbox.later(second, at(3), "busy");
    nothingGoes(at(2.9));

    Taken third = takeOne(at(3));
    assertThat(third.unknown()).isTrue();
    outbox.sent(third, Optional.of("1.1"), at(3));
    outbox.want(List.of(third.wanted().now(Words.post("answer"), true)), at(4));
    assertThat(takeOne(at(4)).unknown()).isFalse();
  }

  @Test
  void whatWasSurelyNotDoneIsNotUnknown() {
    outbox.want(List.of(Words.headline("h")), T0);
    outbox.later(takeOne(T0), at(5), "429");

    assertThat(takeOne(at(5)).unknown()).isFalse();
  }

  @Test
  void editsKeepTheirDistanceAndTheLastOneDoesNotWait() {
    Wanted wanted = Words.headline("h");
    outbox.want(List.of(wanted), T0);
    outbox.sent(takeOne(T0), Optional.of("1.1"), T0);

    Wanted progress = wanted.now(Words.post("5 s"), false);
    outbox.want(List.of(progress), at(0.1));
    nothingGoes(at(2.4));
    Taken edit = takeOne(at(2.5));
    assertThat(edit.ts()).contains("1.1");
    outbox.sent(edit, Optional.empty(), at(2.6));

    outbox.want(List.of(progress.now(Words.post("answer"), true)), at(2.7));
    Taken last = takeOne(at(2.7));
    assertThat(Words.text(last.wanted())).isEqualTo("answer");
    assertThat(last.ts()).contains("1.1");
  }

  @Test
  void aNewerStateThatCameWhileTheOlderWasSentGoesNext() {
    Wanted wanted = Words.headline("h");
    outbox.want(List.of(wanted), T0);
    Taken first = takeOne(T0);
    outbox.want(List.of(wanted.now(Words.post("answer"), true)), T0);
    nothingGoes(at(1));

    outbox.sent(first, Optional.of("1.1"), at(1));

    Taken second = takeOne(at(1));
    assertThat(Words.text(second.wanted())).isEqualTo("answer");
    assertThat(second.ts()).contains("1.1");
    assertThat(outbox.waiting()).isEqualTo(1);
  }

  @Test
  void aThreadWaitsForItsHeadlineAndForItsTurn() {
    Wanted head = Words.headline("h");
    outbox.want(
        List.of(head.below("b", 2, Words.post("two")), head.below("a", 1, Words.post("one")), head),
        T0);
    outbox.sent(takeOne(T0), Optional.of("1.1"), T0);

    Taken one = takeOne(at(2));
    assertThat(Words.text(one.wanted())).isEqualTo("one");
    assertThat(one.thread()).contains("1.1");
    nothingGoes(at(4));
    outbox.later(one, at(10), "429");
    nothingGoes(at(9));
    outbox.sent(takeOne(at(10)), Optional.of("1.2"), at(10));
    assertThat(Words.text(takeOne(at(12)).wanted())).isEqualTo("two");
  }

  @Test
  void aThreadWaitsForTheLastStateOfItsHeadlineOnceThatIsWanted() {
    Wanted head = Words.headline("h");
    outbox.want(List.of(head), T0);
    outbox.sent(takeOne(T0), Optional.of("1.1"), T0);
    Wanted answer = head.now(Words.post("answer"), true);
    outbox.want(List.of(answer, answer.below("a", 1, Words.post("one"))), at(5));

    Taken first = takeOne(at(5));
    assertThat(first.wanted().id()).isEqualTo("h");
    outbox.sent(first, Optional.empty(), at(6));
    assertThat(takeOne(at(6)).wanted().id()).isEqualTo("a");
  }

  @Test
  void aThreadThatWasThereBeforeIsTheThreadOfEveryMessage() {
    Place there = new Place("T1", "C1", Optional.of("0.9"));
    Wanted head = Wanted.headline("h", "r", there, Words.post("looking"));
    outbox.want(List.of(head, head.below("a", 1, Words.post("one"))), T0);
    Taken first = takeOne(T0);
    assertThat(first.thread()).contains("0.9");
    outbox.sent(first, Optional.of("1.1"), T0);

    assertThat(takeOne(at(2)).thread()).contains("0.9");
  }

  @Test
  void whatSlackNeverTakesTakesItsThreadWithItAndSaysSomethingElse() {
    Wanted head = Words.headline("h");
    outbox.want(List.of(head, head.below("a", 1, Words.post("one"))), T0);
    Wanted invite =
        Wanted.headline(
            "w", "r", head.place(), new Content.Whisper("U1", Optional.empty(), "[]", "invite"));

    outbox.failed(takeOne(T0), "not_in_channel", List.of(invite), T0);
    outbox.want(List.of(head.below("b", 2, Words.post("late"))), T0);
    outbox.want(List.of(head.now(Words.post("answer"), true)), T0);

    assertThat(takeOne(at(2)).wanted()).isEqualTo(invite);
    assertThat(outbox.waiting()).isEqualTo(1);
  }

  @Test
  void aFailedMessageDoesNotHoldUpTheThread() {
    Wanted head = Words.headline("h");
    outbox.want(
        List.of(head, head.below("a", 1, Words.post("one")), head.below("b", 2, Words.post("two"))),
        T0);
    outbox.sent(takeOne(T0), Optional.of("1.1"), T0);
    outbox.failed(takeOne(at(2)), "msg_too_long", List.of(), at(2));

    assertThat(takeOne(at(4)).wanted().id()).isEqualTo("b");
  }

  @Test
  void whispersAndFilesAreSaidOnceWhateverIsWantedAfterwards() {
    Wanted whisper =
        Wanted.headline(
            "w", "r", Words.INCIDENTS, new Content.Whisper("U1", Optional.empty(), "[]", "psst"));
    outbox.want(List.of(whisper), T0);
    Taken taken = takeOne(T0);
    outbox.want(
        List.of(whisper.now(new Content.Whisper("U1", Optional.empty(), "[]", "psst psst"), true)),
        T0);
    outbox.sent(taken, Optional.empty(), T0);
    outbox.want(
        List.of(
            new Wanted(
                "w",
                whisper.run(),
                whisper.place(),
                Optional.empty(),
                0,
                new Content.Whisper("U1", Optional.empty(), "[]", "again"),
                7,
                true)),
        at(1));

    nothingGoes(at(60));
    assertThat(outbox.waiting()).isZero();
  }

  @Test
  void anUploadedFileIsRemembered() {
    outbox.want(
        List.of(
            Wanted.headline(
                "f", "r", Words.INCIDENTS, new Content.Upload("a", Bytes.of(new byte[] {1})))),
        T0);
    outbox.uploaded(takeOne(T0), Optional.of("F1"));

    Taken second = takeOne(at(31));
    assertThat(second.file()).contains("F1");
    assertThat(second.unknown()).isTrue();
  }

  @Test
  void aMessageThatSomebodyTookAwayIsPostedAnew() {
    Wanted wanted = Words.headline("h");
    outbox.want(List.of(wanted), T0);
    outbox.sent(takeOne(T0), Optional.of("1.1"), T0);
    outbox.want(List.of(wanted.now(Words.post("answer"), true)), at(5));
    outbox.gone(takeOne(at(5)), new Content.Post("[]", "in other words"), at(5));

    Taken anew = takeOne(at(5));
    assertThat(anew.ts()).isEmpty();
    assertThat(anew.anew()).isTrue();
    assertThat(anew.unknown()).isFalse();
    assertThat(anew.wanted().content()).isEqualTo(new Content.Post("[]", "in other words"));
  }

  @Test
  void whatIsWantedMeanwhileFindsOutForItselfThatTheMessageIsGone() {
    Wanted wanted = Words.headline("h");
    outbox.want(List.of(wanted), T0);
    outbox.sent(takeOne(T0), Optional.of("1.1"), T0);
    Wanted answer = wanted.now(Words.post("answer"), true);
    outbox.want(List.of(answer), at(5));
    Taken taken = takeOne(at(5));
    outbox.want(List.of(answer.now(Words.post("newer"), true)), at(6));
    outbox.gone(taken, new Content.Post("[]", "in other words"), at(7));

    Taken next = takeOne(at(7));
    assertThat(next.ts()).contains("1.1");
    assertThat(next.wanted().content()).isEqualTo(Words.post("newer"));
  }

  @Test
  void aRestartLosesNothing() {
    Wanted head = Words.headline("h");
    outbox.want(List.of(head, head.below("a", 1, Words.post("one"))), T0);
    outbox.sent(takeOne(T0), Optional.of("1.1"), T0);
    takeOne(at(2));
    database.close();

    Outbox again = database.open().outbox();
    assertThat(again.waiting()).isEqualTo(1);
    assertThat(again.ts("h")).contains("1.1");
    assertThat(again.take(10, LEASE, at(3))).isEmpty();
    assertThat(again.take(10, LEASE, at(33)))
        .singleElement()
        .satisfies(t -> assertThat(t.unknown()).isTrue());
  }

  @Test
  void aChannelTakesOneMessageASecondFromAllReplicasTogether() {
    Outbox other = database.open().outbox();
    for (int i = 0; i < 5; i++) {
      outbox.want(List.of(Words.headline("h" + i, "r" + i, "C1")), T0);
    }
    outbox.want(List.of(Words.headline("x", "rx", "C2")), T0);

    assertThat(outbox.take(10, LEASE, T0))
        .extracting(t -> t.wanted().place().channel())
        .containsExactlyInAnyOrder("C1", "C2");
    assertThat(other.take(10, LEASE, at(1))).isEmpty();
    assertThat(other.take(10, LEASE, at(1.05))).hasSize(1);
    assertThat(outbox.take(10, LEASE, at(1.06))).isEmpty();
    assertThat(outbox.take(10, LEASE, at(2.1))).hasSize(1);
  }

  @Test
  void fullChannelsDoNotHideTheOthers() {
    for (int i = 0; i < 30; i++) {
      outbox.want(List.of(Words.headline("h" + i, "r" + i, "C1")), T0);
    }
    outbox.want(List.of(Words.headline("x", "rx", "C2")), at(1));
    outbox.take(3, LEASE, at(1));

    assertThat(outbox.take(3, LEASE, at(1))).extracting(t -> t.wanted().id()).containsExactly("x");
  }

  @Test
  void noMinuteSeesMoreEditsThanTheWorkspaceAllows() {
    Outbox other = database.open().outbox();
    int calls = 0;
    for (int tenth = 0; tenth < 600; tenth++) {
      Outbox one = tenth % 2 == 0 ? outbox : other;
      calls += one.reserve(Method.UPDATE.at(Words.INCIDENTS), at(tenth / 10.0)).isEmpty() ? 1 : 0;
    }
    assertThat(calls).isBetween(45, 50);
  }

  @Test
  void aDoorThatSlackClosedStaysClosedForAllReplicas() {
    Outbox other = database.open().outbox();
    outbox.want(List.of(Words.headline("h", "r", "C1"), Words.headline("x", "r", "C2")), T0);
    outbox.close(Method.POST.at(Place.of("T1", "C1")), at(30));
    outbox.close(Method.POST.at(Place.of("T1", "C1")), at(20));

    assertThat(other.take(10, LEASE, T0)).extracting(t -> t.wanted().id()).containsExactly("x");
    assertThat(other.take(10, LEASE, at(29.9))).isEmpty();
    assertThat(other.reserve(Method.POST.at(Place.of("T1", "C1")), at(10))).contains(at(30));
    assertThat(other.take(10, LEASE, at(30))).extracting(t -> t.wanted().id()).contains("h");
  }
}
