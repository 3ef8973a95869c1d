package dev.upstream.slack;

import dev.upstream.conversation.Content;
import dev.upstream.conversation.Ledger;
import dev.upstream.conversation.Mute;
import dev.upstream.conversation.Notes;
import dev.upstream.conversation.Outbox;
import dev.upstream.conversation.Person;
import dev.upstream.conversation.Run;
import dev.upstream.conversation.RunState;
import dev.upstream.conversation.Wanted;
import dev.upstream.diagnosis.Finding;
import dev.upstream.diagnosis.SameCause;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Mutes findings and tells so: in the headline, in the thread, and to the one who did it. */
final class Mutings {
  private static final int RACES = 10;

  private final Ledger ledger;
  private final Outbox outbox;
  private final Notes notes;
  private final Recall recall;
  private final Story story;
  private final ZoneId zone;
  private final InstantSource clock;
  private final Runnable wake;

  Mutings(
      Ledger ledger,
      Outbox outbox,
      Notes notes,
      Recall recall,
      Story story,
      ZoneId zone,
      InstantSource clock,
      Runnable wake) {
    this.ledger = ledger;
    this.outbox = outbox;
    this.notes = notes;
    this.recall = recall;
    this.story = story;
    this.zone = zone;
    this.clock = clock;
    this.wake = wake;
  }

  /** A finding on each of its objects; returns what the person is told. */
  Message mute(SameCause same, MuteModal.Outcome.Muted muted, Person by, Shown shown) {
    Instant now = clock.instant();
    List<Mute> others = new ArrayList<>();
    for (Finding f : same.findings()) {
      notes.mute(new Mute(f.key(), now, muted.until(), muted.reason(), by)).ifPresent(others::add);
    }
    boolean small = retell(shown);
    Times times = new Times(zone, now);
    return others.size() == same.findings().size()
        ? NoteBlocks.muted(MuteNote.of(others.getFirst()), times)
        : NoteBlocks.mutes(
            same, new MuteNote(by.name(), muted.until(), muted.reason()), times, small);
  }

  /** The same back; it is told anew even where a try before a crash came only half the way. */
  Message unmute(Optional<SameCause> same, Shown shown) {
    long muted =
        same.stream()
            .flatMap(s -> s.findings().stream())
            .filter(f -> notes.unmute(f.key()))
            .count();
    retell(shown);
    return NoteBlocks.sentence(
        muted > 0 ? "You are told about it again." : "It is not muted any more.");
  }

  /**
   * The headline and its thread as they are to be said now: two people may mute at once, and
   * whoever comes second says both.
   *
   * @return whether the headline is small
   */
  private boolean retell(Shown shown) {
    Map<String, Optional<Recall.Told>> told = new HashMap<>();
    boolean small = false;
    for (int tries = 0; tries < RACES; tries++) {
      Wanted headline = ledger.message(shown.headline().id()).orElse(shown.headline());
      List<Wanted> words = new ArrayList<>();
      small = headline(headline, told, words);
      thread(shown, headline, told, words);
      if (words.isEmpty()) {
        break;
      }
      outbox.want(words, clock.instant());
      wake.run();
    }
    return small;
  }

  private Optional<Recall.Told> told(Run run, Map<String, Optional<Recall.Told>> known) {
    return known.computeIfAbsent(run.id(), i -> recall.told(run));
  }

  /** What is being looked at, or came to no answer, is not told anew. */
  private boolean headline(
      Wanted headline, Map<String, Optional<Recall.Told>> known, List<Wanted> words) {
    Optional<Run> answered =
        headline.run().flatMap(ledger::run).filter(r -> r.state() == RunState.ANSWERED);
    Optional<Recall.Told> told = answered.flatMap(r -> told(r, known));
    if (told.isEmpty()) {
      return false;
    }
    Run run = answered.orElseThrow();
    Recall.Told t = told.get();
    story.retold(run, t.whole(), t.seen(), headline).stream()
        .filter(w -> !w.content().equals(headline.content()))
        .forEach(words::add);
    return story.small(run, t.whole(), t.seen(), headline);
  }

  /** The findings' messages; it is their button that tells which one each is. */
  private void thread(
      Shown shown, Wanted headline, Map<String, Optional<Recall.Told>> known, List<Wanted> words) {
    Set<String> runs = new LinkedHashSet<>(List.of(shown.run().id()));
    story.thread(headline).ifPresent(runs::add);
    for (Run run : runs.stream().flatMap(r -> ledger.run(r).stream()).toList()) {
      told(run, known)
          .map(t -> story.findings(run, t.whole(), t.seen(), headline))
          .ifPresent(now -> words.addAll(edits(headline.id(), run.id(), now)));
    }
  }

  private List<Wanted> edits(String headline, String run, Map<Handle, Content.Post> now) {
    List<Wanted> edits = new ArrayList<>();
    Optional<Wanted> said = ledger.message(Story.below(headline, run, 0));
    for (int i = 1; said.isPresent(); i++) {
      Wanted message = said.get();
      now.forEach(
          (handle, post) -> {
            if (message.content() instanceof Content.Post old
                && old.blocks().contains('"' + handle.value() + '"')
                && !old.equals(post)) {
              edits.add(message.now(post, true));
            }
          });
      said = ledger.message(Story.below(headline, run, i));
    }
    return edits;
  }
}
