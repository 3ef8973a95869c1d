package dev.upstream.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Answers that stay good for a while. */
class RememberedTest {
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-11-21T10:00:00Z"));
  private final AtomicInteger asked = new AtomicInteger();
  private final Remembered<String, Integer> remembered =
      new Remembered<>(Duration.ofSeconds(50), 3, now::get);

  private Optional<Integer> get(String key) {
    return remembered.get(key, k -> Optional.of(asked.incrementAndGet()));
  }

  private void after(Duration time) {
    now.updateAndGet(n -> n.plus(time));
  }

  @Test
  void anAnswerIsGoodForItsTimeAndNotLonger() {
    assertThat(remembered.now("a")).isEmpty();
    assertThat(get("a")).contains(1);
    after(Duration.ofMillis(49_999));
    assertThat(get("a")).contains(1);
    assertThat(remembered.now("a")).contains(1);
    after(Duration.ofMillis(1));
    assertThat(remembered.now("a")).isEmpty();
    assertThat(get("a")).contains(2);
  }

  @Test
  void itsAgeCountsFromBeforeItWasAskedFor() {
    remembered.get(
        "a",
        k -> {
          after(Duration.ofSeconds(40));
          return Optional.of(1);
        });
    after(Duration.ofSeconds(9));
    assertThat(remembered.now("a")).contains(1);
    after(Duration.ofSeconds(1));
    assertThat(remembered.now("a")).isEmpty();
  }

  @Test
  void aClockThatGoesBackMakesNothingGoodForLonger() {
    assertThat(get("a")).contains(1);
    after(Duration.ofSeconds(-1));
    assertThat(remembered.now("a")).isEmpty();
  }

  @Test
  void noAnswerAndABugAreNotRemembered() {
    assertThat(remembered.get("a", k -> Optional.empty())).isEmpty();
    assertThatThrownBy(
            () ->
                remembered.get(
                    "a",
                    k -> {
                      throw new IllegalStateException("bug");
                    }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(get("a")).contains(1);
  }

  @Test
  void onlyTheLatestAreKept() {
    for (String key : List.of("a", "b", "c")) {
      get(key);
    }
    get("a");
    get("d");
    assertThat(remembered.now("a")).contains(1);
    assertThat(remembered.now("b")).isEmpty();
    assertThat(remembered.now("d")).contains(4);
  }

  @Test
  void manyAtOnceAskOnce() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Optional<Integer>> first =
          threads.submit(
              () ->
                  remembered.get(
                      "a",
                      k -> {
                        begun.countDown();
                        awaited(go);
                        return Optional.of(asked.incrementAndGet());
                      }));
      begun.await();
      List<Future<Optional<Integer>>> others =
          IntStream.range(0, 20).mapToObj(i -> threads.submit(() -> get("a"))).toList();
      go.countDown();
      assertThat(first.get()).contains(1);
      for (Future<Optional<Integer>> other : others) {
        assertThat(other.get()).contains(1);
      }
    }
    assertThat(asked).hasValue(1);
  }

  private static void awaited(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
