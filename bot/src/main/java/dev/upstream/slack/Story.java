package dev.upstream.slack;

import dev.upstream.answer.Clearance;
import dev.upstream.answer.Reply;
import dev.upstream.conversation.Asker;
import dev.upstream.conversation.Content;
import dev.upstream.conversation.Notes;
import dev.upstream.conversation.Run;
import dev.upstream.conversation.RunState;
import dev.upstream.conversation.Wanted;
import dev.upstream.policy.Decision;
import dev.upstream.snapshot.Snapshot;
import dev.upstream.target.Target;
import dev.upstream.target.TargetParser;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/** A check in words: for each headline that waits, what its asker may see. */
final class Story {
  /** For how long Slack may not say who somebody is until nothing is told to nobody. */
  static final Duration LONGEST_SILENCE = Duration.ofMinutes(30);

  private static final Reply NOBODY = new Reply.Refused(Decision.Denied.NOT_KNOWN.reason());

  /** Where a note stands that the findings of an earlier check still hold. */
  private static final int AFTER_FINDINGS = 500;

  private final OutgoingGuard guard;
  private final Notes notes;
  private final Askers askers;
  private final LastAnswers last;
  private final Rights rights;
  private final ZoneId zone;
  private final InstantSource clock;

  /**
   * @param keep for how long ended checks are kept
   */
  Story(
      OutgoingGuard guard,
      Notes notes,
      Duration keep,
      Rights rights,
      ZoneId zone,
      InstantSource clock) {
    this.guard = guard;
    this.notes = notes;
    this.askers = new Askers(notes, keep);
    this.last = new LastAnswers(notes, keep);
    this.rights = rights;
    this.zone = zone;
    this.clock = clock;
  }

  /** What a reply comes to at one headline. */
  record Told(List<Wanted> words, Optional<LastAnswers.Said> answer) {}

  /** Whether Slack, which does not answer just now, has to say first who may see this. */
  boolean waits(Run run, Wanted headline) {
    Asker asker = askers.of(headline, run.asker(), clock.instant());
    return rights.waitFor(asker.person(), headline.place());
  }

  /** Throws {@link NotSaid} where Slack may still say who may see this. */
  Told told(Run run, Reply reply, SortedMap<String, Snapshot> seen, Wanted headline) {
    return told(run, reply, seen, headline, asker(run, headline));
  }

  Told told(Run run, Reply reply, SortedMap<String, Snapshot> seen, Wanted headline, Asker asker) {
    Instant now = clock.instant();
    Clearance.View view =
        rights.view(asker.person(), headline.place(), run.question(), reply, seen);
    if (view.reply().equals(NOBODY) && mayStillSay(run, now)) {
      throw new NotSaid();
    }
    return switch (view.reply()) {
      case Reply.Answered a -> answered(run, a, telling(run, asker, view, now), headline);
      case Reply.Refused r -> refused(run, r, r.equals(reply), headline, asker, now);
    };
  }

  private static boolean mayStillSay(Run run, Instant now) {
    Instant since = run.found().or(run::started).orElse(run.asked());
    return now.isBefore(since.plus(LONGEST_SILENCE));
  }

  /** What may stand under a headline, where all read it: what its asker may see. */
  Clearance.View posted(Run run, Reply whole, SortedMap<String, Snapshot> seen, Wanted headline) {
    Asker asker = askers.of(headline, run.asker(), clock.instant());
    return rights.view(asker.person(), headline.place(), run.question(), whole, seen);
  }

  /** The logs that may stand there. */
  List<EvidenceFile.Log> logs(Run run, Wanted headline, Map<String, Snapshot> seen) {
    Asker asker = askers.of(headline, run.asker(), clock.instant());
    return rights.logs(asker.person(), headline.place(), seen);
  }

  /** What a headline says after all, of the answer that it tells already. */
  List<Wanted> retold(Run run, Reply reply, SortedMap<String, Snapshot> seen, Wanted headline) {
    Instant now = clock.instant();
    Optional<Before> compared = last.of(headline.id(), now).flatMap(LastAnswers.Said::compared);
    Asker asker = askers.of(headline, run.asker(), now);
    Clearance.View view =
        rights.view(asker.person(), headline.place(), run.question(), reply, seen);
    return view.reply() instanceof Reply.Answered a
        ? List.of(headline.now(head(a, telling(run, asker, view, now), compared), true))
        : List.of();
  }

  /** By whose right a headline says what it says. */
  Asker asker(Run run, Wanted headline) {
    return askers.of(headline, run.asker(), clock.instant());
  }

  /** Remembers that. */
  void asked(Wanted headline, Run run, Asker asker) {
    askers.remember(headline.id(), run.id(), asker, clock.instant());
  }

  /** Remembers what a headline now says. */
  void said(Wanted headline, Told told) {
    told.answer().ifPresent(a -> last.keep(headline.id(), a, clock.instant()));
  }

  private Telling telling(Run run, Asker asker, Clearance.View view, Instant now) {
    return new Telling(Handle.of(run.id()), asker.person().name(), zone, now, view.leftOut());
  }

