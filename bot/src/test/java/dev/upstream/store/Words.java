package dev.upstream.store;

import dev.upstream.answer.Question;
import dev.upstream.conversation.Asker;
import dev.upstream.conversation.Content;
import dev.upstream.conversation.Person;
import dev.upstream.conversation.Place;
import dev.upstream.conversation.Run;
import dev.upstream.conversation.Wanted;
import java.time.Instant;
import java.util.Optional;

/** What tests say and ask. */
final class Words {
  static final Place INCIDENTS = Place.of("T1", "C1");
  static final Person ANA = new Person("T1", "U1", "ana");

  private Words() {}

  static Content.Post post(String text) {
    return new Content.Post("[]", text);
  }

  static Run run(String id, String target, Instant now) {
    return Run.of(id, new Asker(ANA, INCIDENTS, Optional.empty()), Question.about(target), now);
  }

  static Wanted headline(String id, String run, String channel) {
    return Wanted.headline(id, run, Place.of("T1", channel), post("looking"));
  }

  static Wanted headline(String id) {
    return headline(id, "run-" + id, "C-" + id);
  }

  static String text(Wanted wanted) {
    return wanted.content() instanceof Content.Post p ? p.text() : wanted.content().toString();
  }
}
