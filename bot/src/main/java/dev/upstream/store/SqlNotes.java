package dev.upstream.store;

import dev.upstream.conversation.Feedback;
import dev.upstream.conversation.Mute;
import dev.upstream.conversation.Notes;
import dev.upstream.conversation.Person;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** {@link Notes} in tables. */
final class SqlNotes implements Notes {
  private final Database database;

  SqlNotes(Database database) {
    this.database = database;
  }

  @Override
  public Optional<Mute> mute(Mute mute) {
    return database.in(
        c -> {
          Optional<Mute> others =
              Sql.one(
                      c,
                      "SELECT * FROM mute WHERE finding = ? AND until > ? FOR UPDATE",
                      SqlNotes::mute,
                      mute.finding(),
                      mute.since())
                  .filter(m -> !same(m.by(), mute.by()));
          if (others.isEmpty()) {
            Sql.run(c, "DELETE FROM mute WHERE finding = ?", mute.finding());
            Sql.run(
                c,
                "INSERT INTO mute (finding, since, until, reason, person_team, person, person_name)"
                    + " VALUES (?, ?, ?, ?, ?, ?, ?)",
                mute.finding(),
                mute.since(),
                mute.until(),
                mute.reason(),
                mute.by().team(),
                mute.by().user(),
                mute.by().name());
          }
          return others;
        });
  }

  private static boolean same(Person one, Person other) {
    return one.team().equals(other.team()) && one.user().equals(other.user());
  }

  private static Mute mute(ResultSet r) throws SQLException {
    return new Mute(
        r.getString("finding"),
        Sql.when(r, "since"),
        Sql.when(r, "until"),
        r.getString("reason"),
        person(r));
  }

  @Override
  public boolean unmute(String finding) {
    return database.in(c -> Sql.run(c, "DELETE FROM mute WHERE finding = ?", finding) > 0);
  }

  @Override
  public List<Mute> mutes(Instant now) {
    return database.in(
        c ->
            Sql.all(c, "SELECT * FROM mute WHERE until > ? ORDER BY finding", SqlNotes::mute, now));
  }

  @Override
  public void feedback(Feedback feedback) {
    database.in(
        c -> {
          Sql.run(
              c,
              "DELETE FROM feedback WHERE run = ? AND person_team = ? AND person = ?",
              feedback.run(),
              feedback.by().team(),
              feedback.by().user());
          return Sql.run(
              c,
              "INSERT INTO feedback (run, person_team, person, person_name, useful, said_at)"
                  + " VALUES (?, ?, ?, ?, ?, ?)",
              feedback.run(),
              feedback.by().team(),
              feedback.by().user(),
              feedback.by().name(),
              feedback.useful(),
              feedback.at());
        });
  }

  @Override
  public List<Feedback> feedback(String run) {
    return database.in(
        c ->
            Sql.all(
                c,
                "SELECT * FROM feedback WHERE run = ? ORDER BY said_at, person",
                SqlNotes::said,
                run));
  }

  @Override
  public List<Feedback> feedback() {
    return database.in(
        c ->
            Sql.all(
                c, "SELECT * FROM feedback ORDER BY said_at DESC, run, person", SqlNotes::said));
  }

  private static Feedback said(ResultSet r) throws SQLException {
    return new Feedback(
        r.getString("run"), person(r), r.getBoolean("useful"), Sql.when(r, "said_at"));
  }

  @Override
  public void choose(String key, String value, Instant until) {
    database.in(
        c -> {
          Sql.run(c, "DELETE FROM choice WHERE name = ?", key);
          return Sql.run(
              c, "INSERT INTO choice (name, chosen, until) VALUES (?, ?, ?)", key, value, until);
        });
  }

  @Override
  public Optional<String> chosen(String key, Instant now) {
    return database.in(
        c ->
            Sql.one(
                c,
                "SELECT chosen FROM choice WHERE name = ? AND until > ?",
                r -> r.getString("chosen"),
                key,
                now));
  }

  @Override
  public Optional<String> chosenOnce(String key, String value, Instant now, Instant until) {
    return database.in(
        c -> {
          Sql.run(c, "DELETE FROM choice WHERE name = ? AND until <= ?", key, now);
          boolean first =
              Sql.run(
                      c,
                      "INSERT INTO choice (name, chosen, until) VALUES (?, ?, ?)"
                          + " ON CONFLICT DO NOTHING",
                      key,
                      value,
                      until)
                  > 0;
          return first
              ? Optional.<String>empty()
              : Sql.one(
                  c, "SELECT chosen FROM choice WHERE name = ?", r -> r.getString("chosen"), key);
        });
  }

  static Person person(ResultSet row) throws SQLException {
    return new Person(
        row.getString("person_team"), row.getString("person"), row.getString("person_name"));
  }
}
