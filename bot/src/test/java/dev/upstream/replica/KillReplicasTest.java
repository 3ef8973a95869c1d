package dev.upstream.replica;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upstream.WholeLog;
import dev.upstream.store.Store;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Replicas are killed as by kill -9 at random moments of checks, while people keep asking: nothing
 * that was acknowledged is lost, and nothing is said twice. {@code bin/kill-test} does it often.
 */
@WholeLog
class KillReplicasTest {
  private static final int OF_ONE = Integer.getInteger("upstream.kills", 8);
  private static final int OF_BOTH = Integer.getInteger("upstream.kills.both", 2);
  private static final int SOON_MILLIS = 400;
  private static final int LATE_MILLIS = 4_000;

  private final Random random = new Random(Seed.of(KillReplicasTest.class));
  @TempDir private Path directory;

  @Test
  void nothingAcknowledgedIsLostAndNothingIsSaidTwice() throws Exception {
    try (Replicas replicas = Replicas.start(2, directory)) {
      Store store = replicas.store();
      Crowd crowd = new Crowd(replicas, new Random(random.nextLong()));
      try (crowd) {
        crowd.start();
        for (boolean both : order()) {
          kill(replicas, crowd, both);
        }
      }
      Awaitility.await()
          .atMost(Duration.ofMinutes(15))
          .pollInterval(Duration.ofSeconds(1))
          .until(() -> store.outbox().waiting() == 0 && Verdict.of(replicas, crowd).isOver());

      Verdict verdict = Verdict.of(replicas, crowd);
      System.out.printf(
          "killed one replica %d times and both %d times%n%s%n%s%n",
          OF_ONE, OF_BOTH, verdict, replicas.workspace.figures());
      verdict.holds();
      assertThat(replicas.workspace.violations()).isEmpty();
    }
  }

  private List<Boolean> order() {
    List<Boolean> both = new ArrayList<>(Collections.nCopies(OF_ONE, false));
    both.addAll(Collections.nCopies(OF_BOTH, true));
    Collections.shuffle(both, random);
    return both;
  }

  /** At a random moment after somebody asked, more often soon than late. */
  private void kill(Replicas replicas, Crowd crowd, boolean both)
      throws InterruptedException, IOException {
    List<Replica> victims =
        both ? replicas.all() : List.of(replicas.all().get(random.nextInt(replicas.all().size())));
    crowd.awaitCommand();
    Thread.sleep(random.nextInt(random.nextBoolean() ? SOON_MILLIS : LATE_MILLIS));
    victims.forEach(Replica::kill);
    for (Replica victim : victims) {
      victim.start();
    }
    victims.forEach(Replica::awaitReady);
  }
}
