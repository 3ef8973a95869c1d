package dev.upstream.store;

import dev.upstream.conversation.Door;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Rate limits in a table. {@code open_at} is when the next call may be made; it lies in the past by
 * as much as there are calls saved up.
 */
final class Doors {
  private Doors() {}

  /** Takes as many calls as are to spare, at most so many. */
  static int take(Connection c, Door door, int most, Instant now) throws SQLException {
    Instant open = opening(c, door.name());
    Duration saved = door.every().multipliedBy(door.burst() - 1L);
    int calls = 0;
    while (calls < most && !open.isAfter(now)) {
      Instant earliest = now.minus(saved);
      open = (open.isAfter(earliest) ? open : earliest).plus(door.every());
      calls++;
    }
    if (calls > 0) {
      Sql.run(c, "UPDATE door SET open_at = ? WHERE name = ?", open, door.name());
    }
    return calls;
  }

  private static Instant opening(Connection c, String name) throws SQLException {
    Sql.run(
        c,
        "INSERT INTO door (name, open_at) VALUES (?, ?) ON CONFLICT DO NOTHING",
        name,
        Instant.EPOCH);
    return Sql.one(
            c,
            "SELECT open_at FROM door WHERE name = ? FOR UPDATE",
            r -> Sql.when(r, "open_at"),
            name)
        .orElseThrow();
  }

  /** Keeps all others from a name until the transaction ends. */
  static void hold(Connection c, String name) throws SQLException {
    opening(c, name);
  }

  static Optional<Instant> opens(Connection c, Door door) throws SQLException {
    return Sql.one(
        c, "SELECT open_at FROM door WHERE name = ?", r -> Sql.when(r, "open_at"), door.name());
  }

  static int close(Connection c, Door door, Instant until) throws SQLException {
    opening(c, door.name());
    return Sql.run(
        c, "UPDATE door SET open_at = ? WHERE name = ? AND open_at < ?", until, door.name(), until);
  }
}
