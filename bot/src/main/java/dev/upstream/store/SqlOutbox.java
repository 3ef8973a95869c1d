package dev.upstream.store;

import dev.upstream.conversation.Content;
import dev.upstream.conversation.Door;
import dev.upstream.conversation.Outbox;
import dev.upstream.conversation.Taken;
import dev.upstream.conversation.Wanted;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/** {@link Outbox} in tables. */
final class SqlOutbox implements Outbox {
  /**
   * Due, in nobody's hands, its turn in the thread, its door open: headlines before threads, last
   * states before passing ones.
   */
  private static final String MAY_GO =
      """
      SELECT m.* FROM message m
      WHERE m.state = 'WAITING' AND m.due_at <= ?
        AND (m.lease_ends IS NULL OR m.lease_ends <= ?)
        AND (m.parent IS NULL OR EXISTS (
          SELECT 1 FROM message p WHERE p.id = m.parent AND p.ts IS NOT NULL
            AND (p.state <> 'WAITING' OR NOT p.closing)))
        AND NOT EXISTS (
          SELECT 1 FROM message b WHERE b.parent = m.parent AND b.place < m.place
            AND b.state = 'WAITING' AND b.sent_revision IS NULL)
        AND NOT EXISTS (SELECT 1 FROM door d WHERE d.name = m.door AND d.open_at > ?)
      ORDER BY CASE WHEN m.parent IS NULL THEN 0 ELSE 1 END, m.closing DESC, m.due_at, m.place, m.id
      LIMIT ? FOR UPDATE SKIP LOCKED
      """;

  private final Database database;

  SqlOutbox(Database database) {
    this.database = database;
  }

  @Override
  public void want(List<Wanted> messages, Instant now) {
    database.in(
        c -> {
          for (Wanted wanted : messages) {
            Wants.want(c, wanted, now);
          }
          return messages.size();
        });
  }

  @Override
  public List<Taken> take(int most, Duration lease, Instant now) {
    return database.in(
        c -> {
          List<MessageRow> rows = Sql.all(c, MAY_GO, MessageRow::of, now, now, now, most);
          List<Taken> taken = new ArrayList<>();
          for (MessageRow row : throughDoors(c, rows, now)) {
            taken.add(lease(c, row, Sql.millis(now.plus(lease))));
          }
          return taken;
        });
  }

  /** Doors in the order of their names, so that two replicas never wait for each other. */
  private static List<MessageRow> throughDoors(Connection c, List<MessageRow> rows, Instant now)
      throws SQLException {
    Map<String, List<MessageRow>> behind = new TreeMap<>();
    for (MessageRow row : rows) {
      String name = row.door().map(Door::name).orElse(MessageRow.NO_DOOR);
      behind.computeIfAbsent(name, n -> new ArrayList<>()).add(row);
    }
    Set<String> through = new HashSet<>();
    for (List<MessageRow> queue : behind.values()) {
      Optional<Door> door = queue.getFirst().door();
      int calls = door.isPresent() ? Doors.take(c, door.get(), queue.size(), now) : queue.size();
      queue.subList(0, calls).forEach(r -> through.add(r.wanted().id()));
    }
    return rows.stream().filter(r -> through.contains(r.wanted().id())).toList();
  }

  private static Taken lease(Connection c, MessageRow row, Instant ends) throws SQLException {
    String lease = UUID.randomUUID().toString();
    boolean unknown = row.unknown() || row.leaseEnds().isPresent();
    Sql.run(
        c,
        "UPDATE message SET lease = ?, lease_ends = ?, unsure = ? WHERE id = ?",
        lease,
        ends,
        unknown,
        row.wanted().id());
    return new Taken(
        row.wanted(),
        lease,
        ends,
        row.ts(),
        thread(c, row.wanted()),
        row.file(),
        unknown,
        row.anew(),
        row.tries(),
        row.since());
  }

  /** Its own, else its parent's, else the parent itself. */
  private static Optional<String> thread(Connection c, Wanted wanted) throws SQLException {
    if (wanted.place().thread().isPresent() || wanted.parent().isEmpty()) {
      return wanted.place().thread();
    }
    return Sql.one(
            c,
            "SELECT COALESCE(thread, ts) AS root FROM message WHERE id = ?",
            r -> Sql.text(r, "root"),
            wanted.parent().get())
        .flatMap(t -> t);
  }

