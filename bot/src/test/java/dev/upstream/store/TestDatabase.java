package dev.upstream.store;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A test's own tables: in an H2 file, or in a schema of a PostgreSQL that all tests share. */
public final class TestDatabase implements AutoCloseable {
  /** Where tests begin their time. */
  public static final Instant T0 = Instant.parse("2026-11-21T10:00:00Z");

  final String url;
  final String user;
  private final List<Store> open = new ArrayList<>();

  private TestDatabase(String url, String user) {
    this.url = url;
    this.user = user;
  }

  /** What the store runs on. */
  public enum Engine {
    H2,
    POSTGRESQL
  }

  /** Started once, ended with the tests. */
  private static final class Server {
    static final EmbeddedPostgres POSTGRES = start();

    private static EmbeddedPostgres start() {
      try {
        return EmbeddedPostgres.builder()
            .setServerConfig("max_connections", "200")
            .setServerConfig("fsync", "off")
            .start();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  public static TestDatabase of(Engine engine, Path directory) {
    return switch (engine) {
      case H2 -> new TestDatabase("jdbc:h2:file:" + directory.resolve("store"), "sa");
      case POSTGRESQL -> {
        String name = "test_" + UUID.randomUUID().toString().replace("-", "");
        try (Connection c = Server.POSTGRES.getPostgresDatabase().getConnection();
            Statement statement = c.createStatement()) {
          statement.execute("CREATE SCHEMA " + name);
        } catch (SQLException e) {
          throw new IllegalStateException(e);
        }
        yield new TestDatabase(
            Server.POSTGRES.getJdbcUrl("postgres", "postgres") + "&currentSchema=" + name,
            "postgres");
      }
    };
  }

  /** One more replica. */
  public Store open() {
    Store store = Store.open(url, user, "");
    open.add(store);
    return store;
  }

  /** For those who bring the user by themselves; PostgreSQL here asks for no password. */
  public String urlWithoutUser() {
    return url.replace("user=" + user + "&", "");
  }

  /** The tables themselves. */
  Database tables() {
    return Database.open(url, user, "");
  }

  @Override
  public void close() {
    open.forEach(Store::close);
  }
}
