package dev.upstream.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class EdgeLogTest {
  private static final String REFUSED =
      "2026/11/21 10:15:03 [error] 31#31: *7 connect() failed (111: Connection refused) while"
          + " connecting to upstream, client: 10.244.0.1, server: shop.example.com, request: \"GET"
          + " /a?token=x HTTP/1.1\", upstream: \"http://10.244.0.5:8080/a?token=x\", host:"
          + " \"shop.example.com:80\"";

  private static String access(String path, int status, String upstream) {
    return "10.244.0.1 - - [21/Nov/2026:10:15:03 +0000] \"GET "
        + path
        + " HTTP/1.1\" "
        + status
        + " 150 \"-\" \"curl/8 \\x22quoted\\x22\" 80 0.004 [shop-web-80] [] "
        + upstream
        + " 0123456789abcdef0123456789abcdef";
  }

  private static EdgeLog.Request only(EdgeLog log) {
    assertThat(log.requests()).hasSize(1);
    return log.requests().getFirst();
  }

  @Test
  void refusedTriesAreTheEdgesOwn502() {
    String twice = "10.244.0.5:8080, 10.244.0.5:8080 0, 0 0.000, 0.000 502, 502";
    EdgeLog.Request request =
        only(EdgeLog.read(List.of(REFUSED, REFUSED, access("/a", 502, twice))));
    assertThat(request.failures()).hasSize(2).allMatch(EdgeLog.Failure::refused);
    assertThat(request.madeByEdge()).isTrue();
    assertThat(request.tries()).containsExactly("10.244.0.5:8080", "10.244.0.5:8080");
    assertThat(request.failures().getFirst().host()).isEqualTo("shop.example.com");
    assertThat(request.failures().getFirst().path()).isEqualTo("/a");
  }

  @Test
  void aPodsOwn502IsTheApplications() {
    EdgeLog.Request request =
        only(EdgeLog.read(List.of(access("/a", 502, "10.244.0.5:8080 12 0.003 502"))));
    assertThat(request.answeredByApplication()).isTrue();
  }

  @Test
  void anErrorLineBelongsToOneRequestOnly() {
    String line = access("/a", 502, "10.244.0.5:8080 0 0.000 502");
    EdgeLog log = EdgeLog.read(List.of(REFUSED, line, line));
    assertThat(log.requests()).filteredOn(EdgeLog.Request::madeByEdge).hasSize(1);
  }

  @Test
  void aLaterTryMayHelp() {
    EdgeLog.Request request =
        only(
            EdgeLog.read(
                List.of(
                    REFUSED,
                    access(
                        "/a",
                        200,
                        "10.244.0.5:8080, 10.244.0.6:8080 0, 21 0.000, 0.002 502, 200"))));
    assertThat(request.madeByEdge()).isFalse();
    assertThat(request.answeredByApplication()).isFalse();
    assertThat(request.failures()).hasSize(1);
  }

  @Test
  void internalRedirectsAreReadToo() {
    EdgeLog.Request request =
        only(
            EdgeLog.read(
                List.of(
                    access(
                        "/a", 503, "10.244.0.5:8080 : 10.244.0.9:80 0 : 3 0.0 : 0.1 503 : 503"))));
    assertThat(request.tries()).containsExactly("10.244.0.5:8080", "10.244.0.9:80");
    assertThat(request.statuses()).containsExactly("503", "503");
  }

  @Test
  void nobodyWasAsked() {
    EdgeLog.Request request = only(EdgeLog.read(List.of(access("/a", 503, "- - - -"))));
    assertThat(request.unsent()).isTrue();
    assertThat(request.madeByEdge()).isTrue();
  }

  @Test
  void redactedLinesSayTheSame() {
    String line = access("/a", 502, "10.244.0.5:8080 0 0.000 502");
    List<String> redacted = List.of(LogRedaction.redact(REFUSED), LogRedaction.redact(line));
    assertThat(redacted.toString()).doesNotContain("token").doesNotContain("10.244.0.1");
    assertThat(only(EdgeLog.read(redacted)).madeByEdge()).isTrue();
  }

  @Test
  void theControllersOwnWords() {
    String line =
        "W1121 10:15:03.123456       7 controller.go:1214] Service \"shop/web\" does not have any"
            + " active Endpoint.";
    assertThat(EdgeLog.read(List.of(line)).notices())
        .containsExactly(
            new EdgeLog.Notice("Service \"shop/web\" does not have any active Endpoint."));
  }

  @Test
  void hostileLinesAreOnlyLeftOut() {
    String long1 = "10.0.0.1 - - [x] \"" + "\\a".repeat(8_000);
    String long2 = "- - - [21/Nov/2026:10:15:03 +0000] \"GET /" + "x".repeat(12_000) + "\" 200";
    String spoofed =
        access("/a", 200, "10.0.0.1:80 1 0.1 200").replace("curl/8", "\" 502 0 \"-\" \"");
    String tail = access("/a", 502, "1, ".repeat(5_000) + "1 2 3");
    assertThat(EdgeLog.read(List.of(long1, long2, spoofed, tail, "", "[", "\u0000")).requests())
        .isEmpty();
  }

  @Test
  void aLongRequestDoesNotBringTheClientOut() {
    String whole = access("/" + "x".repeat(6_000), 200, "10.0.0.1:80 1 0.1 200");
    assertThat(LogRedaction.redact(whole)).doesNotContain("10.244.0.1").doesNotContain("curl");
    assertThat(LogRedaction.redact("10.244.0.1 - joe [x] \"" + "\\a".repeat(8_000)))
        .doesNotContain("10.244.0.1")
        .doesNotContain("joe");
    assertThat(LogRedaction.redact("[" + "\"a ".repeat(1_000))).startsWith("[");
  }
}
