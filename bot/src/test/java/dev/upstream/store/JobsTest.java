package dev.upstream.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upstream.answer.Question;
import dev.upstream.conversation.Ledger;
import dev.upstream.conversation.Run;
import dev.upstream.conversation.RunState;
import dev.upstream.conversation.Work;
import dev.upstream.store.TestDatabase.Engine;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Jobs come to an end, whatever happens to those who do them. */
@ParameterizedClass
@EnumSource(Engine.class)
class JobsTest {
  static final JobSettings.Tempo FAST =
      new JobSettings.Tempo(
          Duration.ofMillis(500),
          Duration.ofMillis(100),
          Duration.ofMillis(50),
          Duration.ofMillis(200));

  private final Engine engine;
  @TempDir private Path directory;
  private TestDatabase database;
  private Store store;
  private Ledger ledger;

  JobsTest(Engine engine) {
    this.engine = engine;
  }

  @BeforeEach
  void open() {
    database = TestDatabase.of(engine, directory);
    store = database.open();
    ledger = store.ledger();
  }

  @AfterEach
  void close() {
    database.close();
  }

  /** What a job does in a test; the cluster is the target's first letter. */
  private record Doing(
      Ledger ledger,
      int perCluster,
      Body body,
      AtomicInteger givenUp,
      List<String> takenUp,
      List<String> waited,
      List<String> told,
      LastWords lastWords)
      implements Work {
    /** What else happens when it is given up, for which time. */
    interface LastWords {
      void say(int time);
    }

    interface Body {
      void run(Run run) throws InterruptedException;
    }

    Doing(Ledger ledger, Body body) {
      this(ledger, 9, body);
    }

    Doing(Ledger ledger, int perCluster, Body body) {
      this(ledger, perCluster, body, time -> {});
    }

    Doing(Ledger ledger, int perCluster, Body body, LastWords lastWords) {
      this(
          ledger,
          perCluster,
          body,
          new AtomicInteger(),
          new CopyOnWriteArrayList<>(),
          new CopyOnWriteArrayList<>(),
          new CopyOnWriteArrayList<>(),
          lastWords);
    }

    @Override
    public Map<String, Integer> clusters(Question question) {
      return Map.of(question.target().substring(0, 1), perCluster);
    }

    @Override
    public void run(Run run) throws InterruptedException {
      body.run(run);
    }

    @Override
    public void waits(Run run) {
      waited.add(run.id() + " " + run.state());
    }

    /** Breaks at first, and then can't be done at first. */
    @Override
    public void tell(Run run, int failures) {
      told.add(run.id() + " " + failures);
      if (told.size() == 1) {
        throw new IllegalStateException("the first try");
      }
      if (told.size() > 2) {
        ledger.finish(run, RunState.ANSWERED, h -> List.of(), Instant.now());
      }
    }

    /** Breaks at first. */
    @Override
    public void takeUp(String work) {
      takenUp.add(work);
      if (takenUp.size() == 1) {
        throw new IllegalStateException("the first try");
      }
    }

    @Override
    public void giveUp(Run run) {
      givenUp.incrementAndGet();
      lastWords.say(givenUp.get());
      ledger.finish(run, RunState.FAILED, h -> List.of(), Instant.now());
    }
  }

  private static JobSettings settings() {
    return new JobSettings(4, Duration.ofDays(30), FAST);
  }

  private void begin(String id, String target) {
    Instant now = Instant.now();
    ledger.begin(
        Words.run(id, target, now), Words.headline("h-" + id, id, "C-" + id), "d-" + id, now);
  }

  private void answer(Run run) {
    ledger.finish(run, RunState.ANSWERED, h -> List.of(), Instant.now());
  }

  static ConditionFactory eventually() {
    return Awaitility.await().atMost(Duration.ofSeconds(90)).pollInterval(Duration.ofMillis(20));
  }

  private void ends(String id, RunState state) {
    eventually().until(() -> ledger.run(id).orElseThrow().state() == state);
  }

  private void noJobIsLeft() {
    try (Database tables = database.tables()) {
      eventually()
          .until(
              () ->
                  tables.in(
                      c ->
                          Sql.all(
                                  c,
                                  "SELECT 1 AS one FROM scheduled_tasks WHERE task_name <> 'sweep'",
                                  r -> r.getInt("one"))
                              .isEmpty()));
    }
  }

