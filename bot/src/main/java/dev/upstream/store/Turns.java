package dev.upstream.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
  private static final int NEXT = 2;

  private static final String OTHERS =
      "SELECT run, waits, asked_at FROM turn WHERE cluster = ? AND run <> ?";

  /** Those who wait for another cluster too, which is full. */
  private static final String HELD_UP =
      """
      SELECT DISTINCT o.run FROM turn o
      JOIN (SELECT cluster, COUNT(*) AS n FROM turn WHERE NOT waits GROUP BY cluster) i
        ON i.cluster = o.cluster
      WHERE o.waits AND o.cluster <> ? AND o.most <= i.n
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

  /** Somebody who is in a cluster or waits for it; who is in it needs no time. */
  record Other(String run, boolean waits, Instant asked) {
    private static final Comparator<Other> FIRST =
        Comparator.comparing(Other::asked).thenComparing(Other::run);

    boolean before(Wish wish) {
      return FIRST.compare(this, new Other(wish.run(), true, wish.asked())) < 0;
    }
  }

  /** A forecast: whether there is room for one more, and nobody waits. */
  static boolean room(Connection c, Wish wish) throws SQLException {
    for (Map.Entry<String, Integer> entry : wish.sorted().entrySet()) {
      if (others(c, entry.getKey(), wish).size() >= entry.getValue()) {
        return false;
      }
    }
    return true;
  }

  /** Takes the turn in all of the clusters, or stands in line in each of them. */
  static Room take(Connection c, Wish wish, Instant now) throws SQLException {
    Room glimpse = room(c, wish, now);
    Room room = glimpse.free() ? held(c, wish, now) : glimpse;
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

  /** Looks while nobody else takes a turn there. */
  private static Room held(Connection c, Wish wish, Instant now) throws SQLException {
    for (String cluster : wish.sorted().keySet()) {
      Doors.hold(c, "checks/" + cluster);
    }
    return room(c, wish, now);
  }

  private static Room room(Connection c, Wish wish, Instant now) throws SQLException {
    boolean free = true;
    int ahead = 0;
    for (Map.Entry<String, Integer> entry : wish.sorted().entrySet()) {
      Room one = room(c, entry.getKey(), entry.getValue(), wish, now);
      free &= one.free();
      ahead = Math.max(ahead, one.ahead());
    }
    return new Room(free, ahead);
  }

  private static Room room(Connection c, String cluster, int most, Wish wish, Instant now)
      throws SQLException {
    List<Other> others = others(c, cluster, wish);
    List<Other> earlier = others.stream().filter(o -> o.waits() && o.before(wish)).toList();
    long inside = others.stream().filter(o -> !o.waits()).count();
    if (inside >= most || inside + earlier.size() < most) {
      return new Room(inside < most, earlier.size());
    }
    Set<String> heldUp = new HashSet<>(Sql.all(c, HELD_UP, r -> r.getString("run"), cluster));
    Instant longAgo = now.minus(LET_PASS);
    long ahead =
        earlier.stream()
            .filter(o -> o.asked().isBefore(longAgo) || !heldUp.contains(o.run()))
            .count();
    return new Room(inside + ahead < most, (int) ahead);
  }

  private static List<Other> others(Connection c, String cluster, Wish wish) throws SQLException {
    return Sql.all(c, OTHERS, Turns::other, cluster, wish.run());
  }

  private static Other other(ResultSet row) throws SQLException {
    return new Other(
        row.getString("run"),
        row.getBoolean("waits"),
        Sql.time(row, "asked_at").orElse(Instant.EPOCH));
  }

  /** Lets go of everything; those who may be next are given. */
  static List<Other> leave(Connection c, String run) throws SQLException {
    List<String> clusters =
        Sql.all(
            c,
            "SELECT cluster FROM turn WHERE run = ? ORDER BY cluster",
            r -> r.getString("cluster"),
            run);
    Sql.run(c, "DELETE FROM turn WHERE run = ?", run);
    List<Other> next = new ArrayList<>();
    for (String cluster : clusters) {
      next.addAll(
          Sql.all(
              c,
              "SELECT run, waits, asked_at FROM turn WHERE cluster = ? AND waits"
                  + " ORDER BY asked_at, run LIMIT "
                  + NEXT,
              Turns::other,
              cluster));
    }
    return next;
  }
}
