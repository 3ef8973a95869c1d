package dev.upstream.slack;

import dev.upstream.answer.Clearance;
import dev.upstream.answer.Reply;
import dev.upstream.conversation.Asker;
import dev.upstream.conversation.Content;
import dev.upstream.conversation.Mute;
import dev.upstream.conversation.Notes;
import dev.upstream.conversation.Run;
import dev.upstream.conversation.Wanted;
import dev.upstream.diagnosis.Diagnosis;
import dev.upstream.diagnosis.Finding;
import dev.upstream.diagnosis.Role;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A check's end in words: for each headline that waits, what its asker may see. */
final class Story {
  private final OutgoingGuard guard;
  private final Notes notes;
  private final Askers askers;
  private final Rights rights;
  private final ZoneId zone;
  private final InstantSource clock;

  Story(
      OutgoingGuard guard,
      Notes notes,
      Askers askers,
      Rights rights,
      ZoneId zone,
      InstantSource clock) {
    this.guard = guard;
    this.notes = notes;
    this.askers = askers;
    this.rights = rights;
    this.zone = zone;
    this.clock = clock;
  }

  /** The end of a run at one headline. */
  List<Wanted> told(Run run, Reply reply, Wanted headline) {
    Instant now = clock.instant();
    Asker asker = askers.of(headline, run.asker(), now);
    Clearance.View view = rights.view(asker.person(), headline.place(), reply);
    return switch (view.reply()) {
      case Reply.Answered a -> answered(run, a, view.leftOut(), headline, asker, now);
      case Reply.Refused r -> refused(run, r, headline, asker, now);
    };
  }

  private List<Wanted> answered(
      Run run,
      Reply.Answered answered,
      Optional<String> leftOut,
      Wanted headline,
      Asker asker,
      Instant now) {
    Optional<Said> before = Said.last(notes, headline.id(), now);
    Said said = Said.of(answered);
    List<Wanted> words = new ArrayList<>();
    words.add(headline.now(head(run, answered, leftOut, before, asker, now), true));
    boolean same = before.map(b -> b.causes().equals(said.causes())).orElse(false);
    List<Message> thread =
        same
            ? List.of()
            : ThreadBlocks.of(answered, new Handle(run.id(), Optional.empty()), muted(now), zone);
    for (int i = 0; i < thread.size(); i++) {
      words.add(below(run, headline, i, thread.get(i)));
    }
    said.keep(notes, headline.id(), now);
    return words;
  }

  private Content.Post head(
      Run run,
      Reply.Answered answered,
      Optional<String> leftOut,
      Optional<Said> before,
      Asker asker,
      Instant now) {
    Handle handle = Handle.of(run.id());
    Map<String, Mute> muted = muted(now);
    List<Finding> causes =
        answered.worst().findings().stream().filter(f -> f.role() == Role.ROOT_CAUSE).toList();
    List<Mute> silent =
        causes.stream().map(Finding::key).filter(muted::containsKey).map(muted::get).toList();
    String name = asker.person().name();
    Message message =
        !causes.isEmpty() && silent.size() == causes.size()
            ? HeadlineBlocks.muted(answered, handle, silent.getFirst(), zone, now)
            : before
                .map(b -> HeadlineBlocks.rechecked(answered, handle, b, name, zone, now))
                .orElseGet(
                    () -> HeadlineBlocks.answered(answered, handle, name, leftOut, zone, now));
    return Contents.post(guard.pass(message));
  }

  private Map<String, Mute> muted(Instant now) {
    return notes.mutes(now).stream()
        .collect(Collectors.toMap(Mute::finding, Function.identity(), (a, b) -> a));
  }

  private Wanted below(Run run, Wanted headline, int position, Message message) {
    return new Wanted(
        headline.id() + "/" + run.id() + "/" + position,
        Optional.of(run.id()),
        headline.place(),
        Optional.of(headline.id()),
        position,
        Contents.post(guard.pass(message)),
        0,
        true);
  }

  /** A wrong question concerns the asker alone; a headline that showed something stays. */
  private List<Wanted> refused(
      Run run, Reply.Refused refused, Wanted headline, Asker asker, Instant now) {
    Message sentence = NoteBlocks.sentence(refused.sentence());
    boolean first = Said.last(notes, headline.id(), now).isEmpty();
    return List.of(
        headline.now(first ? new Content.Nothing() : Contents.post(guard.pass(sentence)), true),
        whisper(run, headline, asker, sentence, "refused"));
  }

  /** For the asker's eyes. */
  Wanted whisper(Run run, Wanted headline, Asker asker, Message message, String kind) {
    return new Wanted(
        headline.id() + "/" + run.id() + "/" + kind,
        Optional.of(run.id()),
        headline.place(),
        Optional.empty(),
        0,
        Contents.whisper(asker.person().user(), asker.responseUrl(), guard.pass(message)),
        0,
        true);
  }

  /** The check itself broke. */
  List<Wanted> failed(Run run, Wanted headline, String target, String errorId) {
    Instant now = clock.instant();
    String name = askers.of(headline, run.asker(), now).person().name();
    Message message = HeadlineBlocks.failed(target, Handle.of(run.id()), name, errorId);
    return List.of(headline.now(Contents.post(guard.pass(message)), true));
  }

  /** While it looks. */
  Content.Post looking(Run run, List<String> clusters, Instant now) {
    Message message =
        HeadlineBlocks.looking(
            shown(run),
            run.asker().person().name(),
            clusters,
            java.time.Duration.between(run.asked(), now));
    return Contents.post(guard.pass(message));
  }

  static String shown(Run run) {
    return dev.upstream.target.TargetParser.parse(run.question().target())
        .map(dev.upstream.target.Target::shown)
        .orElse(run.question().target());
  }

  /** The diagnosis that a click speaks of, as the person may see it. */
  Optional<Diagnosis> worst(Clearance.View view) {
    return view.reply() instanceof Reply.Answered a ? Optional.of(a.worst()) : Optional.empty();
  }
}
