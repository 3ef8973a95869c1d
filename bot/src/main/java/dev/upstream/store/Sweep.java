package dev.upstream.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;

/** Takes away what is old, in steps so small that nobody waits for them. */
final class Sweep {
  private static final int STEP = 200;

  /** Slack sends nothing again after some minutes. */
  private static final Duration REQUESTS = Duration.ofDays(1);

  private final Database database;

  Sweep(Database database) {
    this.database = database;
  }

  /** Returns how many rows went. */
  int olderThan(Duration age, Instant now) {
    Instant old = now.minus(age);
    return inSteps(
            "DELETE FROM message WHERE id IN (SELECT id FROM message WHERE changed_at < ? LIMIT "
                + STEP
                + ")",
            old)
        + inSteps(
            "DELETE FROM snapshot WHERE run IN (SELECT run FROM snapshot WHERE kept_at < ? LIMIT "
                + STEP
                + ")",
            old)
        + runs(old)
        + inSteps(
            "DELETE FROM led WHERE (headline, run, person_team, person) IN (SELECT headline, run,"
                + " person_team, person FROM led WHERE led_at < ? LIMIT "
                + STEP
                + ")",
            old)
        + inSteps(
            "DELETE FROM delivery WHERE id IN (SELECT id FROM delivery WHERE taken_at < ? LIMIT "
                + STEP
                + ")",
            now.minus(REQUESTS))
        + inSteps(
            "DELETE FROM choice WHERE name IN (SELECT name FROM choice WHERE until < ? LIMIT "
                + STEP
                + ")",
            now)
        + inSteps(
            "DELETE FROM mute WHERE finding IN (SELECT finding FROM mute WHERE until < ? LIMIT "
                + STEP
                + ")",
            old);
  }

  /** What was said about a run goes with it. */
  private int runs(Instant old) {
    int all = 0;
    int some;
    do {
      some = database.in(c -> someRuns(c, old));
      all += some;
    } while (some > 0);
    return all;
  }

  private static int someRuns(Connection c, Instant old) throws SQLException {
    var ids =
        Sql.all(
            c,
            "SELECT id FROM run WHERE finished_at < ? ORDER BY finished_at LIMIT " + STEP,
            r -> r.getString("id"),
            old);
    for (String id : ids) {
      Sql.run(c, "DELETE FROM feedback WHERE run = ?", id);
      Sql.run(c, "DELETE FROM run WHERE id = ?", id);
    }
    return ids.size();
  }

  private int inSteps(String delete, Instant before) {
    int all = 0;
    int some;
    do {
      some = database.in(c -> Sql.run(c, delete, before));
      all += some;
    } while (some > 0);
    return all;
  }
}
