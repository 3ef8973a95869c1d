package dev.upstream.slack;

import dev.upstream.conversation.Content;
import dev.upstream.conversation.Feedback;
import dev.upstream.conversation.Ledger;
import dev.upstream.conversation.Notes;
import dev.upstream.conversation.Outbox;
import dev.upstream.conversation.Place;
import dev.upstream.conversation.Run;
import dev.upstream.conversation.Wanted;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** What people say of an answer, counted where they were asked. */
final class Opinions {
  private static final int RACES = 10;

  private final Ledger ledger;
  private final Outbox outbox;
  private final Notes notes;
  private final OutgoingGuard guard;
  private final InstantSource clock;
  private final Runnable wake;

  Opinions(
      Ledger ledger,
      Outbox outbox,
      Notes notes,
      OutgoingGuard guard,
      InstantSource clock,
      Runnable wake) {
    this.ledger = ledger;
    this.outbox = outbox;
    this.notes = notes;
    this.guard = guard;
    this.clock = clock;
    this.wake = wake;
  }

  /** Kept with what was seen; returns the thanks. */
  Message said(boolean useful, Handle handle, Press press, Run run) {
    Instant now = clock.instant();
    notes.feedback(new Feedback(run.id(), press.by().person(), useful, now));
    for (int tries = 0; tries < RACES && !counted(handle, press, run, now); tries++) {
      wake.run();
    }
    return NoteBlocks.thanks(useful);
  }

  /** Whether the count that stands there is the newest: two people may speak at once. */
  private boolean counted(Handle handle, Press press, Run run, Instant now) {
    Place place = press.by().place();
    Optional<Wanted> question =
        ledger
            .at(place.team(), place.channel(), press.message())
            .filter(m -> m.parent().isPresent());
    List<Feedback> all = notes.feedback(run.id());
    int good = (int) all.stream().filter(Feedback::useful).count();
    Content.Post counted =
        Contents.post(guard.pass(FeedbackBlocks.told(handle, good, all.size() - good)));
    if (question.filter(m -> !m.content().equals(counted)).isEmpty()) {
      return true;
    }
    outbox.want(List.of(question.get().now(counted, true)), now);
    return false;
  }
}