  @Override
  public void sent(Taken message, Optional<String> ts, Instant now) {
    report(
        message,
        (c, row) -> {
          long revision = message.wanted().revision();
          boolean more =
              row.wanted().revision() > revision
                  && !(row.wanted().content() instanceof Content.Whisper
                      || row.wanted().content() instanceof Content.Upload);
          Optional<String> known = ts.or(row::ts);
          Sql.run(
              c,
              "UPDATE message SET ts = ?, sent_revision = ?, sent_at = ?, state = ?, due_at = ?,"
                  + " door = ?, unsure = FALSE, tries = 0, why = NULL WHERE id = ?",
              known,
              revision,
              now,
              more ? MessageRow.State.WAITING : MessageRow.State.DONE,
              row.wanted().last() ? now : now.plus(EDIT_EVERY),
              MessageRow.door(row.wanted(), known),
              row.wanted().id());
        });
  }

  @Override
  public void uploaded(Taken message, Optional<String> file) {
    database.in(
        c ->
            Sql.run(
                c,
                "UPDATE message SET file_id = ? WHERE id = ? AND lease = ?",
                file,
                message.wanted().id(),
                message.lease()));
  }

  @Override
  public void later(Taken message, Instant at, String why) {
    again(message, at, why, false);
  }

  @Override
  public void unknown(Taken message, Instant at, String why) {
    again(message, at, why, true);
  }

  private void again(Taken message, Instant at, String why, boolean unknown) {
    report(
        message,
        (c, row) ->
            Sql.run(
                c,
                "UPDATE message SET due_at = ?, why = ?, unsure = ?, tries = ? WHERE id = ?",
                at,
                why,
                unknown || row.unknown(),
                row.tries() + 1,
                row.wanted().id()));
  }

  @Override
  public void gone(Taken message, Content.Post anew, Instant now) {
    report(
        message,
        (c, row) ->
            Sql.run(
                c,
                "UPDATE message SET ts = NULL, anew = TRUE, unsure = FALSE, due_at = ?, door = ?,"
                    + " blocks = ?, words = ? WHERE id = ? AND revision = ?",
                now,
                MessageRow.door(row.wanted(), Optional.empty()),
                anew.blocks(),
                anew.text(),
                row.wanted().id(),
                message.wanted().revision()));
  }

  @Override
  public void failed(Taken message, String why, List<Wanted> instead, Instant now) {
    report(
        message,
        (c, row) -> {
          Sql.run(
              c,
              "UPDATE message SET state = 'FAILED', why = ?, changed_at = ? WHERE id = ?",
              why,
              now,
              row.wanted().id());
          Sql.run(
              c,
              "UPDATE message SET state = 'FAILED', why = ?, changed_at = ?"
                  + " WHERE parent = ? AND state = 'WAITING'",
              "what it stands under: " + why,
              now,
              row.wanted().id());
          for (Wanted other : instead) {
            Wants.want(c, other, now);
          }
          for (Wanted other : Led.told(c, row.wanted(), instead)) {
            Wants.want(c, other, now);
          }
        });
  }

  /** What a courier found out about a message. */
  private interface Report {
    void write(Connection c, MessageRow row) throws SQLException;
  }

  /** Without effect once the lease is somebody else's. */
  private void report(Taken message, Report report) {
    database.in(
        c -> {
          Optional<MessageRow> row = MessageRow.locked(c, message.wanted().id());
          int ours =
              Sql.run(
                  c,
                  "UPDATE message SET lease = NULL, lease_ends = NULL WHERE id = ? AND lease = ?",
                  message.wanted().id(),
                  message.lease());
          if (ours > 0 && row.isPresent()) {
            report.write(c, row.get());
          }
          return ours;
        });
  }

  @Override
  public Optional<Instant> reserve(Door door, Instant now) {
    return database.in(
        c -> Doors.take(c, door, 1, now) > 0 ? Optional.empty() : Doors.opens(c, door));
  }

  @Override
  public void close(Door door, Instant until) {
    database.in(c -> Doors.close(c, door, until));
  }

  @Override
  public long waiting() {
    return database.in(
        c ->
            Sql.one(
                    c,
                    "SELECT COUNT(*) AS waiting FROM message WHERE state = 'WAITING'",
                    r -> r.getLong("waiting"))
                .orElse(0L));
  }

  @Override
  public Optional<String> ts(String message) {
    return database
        .in(c -> Sql.one(c, "SELECT ts FROM message WHERE id = ?", r -> Sql.text(r, "ts"), message))
        .flatMap(t -> t);
  }
}
