package dev.upstream.slack;

import dev.upstream.conversation.Bytes;
import dev.upstream.conversation.Content;
import dev.upstream.conversation.Feedback;
import dev.upstream.conversation.Ledger;
import dev.upstream.conversation.Mute;
import dev.upstream.conversation.Notes;
import dev.upstream.conversation.Outbox;
import dev.upstream.conversation.Place;
import dev.upstream.conversation.Run;
import dev.upstream.conversation.Wanted;
import dev.upstream.diagnosis.Finding;
import dev.upstream.report.JsonReport;
import java.time.Duration;
import java.time.Instant;
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
  private static final Duration REMEMBERED = Duration.ofDays(30);
  private static final int AFTER_FINDINGS = 1_000;
  private static final String LATE =
      "You came late: this was checked again in the meantime. The message shows the newer answer.";

  private final Ledger ledger;
  private final Outbox outbox;
  private final Notes notes;
  private final Recall recall;
  private final Rights rights;
  private final Story story;
  private final Asking asking;
  private final OutgoingGuard guard;
  private final Function<String, Optional<String>> pages;
  private final ZoneId zone;
  private final InstantSource clock;
  private final Runnable wake;

  /**
   * @param pages the catalogue's page of an id
   */
  Clicks(
      Ledger ledger,
      Outbox outbox,
      Notes notes,
      Recall recall,
      Rights rights,
      Story story,
      Asking asking,
      OutgoingGuard guard,
      Function<String, Optional<String>> pages,
      ZoneId zone,
      InstantSource clock,
      Runnable wake) {
    this.ledger = ledger;
    this.outbox = outbox;
    this.notes = notes;
    this.recall = recall;
    this.rights = rights;
    this.story = story;
    this.asking = asking;
    this.guard = guard;
    this.pages = pages;
    this.zone = zone;
    this.clock = clock;
    this.wake = wake;
  }

  /** Does what the button says; what the person alone is told goes through the outbox. */
  void pressed(Action action, Handle handle, Press press) {
    Optional<Message> note =
        action == Action.RECHECK ? again(handle, press) : outcome(action, handle, press);
    note.ifPresent(m -> whisper(press, m));
  }

  private Optional<Message> again(Handle handle, Press press) {
    Optional<Run> pressed = ledger.run(handle.run());
    Optional<Wanted> headline = pressed.flatMap(r -> recall.headline(r, press));
    Optional<Run> current = headline.flatMap(Wanted::run).flatMap(ledger::run);
    if (current.isEmpty()) {
      return note(Recall.GONE);
    }
    if (!current.get().state().over()) {
      return note(
          "This is being looked at already; the message shows the answer when it is there.");
    }
    return current.equals(pressed)
        ? asking.again(current.get(), headline.orElseThrow(), press.by(), press.delivery())
        : note(LATE);
  }

  private Optional<Message> outcome(Action action, Handle handle, Press press) {
    return switch (recall.of(handle, press)) {
      case Recall.Outcome.Gone g -> note(g.sentence());
      case Recall.Outcome.Found f -> {
        boolean file = action == Action.EVIDENCE || action == Action.JSON;
        if (file && !f.shown().current()) {
          yield note(LATE);
        }
        yield ledger.claim(press.delivery(), clock.instant())
            ? answered(action, handle, press, f.shown())
            : Optional.empty();
      }
    };
  }

  private Optional<Message> answered(Action action, Handle handle, Press press, Shown shown) {
    Optional<Finding> finding = handle.among(shown.findings());
    return switch (action) {
      case EVIDENCE ->
          file(
              press,
              shown,
              "evidence",
              EvidenceFile.of(
                  shown.answered(),
                  rights.logs(press.by().person(), shown.headline().place(), shown.seen()),
                  telling(press, shown)));
      case JSON ->
          file(press, shown, "json", JsonFile.of(shown.answered(), new JsonReport.Timing(0, 0)));
      case EXPLAIN ->
          finding
              .map(f -> pages.apply(f.id()).map(p -> PageBlocks.of(f.id(), p)))
              .orElseGet(() -> note("There is nothing to explain here any more."));
      case UNMUTE ->
          finding
              .filter(f -> notes.unmute(f.key()))
              .flatMap(
                  f -> {
                    retell(shown);
                    return note("You are told about it again.");
                  })
              .or(() -> note("It is not muted any more."));
      case USEFUL, NOT_USEFUL -> feedback(action == Action.USEFUL, handle, press, shown);
      default -> Optional.empty();
    };
  }

  private Telling telling(Press press, Shown shown) {
    return new Telling(
        Handle.of(shown.run().id()),
        press.by().person().name(),
        zone,
        clock.instant(),
        shown.view().leftOut());
  }

  /** A file in the thread, once for each answer. */
  private Optional<Message> file(Press press, Shown shown, String kind, Attachment file) {
    Instant now = clock.instant();
    String id = shown.headline().id() + "/" + shown.run().id() + "/" + kind;
    Optional<String> before = notes.chosen("file/" + id, now);
    if (before.isPresent()) {
      return note("It is in the thread already; " + before.get() + " asked for it.");
    }
    OutgoingGuard.OutgoingFile passed = guard.pass(file);
    outbox.want(
        List.of(
            shown
                .headline()
                .below(
                    id,
                    AFTER_FINDINGS,
                    new Content.Upload(passed.name(), Bytes.of(passed.bytes())))),
        now);
    // only now: whoever is told that the file is there must find it, even if this replica dies here
    notes.choose("file/" + id, press.by().person().name(), now.plus(REMEMBERED));
    wake.run();
    return Optional.empty();
  }

  /** Kept with what was seen, and counted where it was asked for. */
  private Optional<Message> feedback(boolean useful, Handle handle, Press press, Shown shown) {
    Instant now = clock.instant();
    notes.feedback(new Feedback(shown.run().id(), press.by().person(), useful, now));
    List<Feedback> all = notes.feedback(shown.run().id());
    int good = (int) all.stream().filter(Feedback::useful).count();
    Message counted = FeedbackBlocks.told(handle, good, all.size() - good);
    Place place = press.by().place();
    ledger
        .at(place.team(), place.channel(), press.message())
        .filter(m -> m.parent().isPresent())
        .ifPresent(m -> outbox.want(List.of(m.now(Contents.post(guard.pass(counted)), true)), now));
    return note(
        useful
            ? "Thank you: kept as useful."
            : "Thank you: kept as not useful, with what was seen, so that it can be studied.");
  }

  /** The modal's question is answered: this finding on this object is known until then. */
  Optional<Message> mute(Handle handle, MuteModal.Outcome.Muted muted, Press press) {
    return switch (recall.of(handle, press)) {
      case Recall.Outcome.Gone g -> note(g.sentence());
      case Recall.Outcome.Found f -> {
        Optional<Finding> finding = handle.among(f.shown().findings());
        if (finding.isEmpty()) {
          yield note("There is nothing to mute here any more.");
        }
        Instant now = clock.instant();
        if (ledger.claim(press.delivery(), now)) {
          notes.mute(
              new Mute(
                  finding.get().key(), now, muted.until(), muted.reason(), press.by().person()));
          retell(f.shown());
        }
        yield Optional.empty();
      }
    };
  }

  /** The finding that a button stands for, as far as the person may see it. */
  Optional<Finding> finding(Handle handle, Press press) {
    return recall.of(handle, press) instanceof Recall.Outcome.Found f
        ? handle.among(f.shown().findings())
        : Optional.empty();
  }

  /** The headline as it is to be said now; what is being looked at is worded at its end. */
  private void retell(Shown shown) {
    Optional<Run> current = shown.headline().run().flatMap(ledger::run);
    current
        .flatMap(recall::told)
        .ifPresent(
            reply -> {
              outbox.want(
                  story.retold(current.orElseThrow(), reply, shown.headline()), clock.instant());
              wake.run();
            });
  }

  void whisper(Press press, Message message) {
    outbox.want(
        List.of(
            new Wanted(
                "press/" + press.delivery(),
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
