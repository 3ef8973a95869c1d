package dev.upstream.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The table {@code turn}: which checks are in a cluster, and which wait for it. Who asked first
 * goes first; but one that waits for another cluster too, which is full, holds back nobody for its
 * first minute.
 */
final class Turns {
  private static final Duration LET_PASS = Duration.ofMinutes(1);

  /** So many are looked at when a place is free: the first of them may wait elsewhere too. */
  private static final int NEXT = 4;

  private static final String INSIDE =
      "SELECT COUNT(*) AS n FROM turn WHERE cluster = ? AND run <> ? AND NOT waits";

  private static final String AHEAD =
      """
      SELECT COUNT(*) AS n FROM turn t
      WHERE t.cluster = ? AND t.run <> ? AND t.waits
        AND (t.asked_at < ? OR t.asked_at = ? AND t.run < ?)
        AND (t.asked_at < ? OR NOT EXISTS (
          SELECT 1 FROM turn o WHERE o.run = t.run AND o.waits AND o.cluster <> t.cluster
            AND o.most <= (
              SELECT COUNT(*) FROM turn i WHERE i.cluster = o.cluster AND NOT i.waits)))
      """;

  private Turns() {}

  /** Somebody who wants to be in clusters. */
  record Wish(String run, Instant asked, Map<String, Integer> clusters) {
    /** In the order of their names, so that two never wait for each other. */
    SortedMap<String, Integer> sorted() {
      return new TreeMap<>(clusters);
    }
  }

  /** Whether there is room for one more, and how many wait before this one. */
  record Room(boolean free, int ahead) {}

  /** Looks, and keeps nobody from anything. */
  static Room room(Connection c, Wish wish, Instant now) throws SQLException {
    boolean free = true;
    int most = 0;
    for (Map.Entry<String, Integer> entry : wish.sorted().entrySet()) {
      int ahead = ahead(c, entry.getKey(), wish, now);
      free &= inside(c, entry.getKey(), wish.run()) + ahead < entry.getValue();
      most = Math.max(most, ahead);
    }
    return new Room(free, most);
  }

  /** Takes the turn in all of the clusters, or stands in line in each of them. */
  static Room take(Connection c, Wish wish, Instant now) throws SQLException {
    for (String cluster : wish.sorted().keySet()) {
      Doors.hold(c, "checks/" + cluster);
    }
    Room room = room(c, wish, now);
    if (room.free()) {
      Sql.run(c, "DELETE FROM turn WHERE run = ?", wish.run());
    }
    for (Map.Entry<String, Integer> entry : wish.sorted().entrySet()) {
      Sql.run(
          c,
          "INSERT INTO turn (cluster, run, waits, asked_at, most) VALUES (?, ?, ?, ?, ?)"
              + " ON CONFLICT DO NOTHING",
          entry.getKey(),
          wish.run(),
          !room.free(),
          wish.asked(),
          entry.getValue());
    }
    return room;
  }

  private static int inside(Connection c, String cluster, String run) throws SQLException {
    return Sql.one(c, INSIDE, r -> r.getInt("n"), cluster, run).orElse(0);
  }

  private static int ahead(Connection c, String cluster, Wish wish, Instant now)
      throws SQLException {
    return Sql.one(
            c,
            AHEAD,
            r -> r.getInt("n"),
            cluster,
            wish.run(),
            wish.asked(),
            wish.asked(),
            wish.run(),
            now.minus(LET_PASS))
        .orElse(0);
  }

  /** Somebody who waits, and since when. */
  record Waiting(String run, Instant asked) {}

  /** Lets go of everything; those who may be next are given. */
  static List<Waiting> leave(Connection c, String run) throws SQLException {
    List<String> clusters =
        Sql.all(
            c,
            "SELECT cluster FROM turn WHERE run = ? ORDER BY cluster",
            r -> r.getString("cluster"),
            run);
    Sql.run(c, "DELETE FROM turn WHERE run = ?", run);
    List<Waiting> next = new ArrayList<>();
    for (String cluster : clusters) {
      next.addAll(
          Sql.all(
              c,
              "SELECT run, asked_at FROM turn WHERE cluster = ? AND waits"
                  + " ORDER BY asked_at, run LIMIT "
                  + NEXT,
              r -> new Waiting(r.getString("run"), Sql.when(r, "asked_at")),
              cluster));
    }
    return next;
  }
}
