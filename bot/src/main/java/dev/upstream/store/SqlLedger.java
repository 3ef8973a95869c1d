package dev.upstream.store;

import dev.upstream.conversation.Begun;
import dev.upstream.conversation.Bytes;
import dev.upstream.conversation.Ledger;
import dev.upstream.conversation.Run;
import dev.upstream.conversation.RunState;
import dev.upstream.conversation.Wanted;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** {@link Ledger} in tables. */
final class SqlLedger implements Ledger {
  private static final int MOST_ATTEMPTS = 3;
  private static final int LONGEST_ID = 100;

  /** Each lost race means that somebody else's check ended just now. */
  private static final int RACES = 100;

  /** The posts of a run that stand in no thread of ours, those that Slack refused left out. */
  private static final String HEADLINES =
      "SELECT * FROM message WHERE run = ? AND parent IS NULL AND kind = 'POST'"
          + " AND state <> 'FAILED' ORDER BY since, id";

  private final Database database;
  private final Jobs jobs;

  SqlLedger(Database database, Jobs jobs) {
    this.database = database;
    this.jobs = jobs;
  }

  @Override
  public boolean claim(String delivery, Instant now) {
    return database.in(c -> claim(c, delivery, now));
  }

  @Override
  public boolean claim(String delivery, String work, Instant now) {
    return database.in(
        c -> {
          boolean first = claim(c, delivery, now);
          if (first) {
            jobs.addClaimed(delivery, work, now);
          }
          return first;
        });
  }

  @Override
  public void done(String delivery) {
    database.in(c -> jobs.done(c, delivery));
  }

  private static boolean claim(Connection c, String delivery, Instant now) throws SQLException {
    return Sql.run(
            c,
            "INSERT INTO delivery (id, taken_at) VALUES (?, ?) ON CONFLICT DO NOTHING",
            key(delivery),
            now)
        > 0;
  }

  /** A request's id, short enough for every table. */
  static String key(String delivery) {
    return delivery.length() <= LONGEST_ID ? delivery : digest(delivery);
  }

  private static String digest(String text) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  @Override
  public Begun begin(Run run, Wanted headline, String delivery, Instant now) {
    Begun begun =
        database.in(
            c -> claim(c, delivery, now) ? begin(c, run, headline, now) : new Begun.Duplicate());
    if (begun instanceof Begun.New) {
      jobs.wake();
    }
    return begun;
  }

  private Begun begin(Connection c, Run run, Wanted headline, Instant now) throws SQLException {
    for (int tries = 0; tries < RACES; tries++) {
      Optional<Run> inFlight = RunRow.inFlight(c, run.joinKey());
      if (inFlight.isPresent()) {
        return join(c, inFlight.get(), headline, now);
      }
      if (RunRow.insert(c, run)) {
        Wants.begin(c, headline, now);
        jobs.add(run.id(), now);
        return new Begun.New(run);
      }
    }
    throw new IllegalStateException("there is a run of the id " + run.id() + " already");
  }

  private static Begun join(Connection c, Run run, Wanted headline, Instant now)
      throws SQLException {
    for (MessageRow other : headlines(c, run.id())) {
      Wanted there = other.wanted();
      if (there.place().team().equals(headline.place().team())
          && there.place().channel().equals(headline.place().channel())) {
        return new Begun.Linked(run, there.id(), other.ts());
      }
    }
    Wanted own =
        new Wanted(
            headline.id(),
            Optional.of(run.id()),
            headline.place(),
            headline.parent(),
            headline.position(),
            headline.content(),
            headline.revision(),
            headline.last());
    Wants.begin(c, own, now);
    return new Begun.Joined(run);
  }

  private static List<MessageRow> headlines(Connection c, String run) throws SQLException {
    return Sql.all(c, HEADLINES, MessageRow::of, run);
  }

