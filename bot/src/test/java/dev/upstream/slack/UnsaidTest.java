package dev.upstream.slack;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.RETURNS_DEFAULTS;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import dev.upstream.answer.Question;
import dev.upstream.conversation.Asker;
import dev.upstream.conversation.Bytes;
import dev.upstream.conversation.Content;
import dev.upstream.conversation.Ledger;
import dev.upstream.conversation.Notes;
import dev.upstream.conversation.Outbox;
import dev.upstream.conversation.Person;
import dev.upstream.conversation.Place;
import dev.upstream.conversation.Recordings;
import dev.upstream.conversation.Run;
import dev.upstream.conversation.Wanted;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Slack fell silent between the answer and its words. */
class UnsaidTest {
  private static final Place PLACE = Place.of("T0TEAM", "C0INCIDENTS");
  private static final Run RUN =
      Run.of(
          "r1",
          new Asker(new Person("T0TEAM", "U0ANA", "ana"), PLACE, Optional.empty()),
          Question.about("shop.example.com"),
          Case1.NOW);

  /** It takes all that it is given. */
  private final Ledger ledger =
      mock(
          Ledger.class,
          call ->
              call.getMethod().getReturnType() == boolean.class
                  ? true
                  : RETURNS_DEFAULTS.answer(call));

  private final Recordings recordings = mock(Recordings.class);
  private final Story story = mock(Story.class);
  private final Conversation conversation =
      new Conversation(
          Case1.collector(),
          ledger,
          mock(Outbox.class),
          mock(Notes.class),
          recordings,
          story,
          mock(Clicks.class),
          InstantSource.fixed(Case1.NOW),
          mock(Turn.class),
          () -> {});

  @Test
  void theAnswerWaitsAndIsNotRefused() throws InterruptedException {
    Wanted headline = Wanted.headline("h1", "r1", PLACE, new Content.Nothing());
    when(ledger.headlines("r1")).thenReturn(List.of(headline));
    when(recordings.pack(any())).thenReturn(Bytes.of("seen".getBytes(StandardCharsets.UTF_8)));
    when(story.told(any(), any(), any(), any())).thenThrow(new NotSaid());
    conversation.run(RUN);
    verify(ledger).found(eq(RUN), any());
    verify(ledger, never()).finish(any(), any(), any(), any());
  }
}
