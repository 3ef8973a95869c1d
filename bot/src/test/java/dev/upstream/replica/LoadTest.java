package dev.upstream.replica;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upstream.WholeLog;
import dev.upstream.store.Store;
import dev.upstream.workspace.Ack;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hundred commands in one second, for two replicas on one PostgreSQL. */
@WholeLog
class LoadTest {
  private static final Duration BETWEEN = Duration.ofMillis(10);
  private static final Duration SLACKS = Duration.ofSeconds(3);
  private static final int ROUNDS = 3;

  private final Random random = new Random(Seed.of(LoadTest.class));
  @TempDir private Path directory;

  @Test
  void everyCommandIsAcknowledgedAndAnsweredOnce() throws Exception {
    try (Replicas replicas = Replicas.start(2, directory)) {
      Store store = replicas.store();
      for (int round = 0; round < ROUNDS; round++) {
        inOneSecond(replicas, forPractice(round));
        await(() -> store.outbox().waiting() == 0);
      }
      replicas.workspace.patience(SLACKS);
      Instant begin = Instant.now();
      List<Typed> typed = inOneSecond(replicas, commands());

      assertThat(typed).hasSize(100).allMatch(Typed::acknowledged);
      await(() -> isOver(replicas, store));
      System.out.println(replicas.workspace.figures());
      print(typed, Duration.between(begin, Instant.now()), Channels.now(replicas));
      assertThat(typed).allSatisfy(t -> isAnsweredOnce(Channels.now(replicas), t));
      assertThat(Channels.now(replicas).ids()).doesNotHaveDuplicates();
      assertThat(replicas.workspace.violations()).isEmpty();
    }
  }

  private static void await(Callable<Boolean> end) {
    Awaitility.await()
        .atMost(Duration.ofMinutes(5))
        .pollInterval(Duration.ofMillis(500))
        .until(end);
  }

  private static List<Typed> inOneSecond(Replicas replicas, List<Typed.Asked> all)
      throws InterruptedException, ExecutionException {
    try (ExecutorService people = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Typed>> typing = new ArrayList<>();
      long start = System.nanoTime();
      for (int i = 0; i < all.size(); i++) {
        LockSupport.parkNanos(start + i * BETWEEN.toNanos() - System.nanoTime());
        Typed.Asked asked = all.get(i);
        typing.add(people.submit(() -> new Typed(asked, replicas.types(asked))));
      }
      return got(typing);
    }
  }

  /**
   * A service that runs has loaded its classes and knows its people. The bot is in none of these
   * channels: nothing of it is posted, and Slack's limits are as if nothing had been.
   */
  private static List<Typed.Asked> forPractice(int round) {
    return IntStream.range(0, 100)
        .mapToObj(
            i ->
                new Typed.Asked(
                    Replicas.PEOPLE.get(i % Replicas.PEOPLE.size()),
                    Replicas.WITHOUT_BOT.get(i % Replicas.WITHOUT_BOT.size()),
                    "practice-" + round + "-" + i + "." + TwentyServices.host(i % 20)))
        .toList();
  }

  /** Twenty targets, each for five people, in ten channels, in any order. */
  private List<Typed.Asked> commands() {
    List<Typed.Asked> all = new ArrayList<>();
    for (int target = 0; target < TwentyServices.COUNT; target++) {
      for (String person : Replicas.PEOPLE) {
        String channel = Replicas.CHANNELS.get(random.nextInt(Replicas.CHANNELS.size()));
        all.add(new Typed.Asked(person, channel, TwentyServices.host(target)));
      }
    }
    Collections.shuffle(all, random);
    return all;
  }

  private static List<Typed> got(List<Future<Typed>> typing)
      throws InterruptedException, ExecutionException {
    List<Typed> typed = new ArrayList<>();
    for (Future<Typed> one : typing) {
      typed.add(one.get());
    }
    return typed;
  }

  private static boolean isOver(Replicas replicas, Store store) {
    return store.outbox().waiting() == 0
        && Channels.now(replicas).headlines().stream().allMatch(Channels.Said::isFinal);
  }

  private static void isAnsweredOnce(Channels channels, Typed typed) {
    int whispers = channels.whispers(typed.asked()).size();
    assertThat(channels.headlines(typed.asked()).size() + whispers).isEqualTo(1);
    assertThat(whispers).isEqualTo(typed.linked() ? 1 : 0);
    assertThat(channels.headlinesThere(typed.asked())).isNotEmpty();
  }

  private static void print(List<Typed> typed, Duration all, Channels channels) {
    List<Duration> acks = typed.stream().map(Typed::ack).map(Ack::took).sorted().toList();
    System.out.printf("figure: ack_p50_ms_at_100_a_second %d%n", acks.get(49).toMillis());
    System.out.printf("figure: ack_p99_ms_at_100_a_second %d%n", acks.get(98).toMillis());
    System.out.printf("figure: all_final_s_at_100_a_second %d%n", all.toSeconds());
    System.out.printf(
        "100 commands: %d headlines, %d linked, %d messages%n",
        channels.headlines().size(),
        typed.stream().filter(Typed::linked).count(),
        channels.ids().size());
  }
}
