package dev.upstream.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who opens the store is told by the environment or mounted files, and not repeated. */
class StoreAccessTest {
  private static final StoreSettings POSTGRESQL =
      new StoreSettings("jdbc:postgresql://db/upstream", Duration.ofDays(30));

  @TempDir private Path directory;

  @Test
  void theEnvironmentAndMountedFilesAreRead() throws IOException {
    Path file = directory.resolve("password");
    Files.writeString(file, "hunter2 with blanks\n");

    StoreAccess access =
        StoreAccess.from(
            Map.of("UPSTREAM_STORE_USER", "bot", "UPSTREAM_STORE_PASSWORD_FILE", file.toString()),
            POSTGRESQL);

    assertThat(access).isEqualTo(new StoreAccess("bot", "hunter2 with blanks"));
    assertThat(access.toString()).doesNotContain("hunter2");
  }

  @Test
  void aFileOfThisMachineNeedsNone() {
    assertThat(StoreAccess.from(Map.of(), StoreSettings.in(directory)))
        .isEqualTo(new StoreAccess("sa", ""));
  }

  @Test
  void whatIsMissingIsNamed() {
    refused(Map.of(), "UPSTREAM_STORE_USER is not set: give it, or UPSTREAM_STORE_USER_FILE");
    refused(Map.of("UPSTREAM_STORE_USER", "bot"), "UPSTREAM_STORE_PASSWORD is not set");
    refused(
        Map.of("UPSTREAM_STORE_USER", "bot", "UPSTREAM_STORE_PASSWORD_FILE", "/no/such"),
        "UPSTREAM_STORE_PASSWORD_FILE names a file that can't be read: /no/such.");
  }

  private static void refused(Map<String, String> environment, String sentence) {
    assertThatThrownBy(() -> StoreAccess.from(environment, POSTGRESQL))
        .isInstanceOf(BadConfig.class)
        .hasMessageContaining(sentence);
  }
}
