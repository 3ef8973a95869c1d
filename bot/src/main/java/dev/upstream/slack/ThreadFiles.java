package dev.upstream.slack;

import dev.upstream.answer.Clearance;
import dev.upstream.answer.Reply;
import dev.upstream.conversation.Bytes;
import dev.upstream.conversation.Content;
import dev.upstream.conversation.Notes;
import dev.upstream.conversation.Outbox;
import dev.upstream.report.JsonReport;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** The files that people ask for under an answer. */
final class ThreadFiles {
  private static final int AFTER_FINDINGS = 1_000;

  private final Outbox outbox;
  private final Notes notes;
  private final Duration keep;
  private final Story story;
  private final OutgoingGuard guard;
  private final ZoneId zone;
  private final InstantSource clock;
  private final Runnable wake;

  /**
   * @param keep for how long ended checks are kept
   */
  ThreadFiles(
      Outbox outbox,
      Notes notes,
      Duration keep,
      Story story,
      OutgoingGuard guard,
      ZoneId zone,
      InstantSource clock,
      Runnable wake) {
    this.outbox = outbox;
    this.notes = notes;
    this.keep = keep;
    this.story = story;
    this.guard = guard;
    this.zone = zone;
    this.clock = clock;
    this.wake = wake;
  }

  /** All in the channel read the file: it holds what the one who asked may see. */
  Optional<Message> wanted(Action action, Press press, Shown shown) {
    Clearance.View posted =
        story.posted(shown.run(), shown.whole(), shown.seen(), shown.headline());
    return switch (posted.reply()) {
      case Reply.Refused r ->
          note("Whoever asked here may not see this answer any more: ask for it yourself.");
      case Reply.Answered a when action == Action.JSON ->
          file(press, shown, "json", JsonFile.of(a, new JsonReport.Timing(0, 0)));
      case Reply.Answered a ->
          file(
              press,
              shown,
              "evidence",
              EvidenceFile.of(
                  a,
                  story.logs(shown.run(), shown.headline(), shown.seen()),
                  telling(press, shown, posted)));
    };
  }

  private Telling telling(Press press, Shown shown, Clearance.View posted) {
    return new Telling(
        Handle.of(shown.run().id()),
        press.by().person().name(),
        zone,
        clock.instant(),
        posted.leftOut());
  }

  /** A file in the thread, once for each answer; the one who came late is told. */
  private Optional<Message> file(Press press, Shown shown, String kind, Attachment file) {
    Instant now = clock.instant();
    String id = shown.headline().id() + "/" + shown.run().id() + "/" + kind;
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
    wake.run();
    // only now: whoever is told that the file is there must find it, even if this replica dies here
    return notes
        .chosenOnce(
            "file/" + id, press.by().person().name() + "\n" + press.delivery(), now, now.plus(keep))
        .filter(first -> !first.endsWith("\n" + press.delivery())) // its own try before a crash
        .map(first -> first.lines().findFirst().orElse("somebody"))
        .flatMap(by -> note("It is in the thread already; " + by + " asked for it."));
  }

  private static Optional<Message> note(String sentence) {
    return Optional.of(NoteBlocks.sentence(sentence));
  }
}
