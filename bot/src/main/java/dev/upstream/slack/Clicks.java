package dev.upstream.slack;

import dev.upstream.answer.Answering;
import dev.upstream.answer.Clearance;
import dev.upstream.answer.Collector;
import dev.upstream.answer.Reply;
import dev.upstream.conversation.Bytes;
import dev.upstream.conversation.Content;
import dev.upstream.conversation.Feedback;
import dev.upstream.conversation.Ledger;
import dev.upstream.conversation.Mute;
import dev.upstream.conversation.Notes;
import dev.upstream.conversation.Outbox;
import dev.upstream.conversation.Recordings;
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

  private final Collector collector;
  private final Ledger ledger;
  private final Outbox outbox;
  private final Notes notes;
  private final Recordings recordings;
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
      Collector collector,
      Ledger ledger,
      Outbox outbox,
      Notes notes,
      Recordings recordings,
      Rights rights,
      Story story,
      Asking asking,
      OutgoingGuard guard,
      Function<String, Optional<String>> pages,
      ZoneId zone,
      InstantSource clock,
      Runnable wake) {
    this.collector = collector;
    this.ledger = ledger;
    this.outbox = outbox;
    this.notes = notes;
    this.recordings = recordings;
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
    Optional<Message> note = outcome(action, handle, press);
    note.ifPresent(m -> whisper(press, m));
  }

  private Optional<Message> outcome(Action action, Handle handle, Press press) {
    Optional<Run> run = ledger.run(handle.run());
    Optional<Wanted> headline = run.flatMap(r -> headline(handle, press));
    if (run.isEmpty() || headline.isEmpty()) {
      return note("This is not kept any more, or was checked again since. Ask anew.");
    }
    Run check = run.get();
    Optional<String> current = headline.get().run();
    if (!current.equals(Optional.of(check.id()))) {
      return note(
          "You came late: this was checked again in the meantime. The message shows the newer"
              + " answer.");
    }
    if (action == Action.RECHECK) {
      return check.state().over()
          ? asking.again(check, headline.get(), press.by(), press.delivery())
          : note("This is being looked at already; the message shows the answer when it is there.");
    }
    Optional<Bytes> kept = ledger.kept(check.id());
    if (kept.isEmpty()) {
      return note("What was seen then is not kept any more. Press Re-check.");
    }
    Reply reply = new Answering(collector).again(check.question(), recordings.unpack(kept.get()));
    Clearance.View view = rights.view(press.by().person(), headline.get().place(), reply);
    return switch (view.reply()) {
      case Reply.Refused r -> note(r.sentence());
      case Reply.Answered a ->
          ledger.claim(press.delivery(), clock.instant())
              ? answered(action, handle, press, new Seen(check, headline.get(), reply, a, view))
              : Optional.empty();
    };
  }

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

  private Optional<Message> answered(Action action, Handle handle, Press press, Seen seen) {
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
              .orElseGet(() -> note("There is nothing to explain here any more."));
      case UNMUTE -> finding.flatMap(f -> unmute(f, seen)).or(Clicks::nothingMuted);
      case USEFUL, NOT_USEFUL -> feedback(action == Action.USEFUL, press, seen);
      default -> Optional.empty();
    };
  }

  private Telling telling(Press press, Seen seen) {
    return new Telling(
        Handle.of(seen.run().id()),
        press.by().person().name(),
        zone,
        clock.instant(),
        seen.view().leftOut());
  }

  /** A file in the thread, once for each answer. */
  private Optional<Message> file(Press press, Seen seen, String kind, Attachment file) {
    Instant now = clock.instant();
    String id = seen.headline().id() + "/" + seen.run().id() + "/" + kind;
    Optional<String> before = notes.chosen("file/" + id, now);
    if (before.isPresent()) {
      return note("It is in the thread already; " + before.get() + " asked for it.");
    }
    OutgoingGuard.OutgoingFile passed = guard.pass(file);
    outbox.want(
        List.of(
            seen.headline()
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

  private Optional<Message> feedback(boolean useful, Press press, Seen seen) {
    Instant now = clock.instant();
    notes.feedback(new Feedback(seen.run().id(), press.by().person(), useful, now));
    return note(
        useful
            ? "Thank you: kept as useful."
            : "Thank you: kept as not useful, with what was seen, so that it can be studied.");
  }

  /** The modal's question is answered: this finding on this object is known until then. */
  Optional<Message> mute(Handle handle, MuteModal.Outcome.Muted muted, Press press) {
    Optional<Run> run = ledger.run(handle.run());
    Optional<Wanted> headline = run.flatMap(r -> headline(handle, press));
    Optional<Bytes> kept = run.flatMap(r -> ledger.kept(r.id()));
    if (run.isEmpty() || headline.isEmpty() || kept.isEmpty()) {
      return note("What was seen then is not kept any more: check again, then mute.");
    }
    Reply reply =
        new Answering(collector).again(run.get().question(), recordings.unpack(kept.get()));
    Clearance.View view = rights.view(press.by().person(), headline.get().place(), reply);
    if (!(view.reply() instanceof Reply.Answered a)) {
      return note(((Reply.Refused) view.reply()).sentence());
    }
    Seen seen = new Seen(run.get(), headline.get(), reply, a, view);
    Optional<Finding> finding = handle.among(seen.findings());
    if (finding.isEmpty() || !ledger.claim(press.delivery(), clock.instant())) {
      return Optional.empty();
    }
    Instant now = clock.instant();
    notes.mute(
        new Mute(finding.get().key(), now, muted.until(), muted.reason(), press.by().person()));
    retell(seen);
    return Optional.empty();
  }

  /** The finding that a button stands for, as far as the person may see it. */
  Optional<Finding> finding(Handle handle, Press press) {
    Optional<Run> run = ledger.run(handle.run());
    Optional<Wanted> headline = run.flatMap(r -> headline(handle, press));
    Optional<Bytes> kept = run.flatMap(r -> ledger.kept(r.id()));
    if (headline.isEmpty() || kept.isEmpty()) {
      return Optional.empty();
    }
    Reply reply =
        new Answering(collector).again(run.orElseThrow().question(), recordings.unpack(kept.get()));
    Clearance.View view = rights.view(press.by().person(), headline.get().place(), reply);
    return view.reply() instanceof Reply.Answered a
        ? handle.among(a.diagnoses().stream().flatMap(d -> d.findings().stream()).toList())
        : Optional.empty();
  }

  private Optional<Message> unmute(Finding finding, Seen seen) {
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
  private void retell(Seen seen) {
    Story.Told told = story.told(seen.run(), seen.whole(), seen.headline());
    outbox.want(told.words().subList(0, 1), clock.instant());
    wake.run();
  }

  /** The headline over the pressed message: the one in that channel. */
  private Optional<Wanted> headline(Handle handle, Press press) {
    String channel = press.by().place().channel();
    return ledger.headlines(handle.run()).stream()
        .filter(h -> h.place().channel().equals(channel))
        .findFirst()
        .or(
            () ->
                ledger
                    .runAt(press.by().place().team(), channel, press.message())
                    .flatMap(
                        r ->
                            ledger.headlines(r.id()).stream()
                                .filter(h -> h.place().channel().equals(channel))
                                .findFirst()));
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
