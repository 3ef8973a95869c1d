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
  private static final Duration REMEMBERED = Duration.ofDays(30);
  private static final Gson JSON = new Gson();

  private final Notes notes;

  Askers(Notes notes) {
    this.notes = notes;
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
    notes.choose(key, JSON.toJson(kept), now.plus(REMEMBERED));
  }

  Asker of(Wanted headline, Asker first, Instant now) {
    return headline
        .run()
        .flatMap(r -> notes.chosen(key(headline.id(), r), now))
        .or(() -> notes.chosen("asker/" + headline.id(), now))
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
