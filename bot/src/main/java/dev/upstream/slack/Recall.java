package dev.upstream.slack;

import dev.upstream.answer.Answering;
import dev.upstream.answer.Clearance;
import dev.upstream.answer.Collector;
import dev.upstream.answer.Reply;
import dev.upstream.conversation.Bytes;
import dev.upstream.conversation.Ledger;
import dev.upstream.conversation.Place;
import dev.upstream.conversation.Recordings;
import dev.upstream.conversation.Run;
import dev.upstream.conversation.Wanted;
import dev.upstream.snapshot.Snapshot;
import java.time.InstantSource;
import java.util.Optional;
import java.util.SortedMap;

/** Looks up what a button stands for: nothing is taken from the message but an id. */
final class Recall {
  static final String GONE = NoteBlocks.gone().notification();
  private static final String NOT_SEEN_ANY_MORE =
      "What was seen then is not kept any more. Press Re-check.";

  private final Collector collector;
  private final Ledger ledger;
  private final Recordings recordings;
  private final Rights rights;
  private final Askers askers;
  private final InstantSource clock;

  Recall(
      Collector collector,
      Ledger ledger,
      Recordings recordings,
      Rights rights,
      Askers askers,
      InstantSource clock) {
    this.collector = collector;
    this.ledger = ledger;
    this.recordings = recordings;
    this.rights = rights;
    this.askers = askers;
    this.clock = clock;
  }

  /** What was found for the one who pressed. */
  sealed interface Outcome {
    record Found(Shown shown) implements Outcome {}

    record Gone(String sentence) implements Outcome {}
  }

  Outcome of(Handle handle, Press press) {
    Optional<Reply.Refused> shutOut = rights.shutOut(press.by().person());
    if (shutOut.isPresent()) {
      return new Outcome.Gone(shutOut.get().sentence());
    }
    Optional<Run> run = ledger.run(handle.run());
    Optional<Wanted> headline = run.flatMap(r -> headline(r, press));
    if (headline.isEmpty()) {
      return new Outcome.Gone(GONE);
    }
    return of(run.orElseThrow(), headline.get(), press);
  }

  private Outcome of(Run run, Wanted headline, Press press) {
    Optional<Bytes> kept = ledger.kept(run.id());
    if (kept.isEmpty()) {
      return new Outcome.Gone(NOT_SEEN_ANY_MORE);
    }
    SortedMap<String, Snapshot> seen = recordings.unpack(kept.get());
    Reply whole = new Answering(collector).again(run.question(), seen);
    Clearance.View view =
        rights.view(press.by().person(), headline.place(), run.question(), whole, seen);
    return switch (view.reply()) {
      case Reply.Refused r -> new Outcome.Gone(r.sentence());
      case Reply.Answered a -> new Outcome.Found(new Shown(run, headline, seen, whole, a));
    };
  }

  /** What a headline tells of. */
  record Told(Reply whole, SortedMap<String, Snapshot> seen) {}

  /** The answer that a headline tells now; empty while it is being looked at. */
  Optional<Told> told(Run run) {
    return ledger
        .kept(run.id())
        .filter(k -> run.state().over())
        .map(recordings::unpack)
        .map(seen -> new Told(new Answering(collector).again(run.question(), seen), seen));
  }

  /**
   * The headline that was pressed, or whose thread was; empty where nobody knows any more whose
   * right decides.
   */
  Optional<Wanted> headline(Run run, Press press) {
    Place place = press.by().place();
    return ledger
        .at(place.team(), place.channel(), press.message())
        .flatMap(m -> m.parent().isEmpty() ? Optional.of(m) : m.parent().flatMap(ledger::message))
        .or(
            () ->
                ledger.headlines(run.id()).stream()
                    .filter(h -> h.place().channel().equals(place.channel()))
                    .findFirst())
        .filter(h -> askers.knows(h, run.asker(), clock.instant()));
  }
}