  private Told answered(Run run, Reply.Answered answered, Telling telling, Wanted headline) {
    Optional<LastAnswers.Said> said = last.of(headline.id(), telling.now());
    Optional<Before> before = said.map(LastAnswers.Said::answer);
    Before today = Before.of(answered);
    List<Wanted> words = new ArrayList<>();
    words.add(headline.now(head(answered, telling, before), true));
    boolean known =
        before.map(b -> b.cause().equals(today.cause()) || today.cause().isEmpty()).orElse(false);
    List<Message> thread = new ArrayList<>();
    before
        .filter(b -> !known || b.otherShare(answered.worst()))
        .ifPresent(b -> thread.add(ThreadBlocks.again(answered, b, !known, telling)));
    if (!known) {
      thread.addAll(ThreadBlocks.of(answered, telling, mutes(telling.now())));
    }
    int first = known ? AFTER_FINDINGS : 0;
    for (int i = 0; i < thread.size(); i++) {
      words.add(below(run, headline, first + i, thread.get(i)));
    }
    Optional<String> told = known ? said.flatMap(LastAnswers.Said::thread) : Optional.of(run.id());
    return new Told(words, Optional.of(new LastAnswers.Said(today, before, told)));
  }

  private Content.Post head(Reply.Answered answered, Telling telling, Optional<Before> before) {
    List<MuteNote> silencing = mutes(telling.now()).silencing(answered);
    Message message =
        silencing.isEmpty()
            ? before
                .map(b -> HeadlineBlocks.rechecked(answered, b, telling))
                .orElseGet(() -> HeadlineBlocks.answered(answered, telling))
            : HeadlineBlocks.muted(answered, silencing, telling);
    return Contents.post(guard.pass(message));
  }

  private Mutes mutes(Instant now) {
    return Mutes.of(notes.mutes(now));
  }

  /** Whether the headline of an answer is small since somebody knows of all that is wrong. */
  boolean small(Run run, Reply reply, SortedMap<String, Snapshot> seen, Wanted headline) {
    return posted(run, reply, seen, headline).reply() instanceof Reply.Answered a
        && !mutes(clock.instant()).silencing(a).isEmpty();
  }

  /** The findings' messages of a thread as they are to be said now. */
  Map<Handle, Content.Post> findings(
      Run run, Reply reply, SortedMap<String, Snapshot> seen, Wanted headline) {
    Instant now = clock.instant();
    Asker asker = askers.of(headline, run.asker(), now);
    Clearance.View view = posted(run, reply, seen, headline);
    Map<Handle, Content.Post> posts = new LinkedHashMap<>();
    if (view.reply() instanceof Reply.Answered a) {
      ThreadBlocks.findings(a, telling(run, asker, view, now), mutes(now))
          .forEach((h, m) -> posts.put(h, Contents.post(guard.pass(m))));
    }
    return posts;
  }

  /** The check whose findings a headline's thread tells. */
  Optional<String> thread(Wanted headline) {
    return last.of(headline.id(), clock.instant()).flatMap(LastAnswers.Said::thread);
  }

  /** The id of a message in a headline's thread. */
  static String below(String headline, String run, int position) {
    return headline + "/" + run + "/" + position;
  }

  private Wanted below(Run run, Wanted headline, int position, Message message) {
    return new Wanted(
        below(headline.id(), run.id(), position),
        Optional.of(run.id()),
        headline.place(),
        Optional.of(headline.id()),
        position,
        Contents.post(guard.pass(message)),
        0,
        true);
  }

  /**
   * A wrong question concerns the asker alone, and so does what is refused to him; a headline that
   * showed something stays.
   *
   * @param open whether everybody would be refused like that
   */
  private Told refused(
      Run run, Reply.Refused refused, boolean open, Wanted headline, Asker asker, Instant now) {
    Optional<Before> before = last.of(headline.id(), now).map(LastAnswers.Said::answer);
    Content end =
        before
            .<Content>map(
                b ->
                    Contents.post(
                        guard.pass(
                            EndBlocks.refused(
                                Optional.of(refused.sentence()).filter(s -> open),
                                shown(run),
                                asker.person().name(),
                                Handle.of(run.id()),
                                b,
                                new Times(zone, now)))))
            .orElseGet(Content.Nothing::new);
    Wanted whisper =
        new Wanted(
            headline.id() + "/" + run.id() + "/refused",
            Optional.of(run.id()),
            headline.place(),
            Optional.empty(),
            0,
            Contents.whisper(
                asker.person().user(),
                asker.responseUrl(),
                guard.pass(NoteBlocks.sentence(refused.sentence()))),
            0,
            true);
    return new Told(
        before.isPresent() && open
            ? List.of(headline.now(end, true))
            : List.of(headline.now(end, true), whisper),
        Optional.empty());
  }

  /** The check came to no answer. */
  List<Wanted> failed(Run run, Wanted headline, EndBlocks.Failure why, String errorId) {
    Instant now = clock.instant();
    Message message =
        EndBlocks.failed(
            why,
            shown(run),
            askers.of(headline, run.asker(), now).person().name(),
            errorId,
            Handle.of(run.id()),
            last.of(headline.id(), now).map(LastAnswers.Said::answer),
            new Times(zone, now));
    return List.of(headline.now(Contents.post(guard.pass(message)), true));
  }

  /** While it looks, or waits to. */
  Content.Post looking(Run run, Wanted headline, List<String> clusters, List<String> answered) {
    Instant now = clock.instant();
    String name = askers.of(headline, run.asker(), now).person().name();
    return Contents.post(
        guard.pass(
            ProgressBlocks.looking(
                new ProgressBlocks.Looking(
                    shown(run), name, clusters, answered, stage(run), run.asked()),
                zone,
                now)));
  }

  private static ProgressBlocks.Stage stage(Run run) {
    if (run.state() == RunState.WAITING) {
      return ProgressBlocks.Stage.WAITING;
    }
    return run.attempt() > 1 ? ProgressBlocks.Stage.AGAIN : ProgressBlocks.Stage.ASKING;
  }

  static String shown(Run run) {
    return TargetParser.parse(run.question().target())
        .map(Target::shown)
        .orElse(run.question().target());
  }
}
