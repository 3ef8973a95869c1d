package dev.upstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** bin/upstream finds what belongs to it from wherever it is called. */
class LauncherTest {
  @Test
  void linksToItLeadBack(@TempDir Path folder) throws IOException, InterruptedException {
    Path real = folder.toRealPath();
    Path bin = Files.createDirectories(real.resolve("bot/bin"));
    Files.copy(
        Path.of(System.getProperty("basedir", "."), "bin", "upstream"), bin.resolve("upstream"));
    Path first = Files.createSymbolicLink(real.resolve("bot/up"), Path.of("bin/upstream"));
    Path second = Files.createSymbolicLink(real.resolve("up"), first);

    ProcessBuilder builder = new ProcessBuilder("sh", second.toString()).redirectErrorStream(true);
    builder.environment().remove("UPSTREAM_JAR");
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).isEqualTo(69);
    assertThat(said).contains(bin + "/../target/upstream.jar is missing");
  }
}
