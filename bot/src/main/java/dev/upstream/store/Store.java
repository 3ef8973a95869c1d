package dev.upstream.store;

import dev.upstream.conversation.Ledger;
import dev.upstream.conversation.Notes;
import dev.upstream.conversation.Outbox;
import dev.upstream.conversation.Work;
import java.time.InstantSource;

/**
 * What outlives a restart: an H2 file for one replica, PostgreSQL for several that share it. Every
 * port of it throws {@link StoreUnavailable} when the database does not answer.
 */
public final class Store implements AutoCloseable {
  private final Database database;
  private final Jobs jobs;
  private final SqlLedger ledger;
  private final SqlOutbox outbox;
  private final SqlNotes notes;

  private Store(Database database, InstantSource clock) {
    this.database = database;
    this.jobs = new Jobs(database, clock);
    this.ledger = new SqlLedger(database, jobs);
    this.outbox = new SqlOutbox(database);
    this.notes = new SqlNotes(database);
  }

  /**
   * Opens the store and brings its tables up to date; throws {@link StoreUnavailable}.
   *
   * @param url {@code jdbc:h2:file:PATH} or {@code jdbc:postgresql://HOST/DATABASE}
   */
  public static Store open(String url, String user, String password) {
    return open(url, user, password, InstantSource.system());
  }

  /**
   * @param clock by which jobs are due; messages bring their own time
   */
  public static Store open(String url, String user, String password, InstantSource clock) {
    return new Store(Database.open(url, user, password), clock);
  }

  public Ledger ledger() {
    return ledger;
  }

  public Outbox outbox() {
    return outbox;
  }

  public Notes notes() {
    return notes;
  }

  /** Begins to do the jobs of runs in this replica, until the store is closed. */
  public void work(Work work, JobSettings settings) {
    jobs.start(ledger, work, settings);
  }

  /** Takes no more jobs, and lets those in hand say their last words; closing does that too. */
  public void rest() {
    jobs.close();
  }

  @Override
  public void close() {
    jobs.close();
    database.close();
  }
}
