package dev.upstream.store;

import static dev.upstream.store.TestDatabase.T0;
import static org.assertj.core.api.Assertions.assertThat;

import dev.upstream.conversation.Begun;
import dev.upstream.conversation.Outbox;
import dev.upstream.conversation.Run;
import dev.upstream.conversation.RunState;
import dev.upstream.conversation.Taken;
import dev.upstream.conversation.Wanted;
import dev.upstream.store.TestDatabase.Engine;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Two replicas, many threads, one database. */
@ParameterizedClass
@EnumSource(Engine.class)
class RacesTest {
  private static final int THREADS = 8;

  private final Engine engine;
  @TempDir private Path directory;
  private TestDatabase database;
  private List<Store> replicas = List.of();

  RacesTest(Engine engine) {
    this.engine = engine;
  }

  @BeforeEach
  void open() {
    database = TestDatabase.of(engine, directory);
    replicas = List.of(database.open(), database.open());
  }

  @AfterEach
  void close() {
    database.close();
  }

  /** One thread's part of a race. */
  private interface Racer<T> {
    T run(int thread, Store replica) throws Exception;
  }

  private <T> List<T> race(Racer<T> racer) throws Exception {
    CyclicBarrier start = new CyclicBarrier(THREADS);
    List<Callable<T>> all = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      int thread = i;
      all.add(
          () -> {
            start.await();
            return racer.run(thread, replicas.get(thread % replicas.size()));
          });
    }
    List<T> results = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      for (Future<T> future : threads.invokeAll(all)) {
        results.add(future.get());
      }
    }
    return results;
  }

  @Test
  void eachRequestIsClaimedOnce() throws Exception {
    List<Long> claimed =
        race(
            (thread, replica) ->
                IntStream.range(0, 50).filter(i -> replica.ledger().claim("d" + i, T0)).count());

    assertThat(claimed.stream().mapToLong(Long::longValue).sum()).isEqualTo(50);
  }

  @Test
  void askersOfTheSameGetOneCheck() throws Exception {
    for (int round = 0; round < 10; round++) {
      String target = "shop" + round + ".example.com";
      String name = "r" + round + "-";
      List<Begun> begun =
          race(
              (thread, replica) ->
                  replica
                      .ledger()
                      .begin(
                          Words.run(name + thread, target, T0),
                          Words.headline("h" + name + thread, name + thread, "C" + thread),
                          "d" + name + thread,
                          T0));

      assertThat(begun).filteredOn(b -> b instanceof Begun.New).hasSize(1);
      assertThat(begun).filteredOn(b -> b instanceof Begun.Joined).hasSize(THREADS - 1);
      Run run =
          begun.stream()
              .filter(b -> b instanceof Begun.New)
              .map(b -> ((Begun.New) b).run())
              .findFirst()
              .orElseThrow();
      assertThat(replicas.getFirst().ledger().headlines(run.id())).hasSize(THREADS);
    }
  }

  @Test
  void whoeverJoinsACheckThatEndsIsAnsweredOrGetsANewOne() throws Exception {
    for (int round = 0; round < 10; round++) {
      String name = "e" + round + "-";
      String target = "end" + round + ".example.com";
      SqlLedger ledger = (SqlLedger) replicas.getFirst().ledger();
      Run first = Words.run(name + "first", target, T0);
      ledger.begin(first, Words.headline("h" + name, first.id(), "C"), "d" + name, T0);
      Run running = ((Start.Go) ledger.start(first.id(), Map.of(), T0)).run();
      race(
          (thread, replica) ->
              thread == 0
                  ? ledger.finish(running, RunState.ANSWERED, RacesTest::answers, T0)
                  : replica
                      .ledger()
                      .begin(
                          Words.run(name + thread, target, T0),
                          Words.headline("h" + name + thread, name + thread, "C" + thread),
                          "d" + name + thread,
                          T0));

      assertThat(ledger.run(first.id()).orElseThrow().state()).isEqualTo(RunState.ANSWERED);
      assertThat(ledger.headlines(first.id())).extracting(Words::text).containsOnly("answer");
    }
  }

  private static List<Wanted> answers(List<Wanted> headlines) {
    return headlines.stream().map(h -> h.now(Words.post("answer"), true)).toList();
  }

  @Test
  void eachMessageIsInOneHandAndEveryOneIsSentInOrder() throws Exception {
    int headlines = 20;
    int below = 3;
    for (int i = 0; i < headlines; i++) {
      Wanted head = Words.headline("h" + i);
      List<Wanted> story = new ArrayList<>(List.of(head));
      for (int j = 1; j <= below; j++) {
        story.add(head.below("h" + i + "-" + j, j, Words.post("part " + j)));
      }
      replicas.get(i % 2).outbox().want(story, T0);
    }
    Map<String, AtomicInteger> hands = new ConcurrentHashMap<>();
    Map<String, List<String>> sent = new ConcurrentHashMap<>();
    AtomicLong clock = new AtomicLong();
    AtomicInteger left = new AtomicInteger(headlines * (1 + below));
    race(
        (thread, replica) -> {
          Outbox outbox = replica.outbox();
          while (left.get() > 0) {
            Instant now = T0.plusMillis(clock.addAndGet(200));
            for (Taken taken : outbox.take(4, Duration.ofDays(1), now)) {
              String id = taken.wanted().id();
              assertThat(taken.unknown()).isFalse();
              assertThat(hands.computeIfAbsent(id, k -> new AtomicInteger()).incrementAndGet())
                  .isEqualTo(1);
              sent.computeIfAbsent(
                      taken.wanted().place().channel(),
                      k -> java.util.Collections.synchronizedList(new ArrayList<>()))
                  .add(Words.text(taken.wanted()));
              outbox.sent(taken, Optional.of("ts-" + id), now);
              left.decrementAndGet();
            }
          }
          return true;
        });

    assertThat(hands).hasSize(headlines * (1 + below));
    assertThat(sent.values())
        .allSatisfy(
            texts -> assertThat(texts).containsExactly("looking", "part 1", "part 2", "part 3"));
    assertThat(replicas.getFirst().outbox().waiting()).isZero();
  }

  @Test
  void theNewestRevisionWinsWhoeverComesLast() throws Exception {
    replicas.getFirst().outbox().want(List.of(Words.headline("h")), T0);
    race(
        (thread, replica) -> {
          for (int i = 1; i <= 20; i++) {
            long revision = i * THREADS + thread;
            Wanted wanted =
                new Wanted(
                    "h",
                    Optional.of("run-h"),
                    Words.headline("h").place(),
                    Optional.empty(),
                    0,
                    Words.post("revision " + revision),
                    revision,
                    false);
            replica.outbox().want(List.of(wanted), T0);
          }
          return true;
        });

    List<Taken> taken = replicas.getFirst().outbox().take(5, Duration.ofSeconds(30), T0);
    assertThat(Words.text(taken.getFirst().wanted()))
        .isEqualTo("revision " + (20 * THREADS + THREADS - 1));
  }

  @Test
  void onlySoManyCallsGoThroughADoor() throws Exception {
    var door = dev.upstream.conversation.Method.UPDATE.at(Words.INCIDENTS);
    List<Integer> calls =
        race(
            (thread, replica) -> {
              int through = 0;
              for (int i = 0; i < 10; i++) {
                through += replica.outbox().reserve(door, T0).isEmpty() ? 1 : 0;
              }
              return through;
            });

    assertThat(calls.stream().mapToInt(Integer::intValue).sum()).isEqualTo(door.burst());
  }
}
