package dev.upstream.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is cut out of text, and what must stay for a diagnosis. */
class LogRedactionTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Readiness probe failed: HTTP probe failed with statuscode: 500",
        "Back-off restarting failed container web in pod web-a_shop(1-2)",
        "upstream_reset_before_response_started{connection_timeout}",
        "dial tcp 10.244.0.12:8080: connect: connection refused",
        "secrets \"db\" not found",
        "delayed connect error: 111",
        "the cookie jar is empty and the authorization policy denied it"
      })
  void whatSaysWhyStays(String text) {
    assertThat(LogRedaction.mask(text)).isEqualTo(text);
    assertThat(LogRedaction.redact(text)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "DB_PASSWORD=hunter2 next | DB_PASSWORD=(redacted) next",
        "{\"db_password\":\"hunter2\",\"a\":1} | {\"db_password\":\"(redacted)\",\"a\":1}",
        "Cookie: a=1; b=hunter2 | Cookie: (redacted)",
        "-H 'Authorization: ApiKey hunter2' http://api"
            + " | -H 'Authorization: (redacted)' http://api",
        "Authorization: Digest username=\"u\", response=\"hunter2\" | Authorization: (redacted)",
        "GET /cart?sig=hunter2 HTTP/1.1 | GET /cart HTTP/1.1"
      })
  void whatIsSecretGoesAndTheRestStays(String text, String shown) {
    assertThat(LogRedaction.mask(text)).isEqualTo(shown);
  }

  /** What an application writes under keys of its own may be anything. */
  @Test
  void ofAJsonLineOnlyKnownKeysStay() {
    assertThat(
            LogRedaction.redact(
                "{\"level\":\"error\",\"msg\":\"dial tcp 10.0.0.1:80: refused\",\"card\":\"hunter2\","
                    + "\"peer\":\"198.51.100.7\",\"user\":{\"token\":\"hunter2\"},"
                    + "\"path\":\"/a;sid=hunter2/b?x=hunter2\",\"status\":503}"))
        .isEqualTo(
            "{\"level\":\"error\",\"msg\":\"dial tcp 10.0.0.1:80: refused\",\"path\":\"/a/b\","
                + "\"status\":503,\"(redacted)\":\"other keys\"}");
  }

  @Test
  void aRedactedJsonLineStaysAsItIs() {
    String once = LogRedaction.redact("{\"msg\":\"a \\\"b\\\" \\u0001\",\"x\":1,\"status\":\"007\"}");

    assertThat(LogRedaction.redact(once)).isEqualTo(once);
  }

  /** Expressions for paths hold question marks: without them a route would match something else. */
  @Test
  void thePathsOfRoutesStay() {
    Map<String, Object> spec =
        Map.of(
            "hosts",
            List.of("web"),
            "http",
            List.of(
                Map.of(
                    "match",
                    List.of(Map.of("uri", Map.of("regex", "/v[0-9]+/?(?:.*)$"))),
                    "rewrite",
                    Map.of("uri", "/x/?"))));
    Resource trimmed =
        Trim.trim(
            Kind.VIRTUAL_SERVICE,
            Map.of("metadata", Map.of("name", "web", "namespace", "shop"), "spec", spec));

    assertThat(trimmed.tree()).containsEntry("spec", spec);
  }

  @Test
  @Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void aLineThatIsMadeToKeepAnExpressionBusyComesToAnEnd() {
    String start = "[2026-11-21T10:15:58.120Z] \"GET /";
    for (String part :
        List.of("x\" 1 - a \"b\" ", "\" 1 \" \"- ", "token=", "cookie: ", "[::", "?")) {
      String line = start + part.repeat(16_000 / part.length());
      for (int i = 0; i < 50; i++) {
        String redacted = LogRedaction.redact(line);
        assertThat(redacted).hasSizeLessThan(16_000);
        assertThat(AccessLogLine.parse(redacted)).isEmpty();
        assertThat(AccessLogLine.parse(line)).isEmpty();
      }
    }
  }
}
