package dev.upstream.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.upstream.answer.Question;
import dev.upstream.answer.Reply;
import dev.upstream.conversation.Asker;
import dev.upstream.conversation.Content;
import dev.upstream.conversation.Ledger;
import dev.upstream.conversation.Notes;
import dev.upstream.conversation.Outbox;
import dev.upstream.conversation.Person;
import dev.upstream.conversation.Place;
import dev.upstream.conversation.Run;
import dev.upstream.conversation.RunState;
import dev.upstream.conversation.Wanted;
import dev.upstream.diagnosis.SameCause;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Two people mute different findings of one headline at once. */
class MutingsTest {
  private static final Place PLACE = Place.of("T0TEAM", "C0INCIDENTS");
  private static final Asker ANA =
      new Asker(new Person("T0TEAM", "U0ANA", "ana"), PLACE, Optional.empty());
  private static final Reply.Answered ANSWER = Case1.reply("shop.example.com");
  private static final Content.Post SMALL = new Content.Post("[]", "both are muted");
  private static final Run RUN =
      new Run(
          "r1",
          ANA,
          Question.about("shop.example.com"),
          RunState.ANSWERED,
          1,
          Case1.NOW,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          true);

  private final Ledger ledger = mock(Ledger.class);
  private final Outbox outbox = mock(Outbox.class);
  private final Notes notes = mock(Notes.class);
  private final Recall recall = mock(Recall.class);
  private final Story story = mock(Story.class);
  private final Mutings mutings =
      new Mutings(
          ledger,
          outbox,
          notes,
          recall,
          story,
          Cases.UTC,
          InstantSource.fixed(Case1.NOW),
          () -> {});

  private static Content.Post words(String text) {
    return new Content.Post("[]", text);
  }

  /** The other one's words, of the same revision, come first. */
  @Test
  void whoComesSecondSaysBoth() {
    Wanted stands = Wanted.headline("h1", "r1", PLACE, words("loud")).now(words("loud"), true);
    List<Wanted> there = new ArrayList<>(List.of(stands));
    List<Long> wanted = new ArrayList<>();
    doAnswer(
            call -> {
              Wanted mine = call.<List<Wanted>>getArgument(0).getFirst();
              wanted.add(mine.revision());
              there.add(wanted.size() == 1 ? stands.now(words("only theirs"), true) : mine);
              return null;
            })
        .when(outbox)
        .want(any(), any());
    when(ledger.message("h1")).thenAnswer(c -> Optional.of(there.getLast()));
    when(ledger.run("r1")).thenReturn(Optional.of(RUN));
    when(notes.mute(any())).thenReturn(Optional.empty());
    when(recall.told(RUN)).thenReturn(Optional.of(new Recall.Told(ANSWER, new TreeMap<>())));
    when(story.retold(eq(RUN), any(), any(), any()))
        .thenAnswer(c -> List.of(c.<Wanted>getArgument(3).now(SMALL, true)));
    when(story.findings(any(), any(), any(), any())).thenReturn(Map.of());
    when(story.thread(any())).thenReturn(Optional.empty());

    SameCause cause = SameCause.of(ANSWER.worst().findings()).getFirst();
    mutings.mute(
        cause,
        new MuteModal.Outcome.Muted(Case1.NOW.plusSeconds(60), "known"),
        ANA.person(),
        new Shown(RUN, stands, new TreeMap<>(), ANSWER, ANSWER));
    assertThat(wanted).containsExactly(2L, 3L);
    assertThat(there.getLast().content()).isEqualTo(SMALL);
  }
}