  @Test
  void aJobIsDoneOnceByOneOfTheReplicas() {
    Map<String, AtomicInteger> done = new ConcurrentHashMap<>();
    Doing doing =
        new Doing(
            ledger,
            run -> {
              done.computeIfAbsent(run.id(), i -> new AtomicInteger()).incrementAndGet();
              answer(run);
            });
    for (int i = 0; i < 10; i++) {
      begin("early-" + i, "early" + i + ".example.com");
    }
    store.work(doing, settings());
    database.open().work(doing, settings());
    for (int i = 0; i < 10; i++) {
      begin("late-" + i, "late" + i + ".example.com");
    }

    for (int i = 0; i < 10; i++) {
      ends("early-" + i, RunState.ANSWERED);
      ends("late-" + i, RunState.ANSWERED);
    }
    noJobIsLeft();
    assertThat(done).hasSize(20).allSatisfy((id, n) -> assertThat(n).hasValue(1));
  }

  @Test
  void whatWasClaimedAndNotDoneIsTakenUp() {
    Instant longAgo = Instant.now().minusSeconds(60);
    assertThat(ledger.claim("press-1", "of one that died", longAgo)).isTrue();
    assertThat(ledger.claim("press-2", "of one that lives", longAgo)).isTrue();
    assertThat(ledger.claim("press-1", "again", longAgo)).isFalse();
    assertThat(ledger.claim("press-1", longAgo)).isFalse();
    ledger.done("press-2");
    Doing doing = new Doing(ledger, this::answer);
    database.open().work(doing, settings());

    noJobIsLeft();
    assertThat(doing.takenUp()).containsExactly("of one that died", "of one that died");
  }

  @Test
  void aJobThatBreaksIsTriedThreeTimesAndThenSaidToHaveFailed() {
    AtomicInteger tries = new AtomicInteger();
    Doing doing =
        new Doing(
            ledger,
            run -> {
              assertThat(run.attempt()).isEqualTo(tries.incrementAndGet());
              throw new IllegalStateException("broken");
            });
    store.work(doing, settings());
    begin("run-1", "shop.example.com");

    ends("run-1", RunState.FAILED);
    noJobIsLeft();
    assertThat(tries).hasValue(3);
    assertThat(doing.givenUp()).hasValue(1);
  }

  @Test
  void theStoreIsAwayWhenACheckIsGivenUpAndIsTriedAgain() {
    Doing doing =
        new Doing(
            ledger,
            9,
            run -> {
              throw new IllegalStateException("broken");
            },
            time -> {
              if (time < 3) {
                throw new StoreUnavailable("away", new IllegalStateException());
              }
            });
    store.work(doing, settings());
    begin("run-1", "shop.example.com");

    ends("run-1", RunState.FAILED);
    noJobIsLeft();
    assertThat(doing.givenUp()).hasValue(3);
  }

  @Test
  void whereNoWordsAreFoundForAFailureItIsSaidAllTheSame() {
    Doing doing =
        new Doing(
            ledger,
            9,
            run -> {
              throw new IllegalStateException("broken");
            },
            time -> {
              throw new IllegalStateException("no words");
            });
    store.work(doing, settings());
    begin("run-1", "shop.example.com");

    ends("run-1", RunState.FAILED);
    noJobIsLeft();
    assertThat(ledger.headlines("run-1"))
        .singleElement()
        .satisfies(h -> assertThat(Words.text(h)).startsWith("This check failed"))
        .satisfies(h -> assertThat(h.last()).isTrue());
  }

  @Test
  void aJobThatComesToNoEndIsTriedAgainToo() {
    AtomicInteger tries = new AtomicInteger();
    store.work(
        new Doing(
            ledger,
            run -> {
              if (tries.incrementAndGet() == 3) {
                answer(run);
              }
            }),
        settings());
    begin("run-1", "shop.example.com");

    ends("run-1", RunState.ANSWERED);
    assertThat(tries).hasValue(3);
  }

