package dev.upstream.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upstream.answer.Question;
import dev.upstream.conversation.Run;
import dev.upstream.conversation.RunState;
import dev.upstream.conversation.Taken;
import dev.upstream.conversation.Work;
import dev.upstream.store.TestDatabase.Engine;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A process is killed as by kill -9: what it had committed is there, what it did is taken up. */
@ParameterizedClass
@EnumSource(Engine.class)
class KillTest {
  private final Engine engine;
  @TempDir private Path directory;

  KillTest(Engine engine) {
    this.engine = engine;
  }

  @Test
  void nothingCommittedIsLostAndTheJobIsTakenUp() throws Exception {
    try (TestDatabase database = TestDatabase.of(engine, directory)) {
      List<String> claimed = untilKilled(database);
      Store store = database.open();

      assertThat(claimed).hasSizeGreaterThanOrEqualTo(20);
      assertThat(claimed.stream().filter(id -> store.ledger().claim(id, Instant.now()))).isEmpty();
      assertThat(store.outbox().take(9, Duration.ofSeconds(30), Instant.now().plusSeconds(31)))
          .singleElement()
          .extracting(Taken::unknown)
          .isEqualTo(true);
      store.work(new Survivor(store), new JobSettings(2, Duration.ofDays(30), JobsTest.FAST));
      JobsTest.eventually()
          .until(() -> store.ledger().run("run-1").orElseThrow().state() == RunState.ANSWERED);
      assertThat(store.ledger().run("run-1").orElseThrow().attempt()).isEqualTo(2);
    }
  }

  private static List<String> untilKilled(TestDatabase database) throws IOException {
    String classes =
        Optional.ofNullable(System.getProperty("surefire.test.class.path"))
            .orElse(System.getProperty("java.class.path"));
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classes,
                Doomed.class.getName(),
                database.url,
                database.user)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    List<String> claimed = new ArrayList<>();
    boolean began = false;
    try (BufferedReader lines = process.inputReader()) {
      String line = lines.readLine();
      while (line != null) {
        began |= line.equals("began");
        if (line.startsWith("claim-")) {
          claimed.add(line);
        }
        if (began && claimed.size() >= 20) {
          process.toHandle().destroyForcibly();
        }
        line = lines.readLine();
      }
    } finally {
      process.toHandle().destroyForcibly();
      process.onExit().join();
    }
    assertThat(process.exitValue()).as("killed").isEqualTo(128 + 9);
    return claimed;
  }

  /** Another replica. */
  private record Survivor(Store store) implements Work {
    @Override
    public Map<String, Integer> clusters(Question question) {
      return Map.of("east", 9);
    }

    @Override
    public void run(Run run) {
      store.ledger().finish(run, RunState.ANSWERED, h -> List.of(), Instant.now());
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
      throw new IllegalStateException("too early");
    }
  }
}
