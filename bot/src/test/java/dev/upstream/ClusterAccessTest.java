package dev.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upstream.cli.Clusters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterAccessTest {
  private static final String KUBECONFIG =
      """
      apiVersion: v1
      kind: Config
      current-context: lab
      contexts:
        - {name: lab, context: {cluster: lab, user: lab}}
        - {name: other, context: {cluster: lab, user: lab}}
      clusters: [{name: lab, cluster: {server: "http://127.0.0.1:1"}}]
      users: [{name: lab, user: {}}]
      """;

  private static List<String> clusters(Path folder, boolean settings, String... named)
      throws IOException {
    Path kubeconfig = Files.writeString(folder.resolve("kubeconfig"), KUBECONFIG);
    Path config =
        Files.writeString(
            folder.resolve("upstream.yml"),
            "clusters:\n  - {name: east, kubeconfig: " + kubeconfig + ", context: other}\n");
    try (Clusters.Open open =
        new ClusterAccess()
            .live(
                Optional.of(kubeconfig),
                settings ? Optional.of(config) : Optional.empty(),
                List.of(named))) {
      return open.clusters();
    }
  }

  @Test
  void aClusterOfTheSettingsElseAContextOfThatName(@TempDir Path folder) throws IOException {
    assertThat(clusters(folder, true)).containsExactly("east");
    assertThat(clusters(folder, true, "east")).containsExactly("east");
    assertThat(clusters(folder, true, "all")).containsExactly("east");
    assertThat(clusters(folder, true, "lab")).containsExactlyInAnyOrder("east", "lab");
    assertThat(clusters(folder, true, "nowhere")).containsExactly("east");
    assertThat(clusters(folder, false)).containsExactlyInAnyOrder("lab", "other");
  }
}
