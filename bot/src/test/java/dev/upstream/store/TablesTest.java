package dev.upstream.store;

import static dev.upstream.store.TestDatabase.T0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.upstream.conversation.Bytes;
import dev.upstream.conversation.Feedback;
import dev.upstream.conversation.Run;
import dev.upstream.conversation.RunState;
import dev.upstream.conversation.Taken;
import dev.upstream.store.TestDatabase.Engine;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/** How the tables come about, and how they are kept small. */
@ParameterizedClass
@EnumSource(Engine.class)
class TablesTest {
  private static final Duration MONTH = Duration.ofDays(30);

  private final Engine engine;
  @TempDir private Path directory;
  private TestDatabase database;

  TablesTest(Engine engine) {
    this.engine = engine;
  }

  @BeforeEach
  void name() {
    database = TestDatabase.of(engine, directory);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void theTablesAreMadeOnceAndThenFound() {
    Store first = database.open();
    first.ledger().claim("d", T0);
    Store second = database.open();
    assertThat(second.ledger().claim("d", T0)).isFalse();
    database.close();

    assertThat(database.open().ledger().claim("d", T0)).isFalse();
    try (Database tables = database.tables()) {
      assertThat(applied(tables)).isEqualTo(1);
    }
  }

  private static long applied(Database tables) {
    return tables.in(
        c ->
            Sql.one(
                    c,
                    "SELECT COUNT(*) AS n FROM flyway_schema_history WHERE success AND version ="
                        + " '1'",
                    r -> r.getLong("n"))
                .orElse(0L));
  }

  @Test
  void aReplicaStillStartsWhileANewerOneHasChangedTheTables() {
    database.open();
    try (Database tables = database.tables()) {
      tables.in(
          c ->
              Sql.run(
                  c,
                  "INSERT INTO flyway_schema_history (installed_rank, version, description, type,"
                      + " script, checksum, installed_by, execution_time, success) VALUES (99,"
                      + " '99', 'later', 'SQL', 'V99__later.sql', 1, 'x', 1, TRUE)"));
    }

    assertThat(database.open().ledger().claim("d", T0)).isTrue();
  }

  @Test
  void aClockThatIsFarFromTheStoresIsNamed() {
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    Logger logger = (Logger) LoggerFactory.getLogger(Skew.class);
    log.start();
    logger.addAppender(log);
    try (Database tables = database.tables()) {
      Skew.watch(tables, Instant::now);
      Skew.watch(tables, () -> Instant.now().plusSeconds(3_600));
      Skew.watch(tables, () -> Instant.now().minusSeconds(3_600));
    } finally {
      logger.detachAppender(log);
    }

    List<String> said = log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    if (engine == Engine.H2) {
      assertThat(said).as("a file is on the same machine").isEmpty();
    } else {
      assertThat(said).hasSize(2);
      assertThat(said.getFirst()).contains(" s ahead of the store's");
      assertThat(said.getLast()).contains(" s behind the store's");
    }
  }

  @Test
  void anInterruptedThreadBreaksTheStoreForNobodyElse() throws InterruptedException {
    Store store = database.open();
    AtomicInteger claimed = new AtomicInteger();
    for (int i = 0; i < 20; i++) {
      String id = "d" + i;
      Thread thread =
          Thread.ofPlatform()
              .start(
                  () -> {
                    for (int j = 0; !Thread.currentThread().isInterrupted(); j++) {
                      store.ledger().claim(id + "-" + j, T0);
                      claimed.incrementAndGet();
                    }
                  });
      int before = claimed.get();
      while (claimed.get() < before + 3) {
        Thread.onSpinWait();
      }
      thread.interrupt();
      thread.join();
      assertThat(store.ledger().claim(id, T0)).isTrue();
    }
  }

  @Test
  void whatIsOldGoesAndWhatIsNotStays() {
    Store store = database.open();
    end(store, "old", T0);
    end(store, "new", T0.plus(MONTH));
    Run waiting = Words.run("waiting", "waiting.example.com", T0);
    store.ledger().begin(waiting, Words.headline("h-waiting", "waiting", "C9"), "d-w", T0);

    try (Database tables = database.tables()) {
      int gone = new Sweep(tables).olderThan(MONTH, T0.plus(MONTH).plusSeconds(60));
      assertThat(gone).isPositive();
      assertThat(new Sweep(tables).olderThan(MONTH, T0.plus(MONTH).plusSeconds(60))).isZero();
    }

    assertThat(store.ledger().run("old")).isEmpty();
    assertThat(store.ledger().kept("old")).isEmpty();
    assertThat(store.ledger().message("h-old")).isEmpty();
    assertThat(store.notes().feedback("old")).isEmpty();
    assertThat(store.ledger().claim("d-old", T0)).isTrue();
    assertThat(store.ledger().run("new")).isPresent();
    assertThat(store.ledger().kept("new")).isPresent();
    assertThat(store.ledger().message("h-new")).isPresent();
    assertThat(store.notes().feedback("new")).hasSize(1);
    assertThat(store.ledger().run("waiting")).contains(waiting);
  }

  private static void end(Store store, String id, Instant now) {
    Run run = Words.run(id, id + ".example.com", now);
    store.ledger().begin(run, Words.headline("h-" + id, id, "C-" + id), "d-" + id, now);
    Taken taken = store.outbox().take(9, Duration.ofSeconds(30), now).getFirst();
    store.outbox().sent(taken, Optional.of("1.1"), now);
    store.ledger().keep(run, Bytes.of(new byte[] {1}), now);
    Run started = ((Start.Go) ((SqlLedger) store.ledger()).start(id, Map.of(), now)).run();
    store.ledger().finish(started, RunState.ANSWERED, h -> List.of(), now);
    store.notes().feedback(new Feedback(id, Words.ANA, true, now));
  }

  @Test
  void aDatabaseThatIsNotThereIsNamedWithoutItsPassword() {
    assertThatThrownBy(
            () -> Store.open("jdbc:postgresql://127.0.0.1:1/none", "upstream", "hunter2"))
        .isInstanceOf(StoreUnavailable.class)
        .hasMessageStartingWith("The store can't be opened: ")
        .hasMessageNotContaining("hunter2");
  }
}