  /** Counts an attempt, if there is room for one more check in each of the clusters. */
  Start start(String id, Map<String, Integer> clusters, Instant now) {
    return database.in(
        c -> {
          Optional<Run> run = RunRow.locked(c, id);
          if (run.isEmpty() || run.get().state().over()) {
            return new Start.Over();
          }
          if (run.get().attempt() >= MOST_ATTEMPTS) {
            return new Start.Enough(run.get());
          }
          if (!room(c, id, clusters)) {
            return new Start.Busy();
          }
          Sql.run(
              c,
              "UPDATE run SET state = 'RUNNING', attempt = attempt + 1,"
                  + " started_at = COALESCE(started_at, ?) WHERE id = ?",
              now,
              id);
          return new Start.Go(RunRow.find(c, id).orElseThrow());
        });
  }

  /** Clusters in the order of their names, so that two runs never wait for each other. */
  private static boolean room(Connection c, String run, Map<String, Integer> clusters)
      throws SQLException {
    SortedMap<String, Integer> sorted = new TreeMap<>(clusters);
    for (Map.Entry<String, Integer> entry : sorted.entrySet()) {
      String cluster = entry.getKey();
      Doors.hold(c, "checks/" + cluster);
      long others =
          Sql.one(
                  c,
                  "SELECT COUNT(*) AS others FROM turn WHERE cluster = ? AND run <> ?",
                  r -> r.getLong("others"),
                  cluster,
                  run)
              .orElse(0L);
      if (others >= entry.getValue()) {
        return false;
      }
    }
    Sql.run(c, "DELETE FROM turn WHERE run = ?", run);
    for (String cluster : sorted.keySet()) {
      Sql.run(c, "INSERT INTO turn (cluster, run) VALUES (?, ?)", cluster, run);
    }
    return true;
  }

  @Override
  public boolean finish(
      Run run, RunState end, Function<List<Wanted>, List<Wanted>> words, Instant now) {
    if (!end.over()) {
      throw new IllegalArgumentException(end + " is no end");
    }
    return database.in(
        c -> {
          Optional<Run> found = RunRow.locked(c, run.id());
          if (found.isEmpty()
              || found.get().state().over()
              || found.get().attempt() != run.attempt()) {
            return false;
          }
          for (Wanted word : words.apply(wanted(headlines(c, run.id())))) {
            Wants.settle(c, word, now);
          }
          Sql.run(
              c,
              "UPDATE run SET state = ?, finished_at = ?, in_flight = NULL WHERE id = ?",
              end,
              now,
              run.id());
          Sql.run(c, "DELETE FROM turn WHERE run = ?", run.id());
          return true;
        });
  }

  private static List<Wanted> wanted(List<MessageRow> rows) {
    return rows.stream().map(MessageRow::wanted).toList();
  }

  @Override
  public void keep(String run, Bytes bundle, Instant now) {
    database.in(
        c -> {
          Sql.run(c, "DELETE FROM snapshot WHERE run = ?", run);
          return Sql.run(
              c,
              "INSERT INTO snapshot (run, kept_at, bundle) VALUES (?, ?, ?)",
              run,
              now,
              bundle.array());
        });
  }

  @Override
  public Optional<Bytes> kept(String run) {
    return database
        .in(
            c ->
                Sql.one(
                    c,
                    "SELECT bundle FROM snapshot WHERE run = ?",
                    r -> Sql.bytes(r, "bundle"),
                    run))
        .flatMap(b -> b)
        .map(Bytes::of);
  }

  @Override
  public Optional<Run> run(String id) {
    return database.in(c -> RunRow.find(c, id));
  }

  @Override
  public Optional<Wanted> at(String team, String channel, String ts) {
    return message("channel = ? AND ts = ? AND team = ?", channel, ts, team);
  }

  @Override
  public Optional<Wanted> message(String id) {
    return message("id = ?", new Object[] {id});
  }

  private Optional<Wanted> message(String condition, Object... values) {
    return database.in(
        c ->
            Sql.one(c, "SELECT * FROM message WHERE " + condition, MessageRow::of, values)
                .map(MessageRow::wanted));
  }

  @Override
  public List<Wanted> headlines(String run) {
    return wanted(database.in(c -> headlines(c, run)));
  }
}
