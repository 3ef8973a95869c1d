package dev.upstream.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** Connections to H2 or PostgreSQL, with the tables in place, and transactions over them. */
final class Database implements AutoCloseable {
  private static final String H2 = "jdbc:h2:file:";

  /** The plain file system of H2 closes the database when a thread that writes is interrupted. */
  private static final String H2_UNINTERRUPTED = "jdbc:h2:async:";

  /** What is committed is in the file at once: a killed process has lost nothing. */
  private static final String H2_SETTINGS =
      ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DB_CLOSE_ON_EXIT=FALSE;WRITE_DELAY=0"
          + ";LOCK_TIMEOUT=10000";

  /** H2's code for a file that somebody else has open. */
  private static final int H2_IS_OPEN = 90_020;

  private static final String ONE_REPLICA =
      "another process has its file open, and a file is for one replica; several share a"
          + " PostgreSQL (store.url in upstream.yml).";

  private static final int CONNECTIONS = 16;

  /** Slack waits three seconds for an acknowledgement. */
  private static final int WAIT_MILLIS = 2_500;

  private static final int TRIES = 10;

  /**
   * Deadlock, serialization, lock timeout, concurrent change, and a key somebody was faster with.
   */
  private static final Set<String> WORTH_ANOTHER_TRY =
      Set.of("40001", "40P01", "55P03", "HYT00", "90131", "23505");

  private final HikariDataSource pool;
  private final boolean shared;
  private final ThreadLocal<Connection> current = new ThreadLocal<>();

  private Database(HikariDataSource pool, boolean shared) {
    this.pool = pool;
    this.shared = shared;
  }

  /** Something done to the database, wholly or not at all. */
  interface Step<T> {
    T in(Connection connection) throws SQLException;
  }

  /** Opens the database and brings its tables up to date; throws {@link StoreUnavailable}. */
  static Database open(String url, String user, String password) {
    boolean h2 = url.startsWith(H2);
    if (h2) {
      makeRoom(Path.of(url.substring(H2.length()).replaceAll(";.*", "")));
    }
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(h2 ? H2_UNINTERRUPTED + url.substring(H2.length()) + H2_SETTINGS : url);
    config.setUsername(user);
    config.setPassword(password);
    config.setMaximumPoolSize(CONNECTIONS);
    config.setConnectionTimeout(WAIT_MILLIS);
    config.setPoolName("store");
    config.setInitializationFailTimeout(-1); // what is wrong is said below, without a stack trace
    if (!h2) {
      config.addDataSourceProperty("ApplicationName", "upstream");
      config.addDataSourceProperty("connectTimeout", "5");
      config.addDataSourceProperty("socketTimeout", "30");
      config.addDataSourceProperty("tcpKeepAlive", "true");
    }
    Database database = new Database(new HikariDataSource(config), !h2);
    try {
      database.migrate(h2 ? "BINARY LARGE OBJECT" : "BYTEA");
      return database;
    } catch (RuntimeException e) {
      database.close();
      boolean taken = sql(e).filter(s -> s.getErrorCode() == H2_IS_OPEN).isPresent();
      throw new StoreUnavailable(
          "The store can't be opened: " + (taken ? ONE_REPLICA : reason(e)), e);
    }
  }

  /** Before the database is asked, which says it in its own way. */
  private static void makeRoom(Path file) {
    Path directory = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(file);
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new StoreUnavailable(unwritable(directory), e);
    }
    if (!Files.isWritable(directory)) {
      throw new StoreUnavailable(unwritable(directory), new AccessDeniedException("" + directory));
    }
  }

  private static String unwritable(Path directory) {
    return "The store can't be opened: nothing can be written to "
        + directory
        + "; name another place (store.url in upstream.yml).";
  }

  private void migrate(String bytes) {
    Flyway.configure()
        .dataSource(pool)
        .locations("classpath:db/migration")
        .placeholders(Map.of("bytes", bytes))
        .load()
        .migrate();
  }

  /** The innermost word of what went wrong: nothing of it is a secret. */
  private static String reason(Throwable e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.getClass().getSimpleName()
        + ": "
        + String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
  }

  /** Whether other machines use it too. */
  boolean shared() {
    return shared;
  }

  /** Connections of their own, each statement a transaction. */
  DataSource pool() {
    return pool;
  }

  /** A source that takes part in the transaction of the thread, where there is one. */
  DataSource bound() {
    return new BoundSource(pool, current);
  }

  /**
   * Does it in one transaction, again where others were in the way; inside of one, as a part of it.
   */
  <T> T in(Step<T> step) {
    Connection outer = current.get();
    if (outer != null) {
      return within(outer, step);
    }
    for (int tries = 1; ; tries++) {
      try {
        return once(step);
      } catch (SQLException e) {
        again(e, tries);
      } catch (RuntimeException e) {
        again(sql(e).orElseThrow(() -> e), tries);
      }
    }
  }

  private static <T> T within(Connection outer, Step<T> step) {
    try {
      return step.in(outer);
    } catch (SQLException e) {
      throw new StoreUnavailable("The store did not answer: " + reason(e), e);
    }
  }

  private static void again(SQLException e, int tries) {
    if (tries == TRIES || !WORTH_ANOTHER_TRY.contains(String.valueOf(e.getSQLState()))) {
      throw new StoreUnavailable("The store did not answer: " + reason(e), e);
    }
    pause(tries);
  }

  /** What a library wrapped. */
  private static Optional<SQLException> sql(Throwable broken) {
    for (Throwable e = broken; e != null; e = e.getCause()) {
      if (e instanceof SQLException sql) {
        return Optional.of(sql);
      }
    }
    return Optional.empty();
  }

  private <T> T once(Step<T> step) throws SQLException {
    try (Connection connection = pool.getConnection()) {
      connection.setAutoCommit(false);
      current.set(connection);
      try {
        T result = step.in(connection);
        connection.commit();
        return result;
      } catch (SQLException | RuntimeException | Error e) {
        connection.rollback();
        throw e;
      } finally {
        current.remove();
      }
    }
  }

  private static void pause(int tries) {
    try {
      Thread.sleep(ThreadLocalRandom.current().nextLong(10L * tries) + 1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    pool.close();
  }
}
