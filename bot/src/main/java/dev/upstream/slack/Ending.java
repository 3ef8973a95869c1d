package dev.upstream.slack;

import dev.upstream.answer.Reply;
import dev.upstream.conversation.Asker;
import dev.upstream.conversation.Content;
import dev.upstream.conversation.Ledger;
import dev.upstream.conversation.Place;
import dev.upstream.conversation.Run;
import dev.upstream.conversation.Wanted;
import dev.upstream.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/**
 * What the end of a check comes to for everyone who waits for it. A headline that answers its asker
 * answers all who were led to it; else each of them is answered by his own right.
 */
final class Ending {
  private final Run run;
  private final Reply reply;
  private final SortedMap<String, Snapshot> seen;
  private final Ledger ledger;
  private final Story story;
  private final Map<String, Story.Told> told = new HashMap<>();

  Ending(Run run, Reply reply, SortedMap<String, Snapshot> seen, Ledger ledger, Story story) {
    this.run = run;
    this.reply = reply;
    this.seen = seen;
    this.ledger = ledger;
    this.story = story;
  }

  /** Somebody joined after the words were found. */
  static final class Joined extends RuntimeException {
    private static final long serialVersionUID = 1;

    Joined() {
      super("joined at the end", null, false, false);
    }
  }

  /** Finds the words for all who wait by now: Slack may be asked for who may see what. */
  void find() {
    for (Wanted headline : ledger.headlines(run.id())) {
      Story.Told first =
          told.computeIfAbsent(headline.id(), i -> story.told(run, reply, seen, headline));
      for (Asker asker : unanswered(headline, first)) {
        Wanted own = own(headline, asker);
        told.computeIfAbsent(own.id(), i -> story.told(run, reply, seen, own, asker));
      }
    }
  }

  private List<Asker> unanswered(Wanted headline, Story.Told first) {
    if (first.answer().isPresent()) {
      return List.of();
    }
    String asker = story.asker(run, headline).person().user();
    return ledger.led(headline).stream().filter(a -> !a.person().user().equals(asker)).toList();
  }

  /** The headline that would have been his, had nobody asked the same before him. */
  private Wanted own(Wanted headline, Asker asker) {
    String id = ShortId.of(headline.id() + "/" + run.id() + "/" + asker.person().user());
    return Wanted.headline(id, run.id(), asker.place(), new Content.Nothing());
  }

  /**
   * What is said, and that it was said: both are kept or none.
   *
   * @throws Joined when words are missing for somebody
   */
  List<Wanted> words(List<Wanted> headlines) {
    List<Wanted> words = new ArrayList<>();
    for (Wanted headline : headlines) {
      Story.Told first = found(headline);
      words.addAll(first.words());
      story.said(headline, first);
      Set<Place> answered = new HashSet<>();
      for (Asker asker : unanswered(headline, first)) {
        words.addAll(words(own(headline, asker), asker, answered));
      }
    }
    return words;
  }

  /** One answer in a place is enough; nothing has to be taken back that never stood there. */
  private List<Wanted> words(Wanted own, Asker asker, Set<Place> answered) {
    Story.Told his = found(own);
    if (his.answer().isEmpty()) {
      return his.words().stream().filter(w -> w.content() instanceof Content.Whisper).toList();
    }
    if (!answered.add(asker.place())) {
      return List.of();
    }
    story.asked(own, run, asker);
    story.said(own, his);
    return his.words();
  }

  private Story.Told found(Wanted headline) {
    return Optional.ofNullable(told.get(headline.id())).orElseThrow(Joined::new);
  }
}
