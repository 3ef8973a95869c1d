package dev.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upstream.answer.ClusterStatus;
import dev.upstream.answer.CombinedDirectory;
import dev.upstream.cluster.FakeApi;
import dev.upstream.cluster.Shop;
import dev.upstream.config.UpstreamConfig;
import dev.upstream.slack.Case1;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clusters of upstream.yml, live and recorded, and what there is to choose from in them. */
class ReachTest {
  private static final Path RECORDING =
      Path.of("src/test/resources/scenarios/scaled-to-zero/subset-at-zero/cluster")
          .toAbsolutePath();

  @TempDir private Path folder;

  @Test
  void liveAndRecordedClustersStandSideBySide() throws Exception {
    try (FakeApi api = Shop.healthy();
        Reach reach = ConfiguredClusters.reach(settings(api))) {
      assertThat(reach.collector().clusters()).containsExactlyInAnyOrder("live", "old");
      assertThat(reach.directory().clusters()).containsExactlyInAnyOrder("live", "old");
      assertThat(api.asked()).isEmpty();

      assertThat(reach.directory().namespaces("old")).contains("shop");
      assertThat(reach.directory().services("old", "shop")).contains("web");
      assertThat(api.asked()).isEmpty();

      Bot.eventually()
          .until(() -> reach.directory().services("live", "shop").equals(List.of("web")));
      assertThat(reach.directory().services("elsewhere", "shop")).isEmpty();
      assertThat(reach.directory().status())
          .extracting(ClusterStatus::cluster, ClusterStatus::recorded)
          .containsExactlyInAnyOrder(
              org.assertj.core.groups.Tuple.tuple("live", false),
              org.assertj.core.groups.Tuple.tuple("old", true));
    }
  }

  @Test
  void onePartThatDoesNotCloseLeavesNoneOpen() {
    List<String> closed = new ArrayList<>();
    Reach reach =
        new Reach(
            Case1.collector(),
            new CombinedDirectory(List.of()),
            List.of(
                () -> {
                  throw new IllegalStateException("it does not");
                },
                () -> closed.add("other")));

    assertThatThrownBy(reach::close).hasMessage("it does not");
    assertThat(closed).containsExactly("other");
  }

  private UpstreamConfig settings(FakeApi api) throws Exception {
    Files.writeString(
        folder.resolve("kubeconfig"),
        """
        apiVersion: v1
        kind: Config
        clusters: [{name: c, cluster: {server: "%s"}}]
        users: [{name: u, user: {token: t}}]
        contexts: [{name: c, context: {cluster: c, user: u}}]
        current-context: c
        """
            .formatted(api.url()));
    Path file = folder.resolve("upstream.yml");
    Files.writeString(
        file,
        """
        clusters:
          - {name: old, bundle: "%s"}
          - {name: live, kubeconfig: kubeconfig}
        default: live
        """
            .formatted(RECORDING));
    return UpstreamConfig.read(file);
  }
}
