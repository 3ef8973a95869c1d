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
        "the cookie jar is empty and the authorization policy denied it",
        "compass: north, bypass=true, inside: yes, monkey=banana, failed auth: denied, key: x",
        "1 node(s) had untolerated taint {node.kubernetes.io/not-ready: }",
        "unknown flag: --token",
        "mysql is not ready; session closed; token expired; password is required",
        "0/3 nodes are available: 3 Insufficient cpu. preemption: 0/3 nodes are available",
        "outbound|80|v1|web.shop.svc.cluster.local",
        "task-runner-with-a-rather-long-name-0123456789 failed"
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
        "GET /cart?sig=hunter2 HTTP/1.1 | GET /cart HTTP/1.1",
        "mysqladmin --password hunter2 ping | mysqladmin --password (redacted) ping",
        "mysql -u root -phunter2 -e x | mysql -u root -p(redacted) -e x",
        "redis-cli -h a -a hunter2 ping | redis-cli -h a -a (redacted) ping",
        "curl -s -u ana:hunter2 http://a/ | curl -s -u (redacted) http://a/",
        "sshpass -p hunter2 ssh a | sshpass -p (redacted) ssh a",
        "pass: hunter2 | pass: (redacted)",
        "passphrase=hunter2 x | passphrase=(redacted) x",
        "auth=hunter2 signature=hunter2 key=hunter2 session=hunter2 sid: hunter2 | auth=(redacted)"
            + " signature=(redacted) key=(redacted) session=(redacted) sid: (redacted)",
        "Get \"http://a/ready;jsessionid=hunter2\": EOF | Get \"http://a/ready\": EOF",
        "Get \"http://a/ready#hunter2\": EOF | Get \"http://a/ready\": EOF",
        "PASSWORD => hunter2, x | PASSWORD => (redacted), x",
        "\"password\": {\"value\": \"hunter2 three\"} | \"password\": {\"value\": \"(redacted)\"}",
        "client_secret: \"hunter2 and more\" x | client_secret: \"(redacted)\" x",
        "Digest username=\"u\", response=\"hunter2\" | Digest username=\"u\","
            + " response=\"(redacted)\"",
        "GET http://a/b?x,DB_PASSWORD: hunter2 y | GET http://a/b DB_PASSWORD: (redacted) y",
        "http://a/b?pass: hunter2 y | http://a/b pass: (redacted) y",
        "http://a/b?x,token = hunter2 | http://a/b token = (redacted)",
        "http://a/b?password='hunter2' y | http://a/b password='(redacted)' y",
        "http://a/b#x,Bearer hunter2 y | http://a/b (redacted) y",
        "GET /?token= HTTP/1.1 200 | GET / HTTP/1.1 200",
        "\"GET /?a=b&token=\" 200 \"x\" | \"GET /\" 200 \"x\"",
        "Get (http://a/?token=hunter2): EOF | Get (http://a/): EOF",
        "http://a/?token=(redacted)&x=hunter2 y | http://a/ y",
        "password\\u003dhunter2 %3Ftoken%3Dhunter2 | password\\u003d(redacted)"
            + " %3Ftoken%3D(redacted)",
        "{\\u0022password\\u0022:\\u0022hunter2\\u0022} |"
            + " {\\u0022password\\u0022:\\(redacted)\\u0022}",
        "sk_live_hunter2hunter2 glpat-hunter2hunter2 | (redacted) (redacted)",
        "AIzahunter2hunter2hunter2hunter2 npm_hunter2hunter2hunter2 | (redacted) (redacted)"
      })
  void whatIsSecretGoesAndTheRestStays(String text, String shown) {
    assertThat(LogRedaction.mask(text)).isEqualTo(shown);
  }

  @Test
  void aKeyBehindAQueryGoes() {
    assertThat(LogRedaction.mask("/b?x,-----BEGIN RSA PRIVATE KEY-----\nhunter2\n-----END"))
        .isEqualTo("/b (redacted)-----END");
  }

  /** What runs in a container's probe or hook is in no message of the kubelet that is kept. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "Readiness probe errored: command \"sh -c \\\"ping hunter2\\\" \" timed out"
            + " | Readiness probe errored: command \"(redacted)\" timed out",
        "command timed out: \"x hunter2\" timed out after 1s"
            + " | command timed out: \"(redacted)\" timed out after 1s",
        "Exec lifecycle hook ([sh -c [ hunter2 ]]) for Container \"web\" failed - error: command"
            + " 'sh hunter2' exited with 1 | Exec lifecycle hook ([(redacted)]) for Container"
            + " \"web\" failed - error: command '(redacted)' exited with 1",
        "command \"hunter2 | command \"(redacted)",
      })
  void commandsInEventsGo(String message, String shown) {
    Resource trimmed =
        Trim.trim(Kind.EVENT, Map.of("metadata", Map.of("name", "a"), "message", message));

    assertThat(trimmed.tree()).containsEntry("message", shown);
  }

  /** What an application writes under keys of its own may be anything. */
  @Test
  void ofAJsonLineOnlyKnownKeysStay() {
    assertThat(
            LogRedaction.redact(
                "{\"level\":\"error\",\"msg\":\"dial tcp 10.0.0.1:80:"
                    + " refused\",\"card\":\"hunter2\","
                    + "\"peer\":\"198.51.100.7\",\"user\":{\"token\":\"hunter2\"},"
                    + "\"path\":\"/a;sid=hunter2/b?x=hunter2\",\"status\":503}"))
        .isEqualTo(
            "{\"level\":\"error\",\"msg\":\"dial tcp 10.0.0.1:80: refused\",\"path\":\"/a/b\","
                + "\"status\":503,\"(redacted)\":\"other keys\"}");
  }

  @Test
  void aRedactedJsonLineStaysAsItIs() {
    String once =
        LogRedaction.redact("{\"msg\":\"a \\\"b\\\" \\u0001\",\"x\":1,\"status\":\"007\"}");

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
        List.of(
            "x\" 1 - a \"b\" ",
            "\" 1 \" \"- ",
            "token=",
            "cookie: ",
            "[::",
            "?",
            "://",
            "redis-cli ",
            "mysql -",
            "key=\"",
            "a-b_",
            "--a-",
            "password:{a:",
            "command \"")) {
      String line = start + part.repeat(16_000 / part.length());
      for (int i = 0; i < 50; i++) {
        String redacted = LogRedaction.redact(line);
        assertThat(redacted).hasSizeLessThan(16_000);
        assertThat(LogRedaction.mask(line)).hasSizeLessThan(200_000);
        assertThat(AccessLogLine.parse(redacted)).isEmpty();
        assertThat(AccessLogLine.parse(line)).isEmpty();
      }
    }
  }
}