  @Test
  void oneClusterIsAskedBySoManyAtOnceOverAllReplicas() {
    Map<String, Semaphore> free = new ConcurrentHashMap<>();
    AtomicInteger tooMany = new AtomicInteger();
    Doing doing =
        new Doing(
            ledger,
            1,
            run -> {
              String cluster = run.question().target().substring(0, 1);
              Semaphore turn = free.computeIfAbsent(cluster, c -> new Semaphore(1));
              if (!turn.tryAcquire()) {
                tooMany.incrementAndGet();
              }
              Thread.sleep(20);
              turn.release();
              answer(run);
            });
    store.work(doing, settings());
    database.open().work(doing, settings());
    for (int i = 0; i < 4; i++) {
      begin("a-" + i, "a" + i + ".example.com");
      begin("b-" + i, "b" + i + ".example.com");
    }

    for (int i = 0; i < 4; i++) {
      ends("a-" + i, RunState.ANSWERED);
      ends("b-" + i, RunState.ANSWERED);
    }
    assertThat(tooMany).hasValue(0);
  }

  @Test
  void whoAskedFirstGoesFirstAndHoldsBackNobodyElsewhere() throws InterruptedException {
    List<String> order = new CopyOnWriteArrayList<>();
    CountDownLatch first = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    Doing doing =
        new Doing(
            ledger,
            1,
            run -> {
              order.add(run.id());
              if (run.id().equals("a-0")) {
                first.countDown();
                go.await();
              }
              answer(run);
            });
    store.work(doing, settings());
    database.open().work(doing, settings());
    begin("a-0", "a0.example.com");
    first.await();
    for (int i = 1; i <= 6; i++) {
      begin("a-" + i, "a" + i + ".example.com");
    }
    begin("b-1", "b1.example.com");
    ends("b-1", RunState.ANSWERED);
    eventually().until(() -> doing.waited().size() == 6);
    assertThat(order).containsExactly("a-0", "b-1");
    go.countDown();

    for (int i = 0; i <= 6; i++) {
      ends("a-" + i, RunState.ANSWERED);
    }
    noJobIsLeft();
    assertThat(order).containsExactly("a-0", "b-1", "a-1", "a-2", "a-3", "a-4", "a-5", "a-6");
    assertThat(doing.waited())
        .containsExactly(
            "a-1 WAITING",
            "a-2 WAITING",
            "a-3 WAITING",
            "a-4 WAITING",
            "a-5 WAITING",
            "a-6 WAITING");
  }

  @Test
  void aCheckThatNobodyIsFreeForSaysOnceThatItWaits() throws InterruptedException {
    CountDownLatch go = new CountDownLatch(1);
    CountDownLatch busy = new CountDownLatch(4);
    Doing doing =
        new Doing(
            ledger,
            run -> {
              busy.countDown();
              go.await();
              answer(run);
            });
    store.work(doing, settings());
    for (int i = 0; i < 4; i++) {
      begin("run-" + i, "shop" + i + ".example.com");
    }
    busy.await();
    List<String> before = List.copyOf(doing.waited());
    begin("late", "late.example.com");
    ends("late", RunState.WAITING);
    go.countDown();

    ends("late", RunState.ANSWERED);
    assertThat(doing.waited())
        .hasSize(before.size() + 1)
        .doesNotHaveDuplicates()
        .endsWith("late WAITING");
  }

  @Test
  void whatIsFoundAndNotToldLeavesTheClusterAndTheReplicaFree() {
    Doing doing =
        new Doing(
            ledger,
            1,
            run -> {
              if (run.id().equals("found")) {
                ledger.found(run, Instant.now());
              } else {
                answer(run);
              }
            });
    store.work(doing, new JobSettings(1, Duration.ofDays(30), FAST));
    begin("found", "shop1.example.com");
    eventually().until(() -> ledger.run("found").orElseThrow().state() == RunState.FOUND);
    begin("next", "shop2.example.com");
    ends("next", RunState.ANSWERED);

    ends("found", RunState.ANSWERED);
    noJobIsLeft();
    assertThat(doing.told()).containsExactly("found 0", "found 1", "found 0");
    assertThat(ledger.run("found").orElseThrow().attempt()).isEqualTo(1);
    assertThat(doing.givenUp()).hasValue(0);
  }

  @Test
  void whatAStoppedReplicaLeavesBehindIsTakenUpByAnother() throws InterruptedException {
    CountDownLatch began = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    store.work(
        new Doing(
            ledger,
            run -> {
              began.countDown();
              never.await();
            }),
        settings());
    begin("run-1", "shop.example.com");
    began.await();
    store.close();

    ledger = database.open().ledger();
    database.open().work(new Doing(ledger, this::answer), settings());
    ends("run-1", RunState.ANSWERED);
    assertThat(ledger.run("run-1").orElseThrow().attempt()).isEqualTo(2);
  }
}
