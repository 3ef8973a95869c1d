package dev.upstream.store;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.logging.LogLevel;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import dev.upstream.conversation.Content;
import dev.upstream.conversation.Run;
import dev.upstream.conversation.RunState;
import dev.upstream.conversation.Work;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The durable jobs of runs: whichever replica is free takes one, and another when it dies. */
final class Jobs implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Jobs.class);
  private static final String CHECK = "check";

  /** What is done after an acknowledgement, by the replica that gave it, as long as it lives. */
  private static final String CLAIMED = "claimed";

  /** What the replica gets before another takes it up. */
  private static final Duration GRACE = Duration.ofSeconds(20);

  private static final int MOST_FAILURES = 5;

  /** For the first one in line; the others have more time. */
  private static final Duration TURN_LATER = Duration.ofMillis(500);

  private static final Duration LONGEST_TURN_LATER = Duration.ofSeconds(10);

  /** Until an answer that can't be told is looked at again: a part of the time that passed. */
  private static final int PART = 4;

  private static final Duration SOONEST_TELL = Duration.ofSeconds(1);
  private static final Duration LATEST_TELL = Duration.ofSeconds(15);
  private static final Duration SWEEP_EVERY = Duration.ofHours(1);

  /** Where no better words are to be had. */
  private static final Content.Post FAILED =
      new Content.Post("[]", "This check failed; nothing is known about it. Ask again.");

  private final Database database;
  private final InstantSource clock;
  private final SchedulerClient client;
  private final List<Scheduler> running = new CopyOnWriteArrayList<>();
  private final List<Unbegun> watching = new CopyOnWriteArrayList<>();

  Jobs(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
    this.client = SchedulerClient.Builder.create(database.bound()).build();
  }

  /** Adds a run's job, in the transaction of the thread. */
  void add(String run, Instant due) {
    client.scheduleIfNotExists(new TaskInstance<>(CHECK, run), due);
  }

  /** Keeps what a request asked for until it is done, in the transaction of the thread. */
  void addClaimed(String delivery, String work, Instant now) {
    client.scheduleIfNotExists(
        new TaskInstance<>(CLAIMED, SqlLedger.key(delivery), work), now.plus(GRACE));
  }

  /** Somebody who takes it up just now ends it himself. */
  int done(Connection c, String delivery) throws SQLException {
    return Sql.run(
        c,
        "DELETE FROM scheduled_tasks WHERE task_name = ? AND task_instance = ? AND NOT picked",
        CLAIMED,
        SqlLedger.key(delivery));
  }

  /** Lets a job that waits for its turn look again: whoever asked first is taken first. */
  void hasten(Connection c, String run, Instant asked) throws SQLException {
    Sql.run(
        c,
        "UPDATE scheduled_tasks SET execution_time = ? WHERE task_name = ? AND task_instance = ?"
            + " AND NOT picked AND execution_time > ?",
        asked,
        CHECK,
        run,
        asked);
  }

  /** A job was committed: this replica may take it at once. */
  void wake() {
    running.forEach(Scheduler::triggerCheckForDueExecutions);
  }

  /** Begins to take jobs. */
  void start(SqlLedger ledger, Work work, JobSettings settings) {
    CustomTask<Void> check =
        Tasks.custom(CHECK, Void.class)
            .onDeadExecution(
                (complete, operations) -> operations.reschedule(complete, clock.instant()))
            .onFailure(
                (complete, operations) ->
                    operations.reschedule(complete, clock.instant().plus(settings.tempo().retry())))
            .execute(
                (instance, context) ->
                    attempt(
                        ledger,
                        work,
                        instance.getId(),
                        context.getExecution().consecutiveFailures));
    CustomTask<String> claimed =
        Tasks.custom(CLAIMED, String.class)
            .onDeadExecution(
                (complete, operations) -> operations.reschedule(complete, clock.instant()))
            .onFailure(
                (complete, operations) -> {
                  if (complete.getExecution().consecutiveFailures < MOST_FAILURES) {
                    operations.reschedule(complete, clock.instant().plus(settings.tempo().retry()));
                  } else {
                    LOG.error("What was asked for as {} came to nothing", instance(complete));
                    operations.remove();
                  }
                })
            .execute(
                (instance, context) -> {
                  work.takeUp(instance.getData());
                  return (complete, operations) -> operations.remove();
                });
    RecurringTask<Void> sweep =
        Tasks.recurring("sweep", FixedDelay.of(SWEEP_EVERY))
            .execute(
                (instance, context) -> {
                  Skew.watch(database, clock);
                  new Sweep(database).olderThan(settings.keep(), clock.instant());
                });
    Scheduler scheduler =
        Scheduler.create(database.pool(), check, claimed)
            .startTasks(sweep)
            .schedulerName(new SchedulerName.Fixed("upstream-" + UUID.randomUUID()))
            .clock(clock::instant)
            .threads(settings.parallel())
            .pollingInterval(settings.tempo().poll())
            .heartbeatInterval(settings.tempo().heartbeat())
            .missedHeartbeatsLimit(4)
            .shutdownMaxWait(settings.tempo().lastWords())
            .failureLogging(LogLevel.WARN, false)
            .build();
    Skew.watch(database, clock);
    scheduler.start();
    running.add(scheduler);
    watching.add(Unbegun.watch(ledger, work, clock, settings.tempo().poll()));
  }

  private static String instance(ExecutionComplete complete) {
    return complete.getExecution().getId();
  }

  private CompletionHandler<Void> attempt(SqlLedger ledger, Work work, String id, int failures) {
    Optional<Run> known = ledger.run(id);
    if (known.isEmpty()) {
      return (complete, operations) -> operations.remove();
    }
    Map<String, Integer> clusters = work.clusters(known.get().question());
    return switch (ledger.start(id, clusters, clock.instant())) {
      case Start.Over o -> (complete, operations) -> operations.remove();
      case Start.Busy b ->
          (complete, operations) ->
              operations.reschedule(complete, clock.instant().plus(turnLater(b.ahead())));
      case Start.Found f when failures > MOST_FAILURES -> {
        giveUp(ledger, work, f.run());
        yield (complete, operations) -> operations.remove();
      }
      case Start.Found f -> {
        work.tell(f.run(), failures);
        yield ended(ledger, f.run());
      }
      case Start.Enough e -> {
        giveUp(ledger, work, e.run());
        yield (complete, operations) -> operations.remove();
      }
      case Start.Go g -> {
        run(work, g.run());
        yield ended(ledger, g.run());
      }
    };
  }

  private static Duration turnLater(int ahead) {
    return shorter(TURN_LATER.multipliedBy(ahead + 1L), LONGEST_TURN_LATER);
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }

  private static void run(Work work, Run run) {
    try {
      work.run(run);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the replica stops", e);
    }
  }

  /** What becomes of the job after an attempt; throws when the attempt came to nothing. */
  private CompletionHandler<Void> ended(SqlLedger ledger, Run run) {
    Optional<Run> ours =
        ledger.run(run.id()).filter(r -> !r.state().over() && r.attempt() == run.attempt());
    if (ours.isEmpty()) {
      return (complete, operations) -> operations.remove();
    }
    Instant found =
        ours.filter(r -> r.state() == RunState.FOUND)
            .flatMap(Run::found)
            .orElseThrow(() -> new IllegalStateException("the check came to no end"));
    return (complete, operations) -> {
      Instant now = clock.instant();
      operations.reschedule(complete, now.plus(tellLater(Duration.between(found, now))));
    };
  }

  private static Duration tellLater(Duration passed) {
    Duration part = passed.dividedBy(PART);
    return shorter(part.compareTo(SOONEST_TELL) > 0 ? part : SOONEST_TELL, LATEST_TELL);
  }

  /** Nothing ends without a word: where the store is away just now, it is tried again. */
  private void giveUp(SqlLedger ledger, Work work, Run run) {
    LOG.error("Check {} was begun {} times and never came to an end", run.id(), run.attempt());
    try {
      work.giveUp(run);
    } catch (StoreUnavailable e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.error("Why check {} failed can't be told: {}", run.id(), e.toString());
    }
    ledger.finish(
        run,
        RunState.FAILED,
        headlines -> headlines.stream().map(h -> h.now(FAILED, true)).toList(),
        clock.instant());
  }

  /** Lets running checks say their last words; what is cut short begins again elsewhere. */
  @Override
  public void close() {
    watching.forEach(Unbegun::close);
    watching.clear();
    running.forEach(Scheduler::stop);
    running.clear();
  }
}
