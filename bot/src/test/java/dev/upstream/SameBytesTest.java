package dev.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same input gives the same bytes, in whatever process: each orders hashes by its own salt. */
class SameBytesTest {
  private static final Path SCENARIO =
      Path.of(
          "src/test/resources/scenarios/se-duplicate-host-port/older-istio-push-status/cluster");
  private static final int PROCESSES = 4;

  @TempDir Path folder;

  @Test
  void four_processes_print_the_same_document_and_save_the_same_bundle() throws Exception {
    Path bundle = severalDuplicates();
    Set<String> documents = new TreeSet<>();
    Set<String> bundles = new TreeSet<>();
    for (int i = 0; i < PROCESSES; i++) {
      Path saved = folder.resolve("saved-" + i + ".tgz");
      String printed =
          run(
              "check",
              "shop.example.com",
              "--from",
              bundle.toString(),
              "--save",
              saved.toString(),
              "-o",
              "json");
      documents.add(printed.replaceAll("\"(collect|diagnose)Millis\" : \\d+", ""));
      bundles.add(java.util.HexFormat.of().formatHex(Files.readAllBytes(saved)));
    }

    assertThat(documents.iterator().next()).contains("m8081", "m8082", "\"ruledOut\" : [ {");
    assertThat(documents).hasSize(1);
    assertThat(bundles).hasSize(1);
  }

  private Path severalDuplicates() throws IOException {
    Path bundle = folder.resolve("bundle");
    try (Stream<Path> files = Files.walk(SCENARIO)) {
      for (Path file : files.toList()) {
        Path copy = bundle.resolve(SCENARIO.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(copy);
        } else {
          Files.copy(file, copy);
        }
      }
    }
    StringBuilder rows = new StringBuilder();
    for (int port = 8080; port < 8084; port++) {
      rows.append(rows.isEmpty() ? "" : ",")
          .append(
              "\"outbound|" + port + "||de.api.example.com\": {\"message\": \"m" + port + "\"}");
    }
    Files.writeString(
        bundle.resolve("istiod/istiod-7d9/push_status.json"),
        "{\"pilot_duplicate_envoy_clusters\": {" + rows + "}}");
    return bundle;
  }

  private static String run(String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Application.class.getName()));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return printed;
  }
}
