package dev.upstream.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** Recordings are large: only so many are held at a time, by whatever is begun. */
class BackgroundTest {
  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void whatIsBegunWaitsForRoomAndNeverForWhatWaitsItself() throws Exception {
    CountDownLatch started = new CountDownLatch(4);
    CountDownLatch go = new CountDownLatch(1);
    CountDownLatch told = new CountDownLatch(4);
    try (Background background = new Background()) {
      List<Future<Boolean>> first = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        first.add(
            background.begin(
                () -> {
                  started.countDown();
                  await(go);
                  return true;
                }));
      }
      started.await();
      Future<String> fifth = background.begin(() -> "done");
      for (int i = 0; i < 4; i++) {
        background.after(
            () -> {
              try {
                fifth.get();
                told.countDown();
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
      }
      assertThatThrownBy(() -> fifth.get(100, TimeUnit.MILLISECONDS))
          .isInstanceOf(TimeoutException.class);
      go.countDown();
      assertThat(fifth.get()).isEqualTo("done");
      told.await();
      for (Future<Boolean> each : first) {
        assertThat(each.get()).isTrue();
      }
    }
  }
}
