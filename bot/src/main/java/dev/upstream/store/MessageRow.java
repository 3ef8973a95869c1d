package dev.upstream.store;

import dev.upstream.conversation.Bytes;
import dev.upstream.conversation.Content;
import dev.upstream.conversation.Door;
import dev.upstream.conversation.Method;
import dev.upstream.conversation.Place;
import dev.upstream.conversation.Wanted;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A row of the table {@code message}: the newest state, and how far Slack has it. */
record MessageRow(
    Wanted wanted,
    State state,
    Instant since,
    Instant due,
    Optional<Instant> leaseEnds,
    boolean unknown,
    boolean anew,
    int tries,
    Optional<String> ts,
    Optional<String> file,
    Optional<Long> sentRevision,
    Optional<Instant> sentAt) {
  /** No limit of Slack's. */
  static final String NO_DOOR = "";

  /** What a state is made of: a newer one replaces all of it. */
  private static final List<String> STATE =
      List.of(
          "run",
          "kind",
          "person",
          "response_url",
          "file_name",
          "bytes",
          "blocks",
          "words",
          "revision",
          "closing",
          "state",
          "door",
          "due_at",
          "changed_at");

  enum State {
    WAITING,
    DONE,
    FAILED
  }

  static Optional<MessageRow> locked(Connection c, String id) throws SQLException {
    return Sql.one(c, "SELECT * FROM message WHERE id = ? FOR UPDATE", MessageRow::of, id);
  }

  static MessageRow of(ResultSet row) throws SQLException {
    return new MessageRow(
        new Wanted(
            row.getString("id"),
            Sql.text(row, "run"),
            new Place(row.getString("team"), row.getString("channel"), Sql.text(row, "thread")),
            Sql.text(row, "parent"),
            row.getInt("place"),
            content(row),
            row.getLong("revision"),
            row.getBoolean("closing")),
        State.valueOf(row.getString("state")),
        Sql.when(row, "since"),
        Sql.when(row, "due_at"),
        Sql.time(row, "lease_ends"),
        row.getBoolean("unsure"),
        row.getBoolean("anew"),
        row.getInt("tries"),
        Sql.text(row, "ts"),
        Sql.text(row, "file_id"),
        Sql.text(row, "sent_revision").map(Long::valueOf),
        Sql.time(row, "sent_at"));
  }

  private static Content content(ResultSet row) throws SQLException {
    String kind = row.getString("kind");
    return switch (kind) {
      case "POST" -> new Content.Post(row.getString("blocks"), row.getString("words"));
      case "WHISPER" ->
          new Content.Whisper(
              row.getString("person"),
              Sql.text(row, "response_url"),
              row.getString("blocks"),
              row.getString("words"));
      case "UPLOAD" ->
          new Content.Upload(
              row.getString("file_name"), Bytes.of(Sql.bytes(row, "bytes").orElseThrow()));
      case "NOTHING" -> new Content.Nothing();
      default -> throw new SQLException("a message of unknown kind " + kind);
    };
  }

  /** The values of {@link #STATE}, in its order. */
  private static List<Object> values(
      Wanted w, State state, Optional<String> ts, Instant due, Instant now) {
    return List.of(
        w.run(),
        kind(w.content()),
        person(w.content()),
        responseUrl(w.content()),
        fileName(w.content()),
        bytes(w.content()),
        blocks(w.content()),
        words(w.content()),
        w.revision(),
        w.last(),
        state,
        door(w, ts),
        due,
        now);
  }

  /** Adds a message, unless there is one of its id. */
  static boolean insert(Connection c, Wanted w, State state, Instant now) throws SQLException {
    return Sql.run(
            c,
            "INSERT INTO message (id, team, channel, thread, parent, place, since, unsure, anew,"
                + " tries, "
                + String.join(", ", STATE)
                + ") VALUES (?, ?, ?, ?, ?, ?, ?, FALSE, FALSE, 0"
                + ", ?".repeat(STATE.size())
                + ") ON CONFLICT DO NOTHING",
            with(
                List.of(
                    w.id(),
                    w.place().team(),
                    w.place().channel(),
                    w.place().thread(),
                    w.parent(),
                    w.position(),
                    now),
                values(w, state, Optional.empty(), now, now)))
        > 0;
  }

  /** Puts a newer state in the place of this one. */
  void replace(Connection c, Wanted w, Instant newDue, Instant now) throws SQLException {
    Sql.run(
        c,
        "UPDATE message SET " + String.join(" = ?, ", STATE) + " = ? WHERE id = ?",
        with(values(w, State.WAITING, ts, newDue, now), List.of(w.id())));
  }

  private static Object[] with(List<Object> values, List<Object> more) {
    return Stream.concat(values.stream(), more.stream()).toArray();
  }

  /** The limit that the next call for a message counts against. */
  static String door(Wanted w, Optional<String> ts) {
    return method(w.content(), ts.isPresent()).map(m -> m.at(w.place()).name()).orElse(NO_DOOR);
  }

  Optional<Door> door() {
    return method(wanted.content(), ts.isPresent()).map(m -> m.at(wanted.place()));
  }

  private static Optional<Method> method(Content content, boolean posted) {
    return switch (content) {
      case Content.Post p -> Optional.of(posted ? Method.UPDATE : Method.POST);
      case Content.Whisper w when w.responseUrl().isPresent() -> Optional.empty();
      case Content.Whisper w -> Optional.of(Method.WHISPER);
      case Content.Upload u -> Optional.of(Method.UPLOAD);
      case Content.Nothing n -> posted ? Optional.of(Method.DELETE) : Optional.empty();
    };
  }

  private static String kind(Content content) {
    return switch (content) {
      case Content.Post p -> "POST";
      case Content.Whisper w -> "WHISPER";
      case Content.Upload u -> "UPLOAD";
      case Content.Nothing n -> "NOTHING";
    };
  }

  private static Optional<String> person(Content content) {
    return content instanceof Content.Whisper w ? Optional.of(w.user()) : Optional.empty();
  }

  private static Optional<String> responseUrl(Content content) {
    return content instanceof Content.Whisper w ? w.responseUrl() : Optional.empty();
  }

  private static Optional<String> fileName(Content content) {
    return content instanceof Content.Upload u ? Optional.of(u.name()) : Optional.empty();
  }

  private static Optional<byte[]> bytes(Content content) {
    return content instanceof Content.Upload u ? Optional.of(u.bytes().array()) : Optional.empty();
  }

  private static Optional<String> blocks(Content content) {
    return switch (content) {
      case Content.Post p -> Optional.of(p.blocks());
      case Content.Whisper w -> Optional.of(w.blocks());
      case Content.Upload u -> Optional.empty();
      case Content.Nothing n -> Optional.empty();
    };
  }

  private static Optional<String> words(Content content) {
    return switch (content) {
      case Content.Post p -> Optional.of(p.text());
      case Content.Whisper w -> Optional.of(w.text());
      case Content.Upload u -> Optional.empty();
      case Content.Nothing n -> Optional.empty();
    };
  }
}
