package dev.upstream.slack;

import dev.upstream.conversation.Content;
import dev.upstream.conversation.Ledger;
import dev.upstream.conversation.Mute;
import dev.upstream.conversation.Notes;
import dev.upstream.conversation.Outbox;
import dev.upstream.conversation.Person;
import dev.upstream.conversation.Run;
import dev.upstream.conversation.Wanted;
import dev.upstream.diagnosis.Finding;
import dev.upstream.diagnosis.SameCause;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Mutes findings and tells so: in the headline, in the thread, and to the one who did it. */
final class Mutings {
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
   * The headline and its thread as they are to be said now; what is being looked at is worded at
   * its end.
   *
   * @return whether the headline is small
   */
  private boolean retell(Shown shown) {
    Wanted headline = ledger.message(shown.headline().id()).orElse(shown.headline());
    Optional<Run> current = headline.run().flatMap(ledger::run);
    Optional<Recall.Told> told = current.flatMap(recall::told);
    List<Wanted> words = new ArrayList<>();
    boolean small = false;
    if (told.isPresent()) {
      Run run = current.orElseThrow();
      small = story.small(run, told.get().whole(), told.get().seen(), headline);
      words.addAll(story.retold(run, told.get().whole(), told.get().seen(), headline));
    }
    thread(shown, headline, words);
    if (!words.isEmpty()) {
      outbox.want(words, clock.instant());
      wake.run();
    }
    return small;
  }

  /** The findings' messages; it is their button that tells which one each is. */
  private void thread(Shown shown, Wanted headline, List<Wanted> words) {
    Set<String> runs = new LinkedHashSet<>(List.of(shown.run().id()));
    story.thread(headline).ifPresent(runs::add);
    for (String id : runs) {
      Optional<Run> run = ledger.run(id);
      run.flatMap(recall::told)
          .ifPresent(
              told -> {
                Map<Handle, Content.Post> now =
                    story.findings(run.orElseThrow(), told.whole(), told.seen(), headline);
                words.addAll(edits(headline.id(), id, now));
              });
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
