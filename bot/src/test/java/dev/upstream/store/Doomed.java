package dev.upstream.store;

import dev.upstream.answer.Question;
import dev.upstream.conversation.Run;
import dev.upstream.conversation.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** A replica of its own process, which is about to be killed: begins a check, claims requests. */
final class Doomed implements Work {
  private Doomed() {}

  public static void main(String[] args) {
    try (Store store = Store.open(args[0], args[1], "")) {
      store.work(new Doomed(), new JobSettings(2, Duration.ofDays(30), JobsTest.FAST));
      Instant now = Instant.now();
      store
          .ledger()
          .begin(
              Words.run("run-1", "shop.example.com", now),
              Words.headline("h", "run-1", "C1"),
              "d",
              now);
      store.outbox().take(1, Duration.ofSeconds(30), now);
      for (int i = 0; ; i++) {
        store.ledger().claim("claim-" + i, now);
        System.out.println("claim-" + i);
      }
    }
  }

  @Override
  public Map<String, Integer> clusters(Question question) {
    return Map.of("east", 9);
  }

  @Override
  public void run(Run run) throws InterruptedException {
    System.out.println("began");
    Thread.sleep(Duration.ofDays(1));
  }

  @Override
  public void waits(Run run) {}

  @Override
  public void tell(Run run, int failures) {
    throw new IllegalStateException("it is told at once");
  }

  @Override
  public void takeUp(String work) {
    throw new IllegalStateException(work);
  }

  @Override
  public void giveUp(Run run) {
    System.out.println("gave up");
  }
}
