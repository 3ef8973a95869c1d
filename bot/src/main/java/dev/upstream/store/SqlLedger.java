package dev.upstream.store;

import dev.upstream.conversation.Asker;
import dev.upstream.conversation.Begun;
import dev.upstream.conversation.Bytes;
import dev.upstream.conversation.Digest;
import dev.upstream.conversation.Ledger;
import dev.upstream.conversation.Outlook;
import dev.upstream.conversation.Run;
import dev.upstream.conversation.RunState;
import dev.upstream.conversation.Wanted;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
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
    return delivery.length() <= LONGEST_ID ? delivery : Digest.of(delivery);
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
        return join(c, inFlight.get(), run.asker(), headline, now);
      }
      if (RunRow.insert(c, run)) {
        Wants.begin(c, headline, now);
        jobs.add(run.id(), now);
        return new Begun.New(run);
      }
    }
    throw new IllegalStateException("there is a run of the id " + run.id() + " already");
  }

  private static Begun join(Connection c, Run run, Asker asker, Wanted headline, Instant now)
      throws SQLException {
    for (MessageRow other : headlines(c, run.id())) {
      Wanted there = other.wanted();
      if (there.place().team().equals(headline.place().team())
          && there.place().channel().equals(headline.place().channel())
          && Led.by(c, there.id(), run.id(), asker, now)) {
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
          if (run.get().state() == RunState.FOUND) {
            return new Start.Found(run.get());
          }
          if (run.get().attempt() >= MOST_ATTEMPTS) {
            return new Start.Enough(run.get());
          }
          Turns.Room room = Turns.take(c, new Turns.Wish(id, run.get().asked(), clusters), now);
          if (!room.free()) {
            return new Start.Busy(room.ahead());
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

  @Override
  public boolean finish(
      Run run, RunState end, Function<List<Wanted>, List<Wanted>> words, Instant now) {
    if (!end.over()) {
      throw new IllegalArgumentException(end + " is no end");
    }
    boolean ours =
        database.in(
            c -> {
              if (!inHand(c, run)) {
                return false;
              }
              List<Wanted> all = words.apply(wanted(headlines(c, run.id())));
              for (Wanted word : all) {
                Wants.settle(c, word, now);
              }
              Wants.overtake(c, run.id(), all, now);
              Sql.run(
                  c,
                  "UPDATE run SET state = ?, finished_at = ?, in_flight = NULL WHERE id = ?",
                  end,
                  now,
                  run.id());
              leave(c, run);
              return true;
            });
    jobs.wake();
    return ours;
  }

  /** Whether this attempt is the newest one, and the check is not over. */
  private static boolean inHand(Connection c, Run run) throws SQLException {
    return RunRow.locked(c, run.id())
        .filter(r -> !r.state().over() && r.attempt() == run.attempt())
        .isPresent();
  }

  @Override
  public boolean found(Run run, Instant now) {
    boolean ours =
        database.in(
            c -> {
              if (!inHand(c, run)) {
                return false;
              }
              Sql.run(
                  c, "UPDATE run SET state = 'FOUND', found_at = ? WHERE id = ?", now, run.id());
              leave(c, run);
              return true;
            });
    jobs.wake();
    return ours;
  }

  @Override
  public void leave(Run run) {
    database.in(
        c -> {
          boolean ours = inHand(c, run);
          if (ours) {
            leave(c, run);
          }
          return ours;
        });
    jobs.wake();
  }

  private void leave(Connection c, Run run) throws SQLException {
    for (Turns.Other next : Turns.leave(c, run.id())) {
      jobs.hasten(c, next.run(), next.asked());
    }
  }

  @Override
  public Outlook outlook(Run run, Map<String, Integer> clusters, int most) {
    return database.in(
        c -> {
          RunRow.Open open = RunRow.open(c, run.joinKey());
          if (open.same().isPresent()) {
            return open.same().get() == RunState.WAITING ? Outlook.WAITS : Outlook.AT_ONCE;
          }
          if (open.all() >= most) {
            return Outlook.TOO_MANY;
          }
          boolean room = Turns.room(c, new Turns.Wish(run.id(), run.asked(), clusters));
          return room ? Outlook.AT_ONCE : Outlook.WAITS;
        });
  }

  /** Those that nobody has begun although they were asked for before a time. */
  List<String> unbegun(Instant before) {
    return database.in(c -> RunRow.unbegun(c, before));
  }

  /** Says of such a one that others go first: the words are written while nobody can begin it. */
  boolean waits(String id, Consumer<Run> words) {
    return database.in(
        c -> {
          Optional<Run> run = RunRow.lockedUnbegun(c, id).map(Run::waiting);
          if (run.isPresent()) {
            Sql.run(c, "UPDATE run SET state = ? WHERE id = ?", RunState.WAITING, id);
            words.accept(run.get());
          }
          return run.isPresent();
        });
  }

  private static List<Wanted> wanted(List<MessageRow> rows) {
    return rows.stream().map(MessageRow::wanted).toList();
  }

  @Override
  public boolean keep(Run run, Bytes bundle, Instant now) {
    return database.in(
        c -> {
          boolean ours = inHand(c, run);
          if (ours) {
            Sql.run(c, "DELETE FROM snapshot WHERE run = ?", run.id());
            Sql.run(
                c,
                "INSERT INTO snapshot (run, kept_at, bundle) VALUES (?, ?, ?)",
                run.id(),
                now,
                bundle.array());
          }
          return ours;
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

  @Override
  public List<Asker> led(Wanted headline) {
    return database.in(c -> Led.to(c, headline));
  }
}
