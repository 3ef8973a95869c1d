package dev.upstream.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessLogLineTest {
  private static final String LINE =
      "[2026-11-21T10:15:58.120Z] \"GET /cart?token=abc HTTP/1.1\" 503 URX,UF"
          + " upstream_reset_before_response_started{connection_failure} - \"TLS_error: x y\" 0 91"
          + " 12 - \"198.51.100.7, 10.0.0.1\" \"Mozilla/5.0 (X11; \"quoted\") \" 200 5\" \"5f1-2\""
          + " \"shop.example.com\" \"10.244.0.12:8080\" outbound|80|v1|web.shop.svc.cluster.local;"
          + " 10.244.0.2:40000 10.244.0.2:80 198.51.100.7:51234 sni.example.com my route";

  @Test
  void reads_every_part_whatever_the_client_wrote_into_its_own() {
    assertThat(AccessLogLine.parse(LINE))
        .contains(
            new AccessLogLine(
                Instant.parse("2026-11-21T10:15:58.120Z"),
                "GET",
                "/cart?token=abc",
                503,
                Set.of("UF", "URX"),
                "upstream_reset_before_response_started{connection_failure}",
                "TLS_error: x y",
                "shop.example.com",
                "10.244.0.12:8080",
                "outbound|80|v1|web.shop.svc.cluster.local",
                "198.51.100.7",
                "my route"));
  }

  @Test
  void reads_the_same_written_as_json() {
    String json =
        "{\"start_time\":\"2026-11-21T10:15:58.120Z\",\"route_name\":\"my"
            + " route\",\"method\":\"GET\","
            + "\"path\":\"/cart?token=abc\",\"protocol\":\"HTTP/1.1\",\"response_code\":503,"
            + "\"response_flags\":\"URX,UF\",\"response_code_details\":"
            + "\"upstream_reset_before_response_started{connection_failure}\",\"upstream_transport_failure_reason\":\"TLS_error:"
            + " x y\",\"user_agent\":\"a \\\"b\\\"\","
            + "\"x_forwarded_for\":null,\"downstream_remote_address\":\"198.51.100.7:51234\","
            + "\"authority\":\"shop.example.com\",\"upstream_host\":\"10.244.0.12:8080\","
            + "\"upstream_cluster\":\"outbound|80|v1|web.shop.svc.cluster.local;\"}";

    assertThat(AccessLogLine.parse(json)).isEqualTo(AccessLogLine.parse(LINE));
    assertThat(AccessLogLine.parse(LogRedaction.redact(json)).orElseThrow().path())
        .isEqualTo("/cart");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "{}",
        "{\"start_time\"}",
        "{\"a\":[}",
        "{\"a\":\"\\",
        "{\"response_code\":\"x\"}",
        "{\"level\":\"info\",\"time\":\"2026-11-21T10:15:58Z\",\"msg\":\"started\"}"
      })
  void json_that_is_no_access_line_is_none(String line) {
    assertThat(AccessLogLine.parse(line)).isEmpty();
  }

  @Test
  void dashes_mean_nothing_and_code_zero_is_a_connection_that_died() {
    AccessLogLine line =
        AccessLogLine.parse(
                "[2026-11-21T10:15:58.120Z] \"- - -\" 0 - - - \"-\" 0 0 5 - \"-\" \"-\" \"-\" \"-\""
                    + " \"-\" - - 10.244.0.2:80 10.0.0.9:1 - -")
            .orElseThrow();

    assertThat(line.flags()).isEmpty();
    assertThat(line.authority() + line.upstreamHost() + line.upstreamCluster() + line.route())
        .isEmpty();
    assertThat(line.failed()).isTrue();
  }

  @Test
  void the_client_is_taken_out_of_a_line_and_the_rest_is_kept() {
    String redacted = LogRedaction.redact(LINE);

    assertThat(redacted)
        .doesNotContain("198.51.100.7")
        .doesNotContain("Mozilla")
        .doesNotContain("abc")
        .contains("\"GET /cart HTTP/1.1\" 503 URX,UF")
        .contains("\"-\" \"-\" \"5f1-2\" \"shop.example.com\" \"10.244.0.12:8080\"")
        .endsWith("10.244.0.2:80 - sni.example.com my route");
    assertThat(AccessLogLine.parse(redacted).map(AccessLogLine::upstreamCluster))
        .isEqualTo(AccessLogLine.parse(LINE).map(AccessLogLine::upstreamCluster));
    assertThat(LogRedaction.redact(redacted)).isEqualTo(redacted);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[",
        "[x] \"",
        "[2026-11-21T10:15:58.120Z] \"GET / HTTP/1.1\" 503",
        "[2026-11-21T10:15:58.120Z] \"GET / HTTP/1.1\" 503 UH a - \"-\" 0 1 2",
        "[2026-11-21T10:15:58.120Z] \"GET / HTTP/1.1\" 503 UH a - \"-\" 0 1 2 - \"",
        "[2026-11-21T10:15:58.120Z] \"GET / HTTP/1.1\" 503 UH a - \"-\" 0 1 2 - \"\" \"\" \"\""
            + " \"\"",
        "[2026-11-21T10:15:58.120Z] \"GET\" 1 1 1 \"\" 1 1 1 1 \"\" \"\" \"\" \"\" a b c d e f",
        "[yesterday] \"GET / HTTP/1.1\" 503 UH a - \"-\" 0 1 2 - \"-\" \"-\" \"-\" \"-\" \"-\" a b"
            + " c d e f",
        "2026-11-21 an application's own words"
      })
  void what_is_no_access_line_is_none(String line) {
    assertThat(AccessLogLine.parse(line)).isEmpty();
    assertThat(LogRedaction.redact(line)).isNotNull();
  }

  /** A line that makes an expression with several ways to read it run for minutes. */
  @Test
  void lines_made_to_exhaust_a_reader_are_read_or_refused_at_once() {
    String head = "[2026-11-21T10:15:58.120Z] \"GET /a HTTP/1.1\" 503 UH d ";
    for (String piece :
        new String[] {
          "\" 1 a a ", "\"\" 1 1 1 a \"\" \"", "\\\"", "\", ", " 1", "\" \"", "token=", "?a"
        }) {
      String line = head + piece.repeat(16_000 / piece.length());
      assertThat(AccessLogLine.parse(line)).isEmpty();
      assertThat(LogRedaction.redact(line)).hasSizeLessThan(8_192);
      assertThat(LogRedaction.redact("x - - [z] \"GET " + piece.repeat(4_000)))
          .hasSizeLessThan(8_192);
    }
  }
}
