package dev.upstream.store;

import static dev.upstream.store.TestDatabase.T0;
import static org.assertj.core.api.Assertions.assertThat;

import dev.upstream.conversation.Feedback;
import dev.upstream.conversation.Mute;
import dev.upstream.conversation.Notes;
import dev.upstream.conversation.Person;
import dev.upstream.store.TestDatabase.Engine;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Mutes, feedback and choices. */
@ParameterizedClass
@EnumSource(Engine.class)
class NotesTest {
  private static final Person BEN = new Person("T2", "U1", "ben");

  private final Engine engine;
  @TempDir private Path directory;
  private TestDatabase database;
  private Notes notes;

  NotesTest(Engine engine) {
    this.engine = engine;
  }

  @BeforeEach
  void open() {
    database = TestDatabase.of(engine, directory);
    notes = database.open().notes();
  }

  @AfterEach
  void close() {
    database.close();
  }

  private static Mute mute(String finding, int hours, Person by) {
    return new Mute(finding, T0, T0.plusSeconds(3600L * hours), "known", by);
  }

  @Test
  void aFindingIsMutedUntilItsTimeOrUntilSomebodyEndsIt() {
    Mute one = mute("scaled-to-zero@east/Deployment/shop/web", 1, Words.ANA);
    notes.mute(mute(one.finding(), 9, Words.ANA));
    notes.mute(one);
    Mute two = mute("x@east/Node//n1", 2, BEN);
    notes.mute(two);

    assertThat(notes.mutes(T0)).containsExactly(one, two);
    assertThat(notes.mutes(T0.plusSeconds(3600))).containsExactly(two);
    assertThat(notes.unmute(two.finding())).isTrue();
    assertThat(notes.unmute(two.finding())).isFalse();
    assertThat(notes.mutes(T0)).containsExactly(one);
  }

  @Test
  void theNewestWordOfEachPersonCounts() {
    notes.feedback(new Feedback("run-1", Words.ANA, false, T0));
    notes.feedback(new Feedback("run-1", BEN, true, T0.plusSeconds(1)));
    notes.feedback(new Feedback("run-1", Words.ANA, true, T0.plusSeconds(2)));
    notes.feedback(new Feedback("run-2", Words.ANA, false, T0));

    assertThat(notes.feedback("run-1"))
        .containsExactly(
            new Feedback("run-1", BEN, true, T0.plusSeconds(1)),
            new Feedback("run-1", Words.ANA, true, T0.plusSeconds(2)));
    assertThat(notes.feedback())
        .containsExactly(
            new Feedback("run-1", Words.ANA, true, T0.plusSeconds(2)),
            new Feedback("run-1", BEN, true, T0.plusSeconds(1)),
            new Feedback("run-2", Words.ANA, false, T0));
  }

  @Test
  void aChoiceIsRememberedForAWhile() {
    notes.choose("modal-1", "east", T0.plusSeconds(60));
    notes.choose("modal-1", "west", T0.plusSeconds(60));

    assertThat(notes.chosen("modal-1", T0)).contains("west");
    assertThat(notes.chosen("modal-1", T0.plusSeconds(60))).isEmpty();
    assertThat(notes.chosen("modal-2", T0)).isEmpty();
  }

  @Test
  void whoMutedFirstIsToldToTheOther() {
    Mute anas = mute("scaled-to-zero@east/Deployment/shop/web", 1, Words.ANA);
    Mute bens = mute(anas.finding(), 9, BEN);
    assertThat(notes.mute(anas)).isEmpty();
    assertThat(notes.mute(bens)).contains(anas);
    assertThat(notes.mutes(T0)).containsExactly(anas);
    Mute later =
        new Mute(bens.finding(), T0.plusSeconds(3_600), bens.until(), bens.reason(), bens.by());
    assertThat(notes.mute(later)).isEmpty();
    assertThat(notes.mutes(T0.plusSeconds(3_600))).containsExactly(later);
  }

  @Test
  void whatWasChosenOnceStays() {
    assertThat(notes.chosenOnce("k", "ana", T0, T0.plusSeconds(60))).isEmpty();
    assertThat(notes.chosenOnce("k", "ben", T0, T0.plusSeconds(60))).contains("ana");
    assertThat(notes.chosen("k", T0)).contains("ana");
    assertThat(notes.chosenOnce("k", "ben", T0.plusSeconds(60), T0.plusSeconds(90))).isEmpty();
    assertThat(notes.chosen("k", T0.plusSeconds(61))).contains("ben");
  }
}
