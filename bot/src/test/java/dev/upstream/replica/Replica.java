package dev.upstream.replica;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upstream.Application;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;

/** One {@code upstream serve} in a process of its own, which can be killed and started again. */
final class Replica implements AutoCloseable {
  /** A replica of a test lives for minutes: the optimising compiler would only cost it time. */
  private static final List<String> QUICK =
      List.of(
          "-XX:TieredStopAtLevel=1",
          "-XX:+UseSerialGC",
          "-Xshare:auto",
          "-Xmx256m",
          "--enable-native-access=ALL-UNNAMED");

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final Path directory;
  private final int port;
  private final Map<String, String> environment;
  private final Thread ending = new Thread(this::end);
  private Optional<Process> process = Optional.empty();

  /**
   * A replica that is not started yet.
   *
   * @param directory with its upstream.yml and policy.yml; its log goes there
   * @param environment with the secrets
   */
  Replica(Path directory, int port, Map<String, String> environment) {
    this.directory = directory;
    this.port = port;
    this.environment = Map.copyOf(environment);
    Runtime.getRuntime().addShutdownHook(ending);
  }

  /** Where Slack finds it. */
  URI events() {
    return URI.create("http://127.0.0.1:" + port + "/slack/events");
  }

  void start() throws IOException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    String classes =
        Optional.ofNullable(System.getProperty("surefire.test.class.path"))
            .orElse(System.getProperty("java.class.path"));
    ProcessBuilder builder = new ProcessBuilder(java.toString());
    builder.command().addAll(QUICK);
    builder
        .command()
        .addAll(
            List.of(
                "-cp",
                classes,
                Application.class.getName(),
                "serve",
                "--config",
                directory.resolve("upstream.yml").toString()));
    builder.environment().putAll(environment);
    ProcessBuilder.Redirect log = ProcessBuilder.Redirect.appendTo(log().toFile());
    process = Optional.of(builder.redirectOutput(log).redirectError(log).start());
  }

  void awaitReady() {
    Awaitility.await()
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofMillis(100))
        .until(this::isReady);
  }

  private boolean isReady() throws InterruptedException {
    assertThat(process.orElseThrow().isAlive()).as("it runs; its log: %s", log()).isTrue();
    HttpRequest health =
        HttpRequest.newBuilder(events().resolve("/health")).timeout(Duration.ofSeconds(5)).build();
    try {
      return CLIENT.send(health, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  /** As by {@code kill -9}. */
  void kill() {
    Process victim = process.orElseThrow();
    victim.destroyForcibly();
    victim.onExit().join();
    assertThat(victim.exitValue()).as("killed; its log: %s", log()).isEqualTo(128 + 9);
  }

  private Path log() {
    return directory.resolve("replica.log");
  }

  /** What it said about itself, over all its lives. */
  List<String> said() throws IOException {
    return Files.readAllLines(log());
  }

  private void end() {
    process.ifPresent(Process::destroyForcibly);
  }

  @Override
  public void close() {
    end();
    process.ifPresent(p -> p.onExit().join());
    Runtime.getRuntime().removeShutdownHook(ending);
  }
}
