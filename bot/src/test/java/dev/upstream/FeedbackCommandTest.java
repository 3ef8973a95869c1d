package dev.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upstream.answer.Question;
import dev.upstream.conversation.Asker;
import dev.upstream.conversation.Content;
import dev.upstream.conversation.Feedback;
import dev.upstream.conversation.Person;
import dev.upstream.conversation.Place;
import dev.upstream.conversation.Run;
import dev.upstream.conversation.RunState;
import dev.upstream.conversation.Wanted;
import dev.upstream.conversation.Work;
import dev.upstream.snapshot.Snapshot;
import dev.upstream.store.JobSettings;
import dev.upstream.store.Store;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code upstream feedback}: a wrong answer can be looked at again, as the bot saw it. */
class FeedbackCommandTest {
  private static final Instant NOW = Instant.parse("2026-11-21T10:16:00Z");
  private static final Path CASE_1 = Path.of("bundles", "case-1");
  private static final String HOST = "case1.example.com";
  private static final Person ANA = new Person("T1", "U1", "ana");
  private static final Person BEN = new Person("T1", "U2", "ben");

  @TempDir private Path directory;
  private Path config;

  @BeforeEach
  void settings() throws IOException {
    config =
        Files.writeString(
            directory.resolve("upstream.yml"),
            """
            clusters:
              - name: east
                bundle: %s
            store:
              url: %s
            """
                .formatted(CASE_1.toAbsolutePath(), url()));
  }

  private String url() {
    return "jdbc:h2:file:" + directory.resolve("store");
  }

  private Store store() {
    return Store.open(url(), "sa", "");
  }

  private static void asked(Store store, String id, String target) {
    Question question = new Question(target, List.of(), Optional.empty(), Optional.of("o'shop"));
    Run run = Run.of(id, new Asker(ANA, Place.of("T1", "C1"), Optional.empty()), question, NOW);
    Wanted headline =
        Wanted.headline("h-" + id, id, Place.of("T1", "C1"), new Content.Post("[]", "looking"));
    store.ledger().begin(run, headline, "command/" + id, NOW);
  }

  @Test
  void whatSomebodyFoundWrongIsListedAndAnsweredAgainFromItsBundle() {
    Snapshot seen = ClusterAccess.read(CASE_1).snapshot();
    try (Store store = store()) {
      asked(store, "run-1", HOST);
      asked(store, "run-2", "web.example.com");
      store.work(new Seeing(store, seen), new JobSettings(1, Duration.ofDays(30)));
      Awaitility.await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> store.ledger().run("run-1").orElseThrow().state().over());
      store.notes().feedback(new Feedback("run-1", ANA, false, NOW));
      store.notes().feedback(new Feedback("run-1", BEN, true, NOW.plusSeconds(60)));
      store.notes().feedback(new Feedback("run-2", BEN, true, NOW));
    }
    CliRun listed = CliRun.of("feedback", "--config", config, "-o", directory);
    assertThat(listed.status()).as(listed.err()).isZero();
    Path bundle = directory.resolve("run-1-east.tgz");
    assertThat(listed.out().lines())
        .containsExactly(
            "2026-11-21T10:17:00Z  case1.example.com  not useful: ana; useful: ben",
            "  upstream check case1.example.com -n 'o'\\''shop' --cluster east --from " + bundle);

    CliRun again = CliRun.of("check", HOST, "--cluster", "east", "--from", bundle);
    assertThat(again.status()).isEqualTo(1);
    assertThat(again.out()).contains("95 % of requests to case1.example.com fail");

    CliRun all = CliRun.of("feedback", "--config", config, "--all", "-o", directory);
    assertThat(all.out())
        .contains("web.example.com  not useful: nobody; useful: ben")
        .contains("  what was seen is not kept any more");
  }

  @Test
  void nothingToListIsSaid() {
    store().close();
    CliRun none = CliRun.of("feedback", "--config", config);
    assertThat(none.status()).isZero();
    assertThat(none.out()).isEmpty();
    assertThat(none.err()).isEqualTo("upstream: nobody found an answer wrong.\n");
  }

  /** As another process holds it: in this one, H2 would share what is open. */
  @Test
  void aStoreThatTheBotHoldsIsRefusedInASentence() throws IOException {
    store().close();
    try (FileChannel file =
            FileChannel.open(directory.resolve("store.mv.db"), StandardOpenOption.WRITE);
        FileLock lock = file.lock()) {
      assertThat(lock.isValid()).isTrue();
      CliRun locked = CliRun.of("feedback", "--config", config);
      assertThat(locked.status()).isEqualTo(64);
      assertThat(locked.err())
          .startsWith("upstream: The store can't be opened")
          .contains("stop it first")
          .hasLineCount(1);
    }
  }

  @Test
  void withoutAStoreNoneIsMade() {
    CliRun.of("feedback", "--config", config).refused("There is no store at", "--config");
    assertThat(directory.resolve("store.mv.db")).doesNotExist();
  }

  @Test
  void aDirectoryThatIsNotThereIsRefused() {
    CliRun.of("feedback", "--config", config, "-o", directory.resolve("none"))
        .refused("There is no directory", "make it first");
  }

  /** Sees the same whatever is asked; of the second check nothing is kept. */
  private record Seeing(Store store, Snapshot seen) implements Work {
    @Override
    public Map<String, Integer> clusters(Question question) {
      return Map.of();
    }

    @Override
    public void run(Run run) {
      if (run.id().equals("run-1")) {
        SortedMap<String, Snapshot> east = new TreeMap<>(Map.of("east", seen));
        store.ledger().keep(run, new PackedRecordings().pack(east), NOW);
      }
      store.ledger().finish(run, RunState.ANSWERED, headlines -> List.of(), NOW);
    }

    @Override
    public void tell(Run run, int failures) {}

    @Override
    public void waits(Run run) {}

    @Override
    public void takeUp(String work) {}

    @Override
    public void giveUp(Run run) {}
  }
}
