package dev.upstream.store;

import dev.upstream.conversation.Asker;
import dev.upstream.conversation.Content;
import dev.upstream.conversation.Person;
import dev.upstream.conversation.Place;
import dev.upstream.conversation.Wanted;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The table {@code led}: who asked the same and was led to the headline of somebody else. */
final class Led {
  private Led() {}

  /** False, and nothing done, when Slack did not take that headline in the meantime. */
  static boolean by(Connection c, String headline, String run, Asker asker, Instant now)
      throws SQLException {
    if (MessageRow.locked(c, headline)
        .filter(m -> m.state() != MessageRow.State.FAILED)
        .isEmpty()) {
      return false;
    }
    Sql.run(
        c,
        "INSERT INTO led (headline, run, led_at, thread, person_team, person, person_name,"
            + " response_url) VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        headline,
        run,
        now,
        asker.place().thread(),
        asker.person().team(),
        asker.person().user(),
        asker.person().name(),
        asker.responseUrl());
    return true;
  }

  /** Those whom its check led there, each where he asked. */
  static List<Asker> to(Connection c, Wanted headline) throws SQLException {
    return headline.run().isEmpty()
        ? List.of()
        : Sql.all(
            c,
            "SELECT * FROM led WHERE headline = ? AND run = ? ORDER BY led_at, person",
            r -> asker(r, headline.place()),
            headline.id(),
            headline.run().get());
  }

  /** What its asker is told instead of a headline, for each who was led there, where he asked. */
  static List<Wanted> told(Connection c, Wanted headline, List<Wanted> instead)
      throws SQLException {
    List<Asker> askers = to(c, headline);
    List<Wanted> told = new ArrayList<>();
    for (Wanted note : instead) {
      if (note.content() instanceof Content.Whisper whisper) {
        told.addAll(told(note, whisper, askers));
      }
    }
    return told;
  }

  private static List<Wanted> told(Wanted note, Content.Whisper whisper, List<Asker> askers) {
    List<Wanted> told = new ArrayList<>();
    Set<String> people = new HashSet<>(Set.of(whisper.user()));
    for (Asker asker : askers) {
      if (people.add(asker.person().user())) {
        told.add(
            new Wanted(
                note.id() + "/" + people.size(),
                note.run(),
                asker.place(),
                Optional.empty(),
                0,
                new Content.Whisper(
                    asker.person().user(), asker.responseUrl(), whisper.blocks(), whisper.text()),
                0,
                true));
      }
    }
    return told;
  }

  private static Asker asker(ResultSet row, Place headline) throws SQLException {
    return new Asker(
        new Person(
            row.getString("person_team"), row.getString("person"), row.getString("person_name")),
        new Place(headline.team(), headline.channel(), Sql.text(row, "thread")),
        Sql.text(row, "response_url"));
  }
}
