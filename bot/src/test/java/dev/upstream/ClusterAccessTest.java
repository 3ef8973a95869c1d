package dev.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upstream.cli.Clusters;
import dev.upstream.cli.Refusal;
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
  void whatIsNoFileOrNeverEndsIsRefused(@TempDir Path folder) throws IOException {
    Path huge = folder.resolve("huge");
    try (var file = new java.io.RandomAccessFile(huge.toFile(), "rw")) {
      file.setLength(1L << 32);
    }
    for (Path bad : List.of(Path.of("/dev/zero"), folder, huge)) {
      assertThatThrownBy(
              () -> new ClusterAccess().live(Optional.of(bad), Optional.empty(), List.of()))
          .isInstanceOf(Refusal.class)
          .hasMessageContaining("no file of at most");
      assertThatThrownBy(
              () -> new ClusterAccess().live(Optional.empty(), Optional.of(bad), List.of()))
          .isInstanceOf(Refusal.class)
          .hasMessageContaining("no file of at most");
    }
  }

  @Test
  void aBundleIsWrittenOverNothingAndOnlyInFormsThatCanBeReadAgain(@TempDir Path folder)
      throws IOException {
    Path there = Files.writeString(folder.resolve("a.tgz"), "x");
    ClusterAccess access = new ClusterAccess();

    assertThatThrownBy(() -> access.mayWrite(there)).hasMessageContaining("already");
    assertThatThrownBy(() -> access.mayWrite(folder.resolve("c.zip")))
        .hasMessageContaining(".tgz or a new directory");
    assertThatThrownBy(() -> access.mayWrite(folder.resolve("no/x.tgz")))
        .hasMessageContaining("the directory " + folder.resolve("no") + " does not exist");
    for (String name : List.of("b.tgz", "b.tar.gz", "b", "v1.2")) {
      assertThatCode(() -> access.mayWrite(folder.resolve(name))).doesNotThrowAnyException();
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
