package dev.upstream.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.upstream.answer.Clearance;
import dev.upstream.answer.Question;
import dev.upstream.answer.Reply;
import dev.upstream.conversation.Asker;
import dev.upstream.conversation.Content;
import dev.upstream.conversation.Notes;
import dev.upstream.conversation.Person;
import dev.upstream.conversation.Place;
import dev.upstream.conversation.Run;
import dev.upstream.conversation.Wanted;
import dev.upstream.diagnosis.Diagnosis;
import dev.upstream.diagnosis.Verdict;
import dev.upstream.policy.Decision;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a headline says after the first answer. */
class StoryTest {
  private static final Place PLACE = Place.of("T0TEAM", "C0INCIDENTS");
  private static final Asker BOB =
      new Asker(new Person("T0TEAM", "U0BOB", "bob"), PLACE, Optional.empty());
  private static final Reply.Answered ANSWER = Case1.reply("shop.example.com");

  private final Map<String, String> kept = new HashMap<>();
  private final Notes notes = mock(Notes.class);
  private final Rights rights = mock(Rights.class);
  private final Story story =
      new Story(
          new OutgoingGuard(List.of()),
          notes,
          Duration.ofDays(30),
          rights,
          Cases.UTC,
          InstantSource.fixed(Case1.NOW.plusSeconds(1_500)));

  @BeforeEach
  void open() {
    doAnswer(c -> kept.put(c.getArgument(0), c.getArgument(1)))
        .when(notes)
        .choose(any(), any(), any());
    when(notes.chosen(any(), any()))
        .thenAnswer(c -> Optional.ofNullable(kept.get(c.<String>getArgument(0))));
    when(notes.mutes(any())).thenReturn(List.of());
    sees(ANSWER);
  }

  private void sees(Reply reply) {
    when(rights.view(any(), any(), any(), any(), any()))
        .thenReturn(new Clearance.View(reply, Optional.empty()));
  }

  private static Run run(String id) {
    return Run.of(id, BOB, Question.about("shop.example.com"), Case1.NOW);
  }

  private static Wanted headline(String run) {
    return Wanted.headline("h1", run, PLACE, new Content.Nothing());
  }

  private List<Wanted> told(String run, Reply reply) {
    Story.Told told = story.told(run(run), reply, new TreeMap<>(), headline(run));
    story.said(headline(run), told);
    return told.words();
  }

  private static String blocks(Wanted wanted) {
    return switch (wanted.content()) {
      case Content.Post p -> p.blocks();
      case Content.Whisper w -> w.blocks();
      case Content.Upload u -> u.name();
      case Content.Nothing n -> "";
    };
  }

  @Test
  void aReplacedHeadlineStillTellsWhatBecameOfTheLastAnswer() {
    told("r1", ANSWER);
    String second = blocks(told("r2", ANSWER).getFirst());
    assertThat(second).contains("Still: 95 %").contains("Last answer");
    assertThat(story.retold(run("r2"), ANSWER, new TreeMap<>(), headline("r2")))
        .singleElement()
        .satisfies(w -> assertThat(blocks(w)).isEqualTo(second));
  }

  private static Reply.Answered with(double share) {
    Diagnosis d = ANSWER.worst();
    return new Reply.Answered(
        List.of(
            new Diagnosis(
                d.target(),
                d.client(),
                d.at(),
                Verdict.DEGRADED,
                Optional.of(share),
                d.since(),
                d.headline(),
                d.path(),
                d.hops(),
                d.findings(),
                d.changes(),
                d.ruledOut(),
                d.notChecked(),
                d.checks())));
  }

  @Test
  void theThreadTellsOfAnotherShareInALineAndOfTheSameNotAtAll() {
    told("r1", ANSWER);
    assertThat(told("r2", ANSWER)).hasSize(1);
    Reply.Answered better = with(0.05);
    sees(better);
    List<Wanted> words = told("r3", better);
    assertThat(words).hasSize(2);
    assertThat(blocks(words.get(1)))
        .contains("Looked again at Sat 21 Nov 10:16 UTC")
        .contains("(95 % before)")
        .contains("The cause is the same");
    assertThat(words.get(1).position()) // what still hangs above it comes first
        .isGreaterThan(told("r1", Cases.CASE_3.answer()).size());
  }

  @Test
  void aLaterStoryBeginsWithItsTime() {
    told("r1", ANSWER);
    Reply.Answered other = Cases.CASE_3.answer();
    sees(other);
    List<Wanted> words = told("r2", other);
    assertThat(words).hasSizeGreaterThan(2);
    assertThat(blocks(words.get(1)))
        .contains("Looked again at ")
        .contains("what stands above is older");
  }

  @Test
  void whileSlackMaySayWhoSomebodyIsNothingIsRefused() {
    sees(new Reply.Refused(Decision.Denied.NOT_KNOWN.reason()));
    assertThatThrownBy(() -> told("r1", ANSWER)).isInstanceOf(NotSaid.class);
    Run old =
        Run.of(
            "r1", BOB, Question.about("shop.example.com"), Case1.NOW.minus(Story.LONGEST_SILENCE));
    assertThat(story.told(old, ANSWER, new TreeMap<>(), headline("r1")).answer()).isEmpty();
  }

  @Test
  void aFailedLookDoesNotTakeBackWhatIsKnown() {
    told("r1", ANSWER);
    Wanted failed =
        story.failed(run("r2"), headline("r2"), EndBlocks.Failure.BUG, "1a2b3c4d").getFirst();
    assertThat(blocks(failed)).contains("nothing new is known").contains("95 % of requests failed");
  }

  @Test
  void whatIsRefusedToOneIsNotSaidToAll() {
    told("r1", ANSWER);
    sees(new Reply.Refused("Nothing that you may read is named shop."));
    List<Wanted> words = told("r2", ANSWER);
    assertThat(blocks(words.getFirst()))
        .contains("there is no new answer")
        .contains("95 % of requests failed")
        .contains("recheck:v1")
        .doesNotContain("Nothing that you may read");
    assertThat(words.get(1).content()).isInstanceOf(Content.Whisper.class);
    assertThat(blocks(words.get(1))).contains("Nothing that you may read");
  }

  @Test
  void whatEverybodyIsToldStandsUnderTheHeadlineAlone() {
    told("r1", ANSWER);
    Reply.Refused gone = new Reply.Refused("Nothing here is named shop.example.com.");
    sees(gone);
    assertThat(told("r2", gone))
        .singleElement()
        .satisfies(
            w ->
                assertThat(blocks(w))
                    .contains("Nothing here is named shop.example.com.")
                    .contains("95 % of requests failed")
                    .doesNotContain("Nothing was checked"));
  }
}
