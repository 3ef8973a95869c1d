package dev.upstream.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import dev.upstream.conversation.Asker;
import dev.upstream.conversation.Content;
import dev.upstream.conversation.Notes;
import dev.upstream.conversation.Person;
import dev.upstream.conversation.Place;
import dev.upstream.conversation.Wanted;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;

/** Whose right decides what a headline shows, as long as its check is kept. */
class AskersTest {
  private static final Duration YEARS = Duration.ofDays(3_650);
  private static final Wanted HEADLINE =
      Wanted.headline("h1", "r1", Place.of("T0TEAM", "C0RANDOM"), new Content.Nothing());

  private final Notes notes = mock(Notes.class);
  private final Askers askers = new Askers(notes, YEARS);

  private static Asker asking(String channel) {
    return new Asker(
        new Person("T0TEAM", "U0ANA", "ana"), Place.of("T0TEAM", channel), Optional.empty());
  }

  @Test
  void itIsRememberedForAsLongAsTheCheck() {
    askers.remember("h1", asking("C0RANDOM"), Case1.NOW);
    ArgumentCaptor<Instant> until = ArgumentCaptor.captor();
    verify(notes).choose(eq("asker/h1"), any(), until.capture());
    assertThat(until.getValue()).isAfter(Case1.NOW.plus(YEARS));
  }

  @Test
  void whoAskedFirstElsewhereDoesNotStandForWhoAskedHere() {
    when(notes.chosen(any(), any())).thenReturn(Optional.empty());
    assertThat(askers.knows(HEADLINE, asking("C0INCIDENTS"), Case1.NOW)).isFalse();
    assertThat(askers.knows(HEADLINE, asking("C0RANDOM"), Case1.NOW)).isTrue();
    when(notes.chosen(eq("asker/h1"), any())).thenReturn(Optional.of("{}"));
    assertThat(askers.knows(HEADLINE, asking("C0INCIDENTS"), Case1.NOW)).isTrue();
  }
}
