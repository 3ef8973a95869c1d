package dev.upstream.slack;

import com.google.gson.Gson;
import dev.upstream.conversation.Asker;
import dev.upstream.conversation.Notes;
import dev.upstream.conversation.Person;
import dev.upstream.conversation.Place;
import dev.upstream.conversation.Wanted;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Who asked for a headline: it is that person's right that decides what it shows. */
final class Askers {
  /** A check is kept for its time from its end on, and is asked for before. */
  private static final Duration WHILE_IT_RUNS = Duration.ofDays(1);

  private static final Gson JSON = new Gson();

  private final Notes notes;
  private final Duration keep;

  /**
   * @param keep for how long ended checks are kept
   */
  Askers(Notes notes, Duration keep) {
    this.notes = notes;
    this.keep = keep;
  }

  private record Kept(String team, String user, String name, String url) {}

  /** For the headline's first check. */
  void remember(String headline, Asker asker, Instant now) {
    keep("asker/" + headline, asker, now);
  }

  /** For one check of the headline: whoever asks for it again asks for another check. */
  void remember(String headline, String run, Asker asker, Instant now) {
    keep(key(headline, run), asker, now);
  }

  private static String key(String headline, String run) {
    return "asker/" + headline + "/" + run;
  }

  private void keep(String key, Asker asker, Instant now) {
    Person p = asker.person();
    Kept kept = new Kept(p.team(), p.user(), p.name(), asker.responseUrl().orElse(""));
    notes.choose(key, JSON.toJson(kept), now.plus(keep).plus(WHILE_IT_RUNS));
  }

  /** Whether it is known who asked: whoever asked first elsewhere does not stand for him. */
  boolean knows(Wanted headline, Asker first, Instant now) {
    return kept(headline, now).isPresent()
        || (first.place().team().equals(headline.place().team())
            && first.place().channel().equals(headline.place().channel()));
  }

  private Optional<String> kept(Wanted headline, Instant now) {
    return headline
        .run()
        .flatMap(r -> notes.chosen(key(headline.id(), r), now))
        .or(() -> notes.chosen("asker/" + headline.id(), now));
  }

  Asker of(Wanted headline, Asker first, Instant now) {
    return kept(headline, now)
        .map(json -> JSON.fromJson(json, Kept.class))
        .map(k -> asker(k, headline.place()))
        .orElse(first);
  }

  private static Asker asker(Kept kept, Place place) {
    return new Asker(
        new Person(kept.team(), kept.user(), kept.name()),
        place,
        Optional.of(kept.url()).filter(u -> !u.isEmpty()));
  }
}
