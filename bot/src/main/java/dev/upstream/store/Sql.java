package dev.upstream.store;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Statements with their values, and the values of rows. */
final class Sql {
  /** PostgreSQL takes no zero character in a text, and no half of a pair. */
  private static final Pattern UNSTORABLE =
      Pattern.compile(
          "\\x00|[\\ud800-\\udbff](?![\\udc00-\\udfff])|(?<![\\ud800-\\udbff])[\\udc00-\\udfff]");

  private Sql() {}

  /** Makes something of a row. */
  interface Reading<T> {
    T of(ResultSet row) throws SQLException;
  }

  /** Returns how many rows it touched. */
  static int run(Connection connection, String sql, Object... values) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      set(statement, values);
      return statement.executeUpdate();
    }
  }

  static <T> List<T> all(Connection connection, String sql, Reading<T> reading, Object... values)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      set(statement, values);
      List<T> found = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          found.add(reading.of(rows));
        }
      }
      return found;
    }
  }

  static <T> Optional<T> one(
      Connection connection, String sql, Reading<T> reading, Object... values) throws SQLException {
    return all(connection, sql, reading, values).stream().findFirst();
  }

  private static void set(PreparedStatement statement, Object... values) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      set(statement, i + 1, values[i]);
    }
  }

  private static void set(PreparedStatement statement, int at, Object value) throws SQLException {
    switch (value) {
      case Optional<?> o when o.isPresent() -> set(statement, at, o.get());
      case Optional<?> o -> statement.setObject(at, null);
      case Instant i -> statement.setObject(at, millis(i).atOffset(ZoneOffset.UTC));
      case byte[] b -> statement.setBinaryStream(at, new ByteArrayInputStream(b), b.length);
      case String s -> statement.setString(at, UNSTORABLE.matcher(s).replaceAll("\ufffd"));
      case Enum<?> e -> statement.setString(at, e.name());
      default -> statement.setObject(at, value);
    }
  }

  /** As exact as both databases keep a time. */
  static Instant millis(Instant instant) {
    return instant.truncatedTo(ChronoUnit.MILLIS);
  }

  static Optional<String> text(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getString(column));
  }

  static Optional<Instant> time(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
        .map(OffsetDateTime::toInstant);
  }

  static Instant when(ResultSet row, String column) throws SQLException {
    return time(row, column).orElseThrow();
  }

  static Optional<byte[]> bytes(ResultSet row, String column) throws SQLException {
    try (InputStream in = row.getBinaryStream(column)) {
      return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
    } catch (IOException e) {
      throw new SQLException("bytes that can't be read", e);
    }
  }
}
