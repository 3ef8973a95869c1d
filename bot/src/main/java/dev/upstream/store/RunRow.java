package dev.upstream.store;

import dev.upstream.answer.Question;
import dev.upstream.conversation.Asker;
import dev.upstream.conversation.Place;
import dev.upstream.conversation.Run;
import dev.upstream.conversation.RunState;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The table {@code run}. */
final class RunRow {
  private static final String SELECT =
      "SELECT r.*, EXISTS (SELECT 1 FROM snapshot s WHERE s.run = r.id) AS kept FROM run r WHERE ";

  private static final int MOST_AT_ONCE = 50;

  private RunRow() {}

  /** Adds a queued run, unless its join key is in flight. */
  static boolean insert(Connection c, Run run) throws SQLException {
    Asker asker = run.asker();
    Question question = run.question();
    return Sql.run(
            c,
            "INSERT INTO run (id, in_flight, state, attempt, asked_at, team, channel, thread,"
                + " person_team, person, person_name, response_url, target, clusters, client,"
                + " namespace) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                + " ON CONFLICT DO NOTHING",
            run.id(),
            run.joinKey(),
            run.state(),
            run.attempt(),
            run.asked(),
            asker.place().team(),
            asker.place().channel(),
            asker.place().thread(),
            asker.person().team(),
            asker.person().user(),
            asker.person().name(),
            asker.responseUrl(),
            question.target(),
            String.join("\n", question.clusters()),
            question.client(),
            question.namespace())
        > 0;
  }

  static Optional<Run> find(Connection c, String id) throws SQLException {
    return Sql.one(c, SELECT + "r.id = ?", RunRow::of, id);
  }

  static Optional<Run> locked(Connection c, String id) throws SQLException {
    return lock(c, "id = ?", id);
  }

  static Optional<Run> inFlight(Connection c, String joinKey) throws SQLException {
    return lock(c, "in_flight = ?", joinKey);
  }

  /**
   * Checks that are not over.
   *
   * @param same how far the one with the same join key is
   */
  record Open(Optional<RunState> same, int all) {}

  static Open open(Connection c, String joinKey) throws SQLException {
    return Sql.one(
            c,
            "SELECT COUNT(*) AS n, (SELECT state FROM run WHERE in_flight = ?) AS same FROM run"
                + " WHERE state IN ('QUEUED', 'WAITING', 'RUNNING', 'FOUND')",
            r -> new Open(Sql.text(r, "same").map(RunState::valueOf), r.getInt("n")),
            joinKey)
        .orElseThrow();
  }

  /** Empty when somebody has it in hand. */
  static Optional<Run> lockedUnbegun(Connection c, String id) throws SQLException {
    Optional<String> free =
        Sql.one(
            c,
            "SELECT id FROM run WHERE id = ? AND state = 'QUEUED' FOR UPDATE SKIP LOCKED",
            r -> r.getString("id"),
            id);
    return free.isPresent() ? find(c, id) : Optional.empty();
  }

  static List<String> unbegun(Connection c, Instant before) throws SQLException {
    return Sql.all(
        c,
        "SELECT id FROM run WHERE state = 'QUEUED' AND asked_at < ? ORDER BY asked_at, id LIMIT "
            + MOST_AT_ONCE,
        r -> r.getString("id"),
        before);
  }

  private static Optional<Run> lock(Connection c, String condition, String value)
      throws SQLException {
    Optional<String> id =
        Sql.one(
            c,
            "SELECT id FROM run WHERE " + condition + " FOR UPDATE",
            r -> r.getString("id"),
            value);
    return id.isPresent() ? find(c, id.get()) : Optional.empty();
  }

  private static Run of(ResultSet row) throws SQLException {
    return new Run(
        row.getString("id"),
        new Asker(
            SqlNotes.person(row),
            new Place(row.getString("team"), row.getString("channel"), Sql.text(row, "thread")),
            Sql.text(row, "response_url")),
        new Question(
            row.getString("target"),
            clusters(row.getString("clusters")),
            Sql.text(row, "client"),
            Sql.text(row, "namespace")),
        RunState.valueOf(row.getString("state")),
        row.getInt("attempt"),
        Sql.when(row, "asked_at"),
        Sql.time(row, "started_at"),
        Sql.time(row, "found_at"),
        Sql.time(row, "finished_at"),
        row.getBoolean("kept"));
  }

  private static List<String> clusters(String joined) {
    return joined.isEmpty() ? List.of() : joined.lines().toList();
  }
}
