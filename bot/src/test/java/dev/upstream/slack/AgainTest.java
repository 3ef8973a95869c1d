package dev.upstream.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import dev.upstream.answer.Clearance;
import dev.upstream.answer.Question;
import dev.upstream.answer.Reply;
import dev.upstream.conversation.Asker;
import dev.upstream.conversation.Content;
import dev.upstream.conversation.Ledger;
import dev.upstream.conversation.Person;
import dev.upstream.conversation.Place;
import dev.upstream.conversation.Run;
import dev.upstream.conversation.RunState;
import dev.upstream.conversation.Wanted;
import dev.upstream.diagnosis.Diagnosis;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who may have a message looked at again. */
class AgainTest {
  private static final Place PLACE = Place.of("T0TEAM", "C0INCIDENTS");
  private static final Asker ANA =
      new Asker(new Person("T0TEAM", "U0ANA", "ana"), PLACE, Optional.empty());
  private static final Asker BOB =
      new Asker(new Person("T0TEAM", "U0BOB", "bob"), PLACE, Optional.empty());
  private static final Wanted HEADLINE = Wanted.headline("h1", "r1", PLACE, new Content.Nothing());
  private static final Press PRESS = new Press(BOB, "1.1", "", "click/1");
  private static final Reply.Answered ANSWER = Case1.reply("shop.example.com");

  private final Ledger ledger = mock(Ledger.class);
  private final Recall recall = mock(Recall.class);
  private final Rights rights = mock(Rights.class);
  private final Story story = mock(Story.class);
  private final Asking asking = mock(Asking.class);
  private final Again again = new Again(ledger, recall, rights, story, asking);

  private static Run run(RunState state) {
    Run begun = Run.of("r1", ANA, Question.about("shop.example.com"), Case1.NOW);
    return new Run(
        begun.id(),
        begun.asker(),
        begun.question(),
        state,
        1,
        begun.asked(),
        begun.started(),
        begun.found(),
        begun.finished(),
        true);
  }

  @BeforeEach
  void anAnswerStandsThere() {
    when(rights.shutOut(any())).thenReturn(Optional.empty());
    when(recall.headline(any(), any())).thenReturn(Optional.of(HEADLINE));
    when(ledger.run("r1")).thenReturn(Optional.of(run(RunState.ANSWERED)));
    when(recall.told(any())).thenReturn(Optional.of(new Recall.Told(ANSWER, new TreeMap<>())));
    when(story.posted(any(), any(), any(), any()))
        .thenReturn(new Clearance.View(ANSWER, Optional.empty()));
    when(asking.again(any(), any(), any(), any())).thenReturn(Optional.empty());
  }

  private void sees(Optional<String> leftOut) {
    when(rights.view(any(), any(), any(), any(), any()))
        .thenReturn(new Clearance.View(ANSWER, leftOut));
  }

  private Optional<String> pressed() {
    return again.pressed(Handle.of("r1"), PRESS).map(Message::notification);
  }

  @Test
  void whoSeesAllThatIsShownMay() {
    sees(Optional.empty());
    assertThat(pressed()).isEmpty();
    verify(asking).again(any(), any(), any(), any());
  }

  @Test
  void whoSeesLessThanIsShownIsToldAlone() {
    sees(Optional.of("Not shown: 2 findings in namespaces you may not read."));
    assertThat(pressed().orElseThrow())
        .startsWith("You may not see all that this message shows")
        .contains("Ask for yourself");
    verify(asking, never()).again(any(), any(), any(), any());
  }

  /** Of a cluster that he may not read at all, nobody says that it is left out. */
  @Test
  void whoDoesNotSeeOneOfTheClustersIsToldAlone() {
    Diagnosis east = ANSWER.worst();
    when(story.posted(any(), any(), any(), any()))
        .thenReturn(new Clearance.View(new Reply.Answered(List.of(east, east)), Optional.empty()));
    sees(Optional.empty());
    assertThat(pressed().orElseThrow()).startsWith("You may not see all that this message shows");
    verify(asking, never()).again(any(), any(), any(), any());
  }

  /** What the asker of the message may not see is not missed. */
  @Test
  void whatIsShownIsWhatCounts() {
    Reply.Answered less = Case1.reply("shop.example.com");
    when(story.posted(any(), any(), any(), any()))
        .thenReturn(new Clearance.View(less, Optional.of("Not shown: 1 detail.")));
    sees(Optional.empty());
    pressed();
    verify(rights).view(any(), any(), any(), org.mockito.ArgumentMatchers.same(less), any());
  }

  @Test
  void whoseOwnTryBeforeACrashBeganTheNewerCheckDidNotComeLate() {
    when(ledger.run("r0")).thenReturn(Optional.of(run(RunState.ANSWERED)));
    assertThat(again.pressed(Handle.of("r0"), PRESS)).isPresent();
    Press anas = new Press(ANA, "1.1", "", "click/2");
    assertThat(again.pressed(Handle.of("r0"), anas)).isEmpty();
  }

  /** It was found between two looks at it: nobody had it checked again. */
  @Test
  void aCheckThatWentOnIsTheSameCheck() {
    when(ledger.run("r1"))
        .thenReturn(Optional.of(run(RunState.RUNNING)), Optional.of(run(RunState.FOUND)));
    assertThat(pressed().orElseThrow()).startsWith("This is being looked at already");
  }
}
