package dev.upstream.slack;

import dev.upstream.conversation.Asker;
import dev.upstream.conversation.Ledger;
import dev.upstream.conversation.Notes;
import dev.upstream.conversation.Outbox;
import dev.upstream.conversation.Run;
import dev.upstream.conversation.Wanted;
import dev.upstream.diagnosis.Finding;
import dev.upstream.diagnosis.SameCause;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What buttons do. Whoever presses one is asked for the right to read anew, and what the button
 * stands for is looked up: nothing is taken from the message.
 */
final class Clicks {
  private static final Message AWAY =
      NoteBlocks.sentence(
          "Slack does not answer all my questions just now. Try again in a minute.");

  private final Ledger ledger;
  private final Outbox outbox;
  private final Recall recall;
  private final Story story;
  private final Again again;
  private final ThreadFiles files;
  private final Opinions opinions;
  private final Mutings mutings;
  private final OutgoingGuard guard;
  private final Function<String, Optional<String>> pages;
  private final InstantSource clock;
  private final Runnable wake;
  private final Function<Asker, Message> status;

  /**
   * @param keep for how long ended checks are kept
   * @param pages the catalogue's page of an id
   * @param status how the clusters are
   */
  Clicks(
      Ledger ledger,
      Outbox outbox,
      Notes notes,
      Duration keep,
      Recall recall,
      Rights rights,
      Story story,
      Asking asking,
      OutgoingGuard guard,
      Function<String, Optional<String>> pages,
      ZoneId zone,
      InstantSource clock,
      Runnable wake,
      Function<Asker, Message> status) {
    this.ledger = ledger;
    this.outbox = outbox;
    this.files = new ThreadFiles(outbox, notes, keep, story, guard, zone, clock, wake);
    this.recall = recall;
    this.story = story;
    this.again = new Again(ledger, recall, rights, story, asking);
    this.opinions = new Opinions(ledger, outbox, notes, guard, clock, wake);
    this.mutings = new Mutings(ledger, outbox, notes, recall, story, zone, clock, wake);
    this.guard = guard;
    this.pages = pages;
    this.clock = clock;
    this.wake = wake;
    this.status = status;
  }

  /** Whether the request arrives for the first time: Slack, or somebody else, may send it twice. */
  boolean first(String delivery) {
    return ledger.claim(delivery, clock.instant());
  }

  /** The same; what the press asks for outlives this replica. */
  boolean first(KeptPress press) {
    return ledger.claim(press.press().delivery(), press.json(), clock.instant());
  }

  /** Does what the button says, once it is acknowledged. */
  void pressed(KeptPress kept) {
    if (kept.muted().isPresent()) {
      mute(kept.handle(), kept.muted().get(), kept.press())
          .ifPresent(m -> whisper(kept.press(), m));
    } else if (kept.action() == Action.STATUS) {
      whisper(kept.press(), status.apply(kept.press().by()));
    } else {
      pressed(kept.action(), kept.handle(), kept.press());
    }
    ledger.done(kept.press().delivery());
  }

  /** A button of a message from before that this version does not know. */
  void unknown(Press press) {
    whisper(press, NoteBlocks.gone());
  }

  /** Does what the button says; what the person alone is told goes through the outbox. */
  private void pressed(Action action, Handle handle, Press press) {
    Optional<Message> note =
        action == Action.RECHECK ? again.pressed(handle, press) : outcome(action, handle, press);
    note.ifPresent(m -> whisper(press, m));
  }

  private Optional<Message> outcome(Action action, Handle handle, Press press) {
    return switch (recall.of(handle, press)) {
      case Recall.Outcome.Gone g -> note(g.sentence());
      case Recall.Outcome.Found f -> {
        boolean file = action == Action.EVIDENCE || action == Action.JSON;
        Optional<Run> newer =
            f.shown().current() || !file
                ? Optional.empty()
                : f.shown().headline().run().flatMap(ledger::run);
        yield newer.isPresent()
            ? newer.map(Again::late)
            : answered(action, handle, press, f.shown());
      }
    };
  }

  private Optional<Message> answered(Action action, Handle handle, Press press, Shown shown) {
    Optional<Finding> finding = handle.among(shown.findings());
    return switch (action) {
      case EVIDENCE, JSON -> waits(shown) ? Optional.of(AWAY) : files.wanted(action, press, shown);
      case EXPLAIN ->
          finding
              .map(f -> pages.apply(f.id()).map(p -> PageBlocks.of(f.id(), p)))
              .orElseGet(() -> note("There is nothing to explain here any more."));
      case UNMUTE -> unmute(finding, shown);
      case USEFUL, NOT_USEFUL ->
          Optional.of(opinions.said(action == Action.USEFUL, handle, press, shown.run()));
      default -> Optional.empty();
    };
  }

  private Optional<Message> unmute(Optional<Finding> finding, Shown shown) {
    return Optional.of(
        waits(shown) ? AWAY : mutings.unmute(finding.map(f -> same(f, shown)), shown));
  }

  /** On all objects where the person sees it. */
  private static SameCause same(Finding finding, Shown shown) {
    return SameCause.of(finding, shown.findings());
  }

  /** A headline is worded for its asker, whom Slack has to know. */
  private boolean waits(Shown shown) {
    return story.waits(shown.run(), shown.headline());
  }

  /** The modal's question is answered: this finding is known until then. */
  private Optional<Message> mute(Handle handle, MuteModal.Outcome.Muted muted, Press press) {
    return switch (recall.of(handle, press)) {
      case Recall.Outcome.Gone g -> note(g.sentence());
      case Recall.Outcome.Found f -> {
        Optional<Finding> finding = handle.among(f.shown().findings());
        if (finding.isEmpty()) {
          yield note("There is nothing to mute here any more.");
        }
        yield Optional.of(
            waits(f.shown())
                ? AWAY
                : mutings.mute(
                    same(finding.get(), f.shown()), muted, press.by().person(), f.shown()));
      }
    };
  }

  /** The finding that a button stands for, or what the person is told instead. */
  sealed interface Sought {
    record One(SameCause same) implements Sought {}

    record None(Message why) implements Sought {}
  }

  /** As far as the person may see it. */
  Sought finding(Handle handle, Press press) {
    return switch (recall.of(handle, press)) {
      case Recall.Outcome.Gone g -> new Sought.None(NoteBlocks.sentence(g.sentence()));
      case Recall.Outcome.Found f ->
          handle
              .among(f.shown().findings())
              .<Sought>map(o -> new Sought.One(same(o, f.shown())))
              .orElseGet(() -> new Sought.None(NoteBlocks.gone()));
    };
  }

  void whisper(Press press, Message message) {
    outbox.want(
        List.of(
            new Wanted(
                "press/" + ShortId.of(press.delivery()),
                Optional.empty(),
                press.by().place(),
                Optional.empty(),
                0,
                Contents.whisper(
                    press.by().person().user(), press.by().responseUrl(), guard.pass(message)),
                0,
                true)),
        clock.instant());
    wake.run();
  }

  private static Optional<Message> note(String sentence) {
    return Optional.of(NoteBlocks.sentence(sentence));
  }
}
