package dev.upstream.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upstream.answer.Answering;
import dev.upstream.answer.Question;
import dev.upstream.answer.Reply;
import dev.upstream.bundle.BundleCollector;
import dev.upstream.bundle.BundleReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Since when it fails, where no edit and no transition proves it (RULES.md R15). */
class SinceTest {
  private static final Path OBJECTS =
      Path.of("src/test/resources/scenarios/target-port-number-mismatch/dual-stack/cluster");
  private static final Instant NOW = Instant.parse("2026-11-21T10:16:00Z");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss +0000", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  @TempDir Path folder;

  private static String line(int minutesAgo, int status) {
    return "192.0.2.1 - - [%s] \"GET / HTTP/1.1\" %d 0 \"-\" \"x\" 70 0.001 [shop-web-80] [] 10.0.0.1:8080 0 0.001 %d abc"
        .formatted(TIME.format(NOW.minusSeconds(60L * minutesAgo + 1)), status, status);
  }

  private Diagnosis check(Stream<String> log) throws IOException {
    Path controller = Files.createDirectories(folder.resolve("logs/ingress-nginx/ctl-1"));
    Files.createDirectories(folder.resolve("resources"));
    Files.copy(OBJECTS.resolve("bundle.yaml"), folder.resolve("bundle.yaml"));
    Files.writeString(
        folder.resolve("resources/objects.yaml"),
        Files.readString(OBJECTS.resolve("objects.yaml")).replace("10:00:00Z", "08:00:00Z"));
    List<String> lines = log.toList();
    Files.writeString(controller.resolve("controller.log"), String.join("\n", lines) + "\n");
    Reply reply =
        new Answering(new BundleCollector(new BundleReader().read(folder).snapshot()))
            .answer(Question.about("shop.example.com"));
    return ((Reply.Answered) reply).worst();
  }

  @Test
  void the_first_failing_line_after_the_last_success_of_the_whole_log() throws IOException {
    Diagnosis d =
        check(
            Stream.concat(
                Stream.of(line(50, 500), line(40, 200)),
                IntStream.range(0, 35).mapToObj(i -> line(35 - i, 500))));

    assertThat(d.verdict()).isEqualTo(Verdict.DEGRADED);
    assertThat(d.since()).contains(NOW.minusSeconds(60 * 35 + 1));
  }

  @Test
  void a_log_without_a_success_does_not_tell() throws IOException {
    Diagnosis d = check(IntStream.range(0, 35).mapToObj(i -> line(35 - i, 500)));

    assertThat(d.verdict()).isEqualTo(Verdict.DEGRADED);
    assertThat(d.since()).isEmpty();
  }
}
