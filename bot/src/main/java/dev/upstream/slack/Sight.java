package dev.upstream.slack;

import dev.upstream.answer.Answering;
import dev.upstream.answer.Clearance;
import dev.upstream.answer.Collector;
import dev.upstream.answer.Reply;
import dev.upstream.conversation.Bytes;
import dev.upstream.conversation.Ledger;
import dev.upstream.conversation.Recordings;
import dev.upstream.conversation.Run;
import dev.upstream.conversation.Wanted;
import dev.upstream.diagnosis.Finding;
import java.util.List;
import java.util.Optional;

/** Finds what a button stands for, as far as whoever presses it may see that now. */
final class Sight {
  private final Collector collector;
  private final Ledger ledger;
  private final Recordings recordings;
  private final Rights rights;

  Sight(Collector collector, Ledger ledger, Recordings recordings, Rights rights) {
    this.collector = collector;
    this.ledger = ledger;
    this.recordings = recordings;
    this.rights = rights;
  }

  /** What was looked for, or what the person is told instead. */
  sealed interface Found<T> {
    record It<T>(T it) implements Found<T> {}

    record Not<T>(Message why) implements Found<T> {}
  }

  /** A check and the headline that speaks of it. */
  record Spot(Run run, Wanted headline) {}

  /**
   * What a button speaks of.
   *
   * @param whole the answer for those who may see all of it
   */
  record Seen(Run run, Wanted headline, Reply whole, Reply.Answered answered, Clearance.View view) {
    List<Finding> findings() {
      return answered.diagnoses().stream().flatMap(d -> d.findings().stream()).toList();
    }
  }

  /** Where it was pressed; a button of a finding speaks of the newest answer there. */
  Found<Spot> spot(Handle handle, Press press) {
    Optional<Reply.Refused> shutOut = rights.shutOut(press.by().person());
    if (shutOut.isPresent()) {
      return not(shutOut.get().sentence());
    }
    Optional<Wanted> headline = headline(handle, press);
    Optional<Run> newest = headline.flatMap(Wanted::run).flatMap(ledger::run);
    if (newest.isEmpty()) {
      return new Found.Not<>(NoteBlocks.gone());
    }
    Run run = newest.get();
    boolean same = run.id().equals(handle.run());
    if (!same && !run.state().over()) {
      return not(
          "You came late: "
              + run.asker().person().name()
              + " had it checked again. The message shows the new answer when it is there.");
    }
    return same || handle.finding().isPresent()
        ? new Found.It<>(new Spot(run, headline.orElseThrow()))
        : not(
            "You came late: "
                + run.asker().person().name()
                + " had it checked again. The message shows the newer answer.");
  }

  /** What was seen there. */
  Found<Seen> seen(Handle handle, Press press) {
    return switch (spot(handle, press)) {
      case Found.Not<Spot> n -> new Found.Not<>(n.why());
      case Found.It<Spot> s -> seen(s.it(), press);
    };
  }

  private Found<Seen> seen(Spot spot, Press press) {
    Optional<Bytes> kept = ledger.kept(spot.run().id());
    if (kept.isEmpty()) {
      return not("What was seen then is not kept any more. Press Re-check.");
    }
    Reply reply =
        new Answering(collector).again(spot.run().question(), recordings.unpack(kept.get()));
    Clearance.View view = rights.view(press.by().person(), spot.headline().place(), reply);
    return switch (view.reply()) {
      case Reply.Refused r -> not(r.sentence());
      case Reply.Answered a ->
          new Found.It<>(new Seen(spot.run(), spot.headline(), reply, a, view));
    };
  }

  private Optional<Wanted> headline(Handle handle, Press press) {
    String channel = press.by().place().channel();
    return ledger
        .headlineAt(press.by().place().team(), channel, press.message())
        .or(
            () ->
                ledger.headlines(handle.run()).stream()
                    .filter(h -> h.place().channel().equals(channel))
                    .findFirst());
  }

  private static <T> Found<T> not(String sentence) {
    return new Found.Not<>(NoteBlocks.sentence(sentence));
  }
}
