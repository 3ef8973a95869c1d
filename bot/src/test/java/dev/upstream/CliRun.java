package dev.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.upstream.cli.Cli;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/** What one run of the program gave, in this process and with what it has outside of tests. */
record CliRun(int status, String out, String err) {
  static CliRun of(Object... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int status =
        Cli.run(
            Arrays.stream(arguments).map(Object::toString).toArray(String[]::new),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            new ClusterAccess(),
            new PolicyAccess(),
            new FeedbackAccess(Map.of()),
            f -> Cli.INTERNAL);
    return new CliRun(
        status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  JsonNode document() throws IOException {
    assertThat(out).as(err).isNotEmpty();
    return new ObjectMapper().readTree(out);
  }

  /** Refused in one line that says these words. */
  void refused(String... words) {
    assertThat(status).as(err).isEqualTo(Cli.USAGE);
    assertThat(out).isEmpty();
    assertThat(err).startsWith("upstream: ").hasLineCount(1).contains(words);
    assertThat(err).doesNotContain("Exception").doesNotContain("\tat ");
  }
}
