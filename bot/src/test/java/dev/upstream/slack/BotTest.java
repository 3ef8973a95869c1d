package dev.upstream.slack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upstream.answer.ClusterStatus;
import dev.upstream.answer.Directory;
import dev.upstream.conversation.Bytes;
import dev.upstream.conversation.Recordings;
import dev.upstream.policy.Policy;
import dev.upstream.snapshot.Snapshot;
import dev.upstream.store.TestDatabase.Engine;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the bot ends. */
class BotTest {
  /** There is nothing to choose from. */
  private static final class Empty implements Directory {
    @Override
    public List<String> clusters() {
      return List.of();
    }

    @Override
    public List<String> namespaces(String cluster) {
      return List.of();
    }

    @Override
    public List<String> services(String cluster, String namespace) {
      return List.of();
    }

    @Override
    public List<ClusterStatus> status() {
      return List.of();
    }
  }

  @Test
  void theJobsEndFirstWhileAllThatTheyNeedIsThere(@TempDir Path directory) throws Exception {
    try (CourierRig rig = new CourierRig(Engine.H2, directory)) {
      Bot bot =
          new Bot(
              rig.slack(),
              new OutgoingGuard(List.of()),
              new Bot.Ground(
                  Case1.collector(),
                  new Empty(),
                  cluster -> 1,
                  1,
                  Duration.ofDays(30),
                  rig.store.ledger(),
                  rig.store.outbox(),
                  rig.store.notes(),
                  new Untouched(),
                  () -> new Policy(List.of()),
                  Set::of,
                  id -> Optional.empty(),
                  ZoneOffset.UTC,
                  rig.clock,
                  "test",
                  () -> {
                    rig.want(rig.headline("h", "the last word"));
                    rig.allDone();
                  }));
      bot.close();

      assertThat(rig.texts()).containsExactly("the last word");
      assertThat(rig.workspace.violations()).isEmpty();
    }
  }

  /** Nobody looks again. */
  private static final class Untouched implements Recordings {
    @Override
    public Bytes pack(SortedMap<String, Snapshot> seen) {
      throw new IllegalStateException("nothing was seen");
    }

    @Override
    public SortedMap<String, Snapshot> unpack(Bytes bytes) {
      throw new IllegalStateException("nothing is kept");
    }
  }
}
