package dev.upstream.slack;

import dev.upstream.conversation.Bytes;
import dev.upstream.conversation.Content;
import dev.upstream.conversation.Feedback;
import dev.upstream.conversation.Ledger;
import dev.upstream.conversation.Mute;
import dev.upstream.conversation.Notes;
import dev.upstream.conversation.Outbox;
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
  private static final Optional<Message> NOT_FOUND =
      note("The newest answer does not find that any more.");
  private static final Optional<Message> AWAY =
      note("Slack does not answer all my questions just now. Try again in a minute.");

  private final Ledger ledger;
  private final Outbox outbox;
  private final Notes notes;
  private final Sight sight;
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
      Sight sight,
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
    this.sight = sight;
    this.story = story;
    this.asking = asking;
    this.guard = guard;
    this.pages = pages;
    this.zone = zone;
    this.clock = clock;
    this.wake = wake;
  }

  /** Whether the request arrives for the first time: Slack, or somebody else, may send it twice. */
  boolean first(String delivery) {
    return ledger.claim(delivery, clock.instant());
  }

  /** Does what the button says; what the person alone is told goes through the outbox. */
  void pressed(Action action, Handle handle, Press press) {
    Optional<Message> note =
        action == Action.RECHECK ? again(handle, press) : answered(action, handle, press);
    note.ifPresent(m -> whisper(press, m));
  }

  /** A button of a message from before that this version does not know. */
  void unknown(Press press) {
    whisper(press, NoteBlocks.gone());
  }

  private Optional<Message> again(Handle handle, Press press) {
    return switch (sight.spot(handle, press)) {
      case Sight.Found.Not<Sight.Spot> n -> Optional.of(n.why());
      case Sight.Found.It<Sight.Spot> s ->
          s.it().run().state().over()
              ? asking.again(
                  s.it().run(), s.it().headline(), press.by(), press.delivery() + "/again")
              : note(
                  "This is being looked at already; the message shows the answer when it is"
                      + " there.");
    };
  }

  private Optional<Message> answered(Action action, Handle handle, Press press) {
    return switch (sight.seen(handle, press)) {
      case Sight.Found.Not<Sight.Seen> n -> Optional.of(n.why());
      case Sight.Found.It<Sight.Seen> s -> answered(action, handle, press, s.it());
    };
  }

  private Optional<Message> answered(Action action, Handle handle, Press press, Sight.Seen seen) {
    Optional<Finding> finding = handle.among(seen.findings());
    return switch (action) {
      case EVIDENCE ->
          file(
              press,
              seen,
              "evidence",
              EvidenceFile.of(seen.answered(), List.of(), telling(press, seen)));
      case JSON ->
          file(press, seen, "json", JsonFile.of(seen.answered(), new JsonReport.Timing(0, 0)));
      case EXPLAIN ->
          finding
              .map(f -> pages.apply(f.id()).map(p -> PageBlocks.of(f.id(), p)))
              .orElse(NOT_FOUND);
      case UNMUTE -> finding.flatMap(f -> unmute(f, seen)).or(Clicks::nothingMuted);
      case USEFUL, NOT_USEFUL -> feedback(action == Action.USEFUL, press, seen);
      default -> Optional.empty();
    };
  }

  private Telling telling(Press press, Sight.Seen seen) {
    return new Telling(
        Handle.of(seen.run().id()),
        press.by().person().name(),
        zone,
        clock.instant(),
        seen.view().leftOut());
  }

  /** A file in the thread, once for each answer; the one who came late is told. */
  private Optional<Message> file(Press press, Sight.Seen seen, String kind, Attachment file) {
    Instant now = clock.instant();
    String id = seen.headline().id() + "/" + seen.run().id() + "/" + kind;
    OutgoingGuard.OutgoingFile passed = guard.pass(file);
    outbox.want(
        List.of(
            seen.headline()
                .below(
                    id,
                    AFTER_FINDINGS,
                    new Content.Upload(passed.name(), Bytes.of(passed.bytes())))),
        now);
    wake.run();
    Optional<String> before =
        notes.chosenOnce("file/" + id, press.by().person().name(), now, now.plus(REMEMBERED));
    return before.flatMap(b -> note("It is in the thread already; " + b + " asked for it."));
  }

  private Optional<Message> feedback(boolean useful, Press press, Sight.Seen seen) {
    Instant now = clock.instant();
    notes.feedback(new Feedback(seen.run().id(), press.by().person(), useful, now));
    return Optional.of(NoteBlocks.thanks(useful));
  }

  /** The modal's question is answered: this finding on this object is known until then. */
  Optional<Message> mute(Handle handle, MuteModal.Outcome.Muted muted, Press press) {
    return switch (sight.seen(handle, press)) {
      case Sight.Found.Not<Sight.Seen> n -> Optional.of(n.why());
      case Sight.Found.It<Sight.Seen> s -> {
        Optional<Finding> finding = handle.among(s.it().findings());
        if (finding.isEmpty()) {
          yield NOT_FOUND;
        }
        yield first(press.delivery())
            ? mute(finding.get(), muted, press, s.it())
            : Optional.empty();
      }
    };
  }

  private Optional<Message> mute(
      Finding finding, MuteModal.Outcome.Muted muted, Press press, Sight.Seen seen) {
    if (story.waits(seen.run(), seen.headline())) {
      return AWAY;
    }
    Instant now = clock.instant();
    Optional<Mute> before =
        notes.mute(
            new Mute(finding.key(), now, muted.until(), muted.reason(), press.by().person()));
    retell(seen);
    return before.map(
        b ->
            NoteBlocks.muted(
                new MuteNote(b.by().name(), b.until(), b.reason()), new Times(zone, now)));
  }

  /** The finding that a button stands for, as far as the person may see it. */
  Sight.Found<Finding> finding(Handle handle, Press press) {
    return switch (sight.seen(handle, press)) {
      case Sight.Found.Not<Sight.Seen> n -> new Sight.Found.Not<>(n.why());
      case Sight.Found.It<Sight.Seen> s ->
          handle
              .among(s.it().findings())
              .<Sight.Found<Finding>>map(Sight.Found.It::new)
              .orElseGet(() -> new Sight.Found.Not<>(NOT_FOUND.orElseThrow()));
    };
  }

  private Optional<Message> unmute(Finding finding, Sight.Seen seen) {
    if (story.waits(seen.run(), seen.headline())) {
      return AWAY;
    }
    if (!notes.unmute(finding.key())) {
      return Optional.empty();
    }
    retell(seen);
    return Optional.of(NoteBlocks.sentence("You are told about it again."));
  }

  private static Optional<Message> nothingMuted() {
    return note("It is not muted any more.");
  }

  /** The headline as it is to be said now. */
  private void retell(Sight.Seen seen) {
    Story.Told told = story.told(seen.run(), seen.whole(), seen.headline());
    outbox.want(told.words().subList(0, 1), clock.instant());
    wake.run();
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
