package dev.upstream.target;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TargetParserTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "[2026-11-21T10:15:58.120Z] \"GET /a;sid=hunter2/b?x=hunter2 HTTP/1.1\" 503 UH x - \"-\" 0"
            + " 19 0 - \"-\" \"-\" \"5f1\" \"shop.example.com\" \"-\" outbound|80||web.shop -"
            + " 10.244.0.2:80 - - -",
        "{\"start_time\":\"2026-11-21T10:15:58.120Z\",\"path\":\"/a;sid=hunter2/b\","
            + "\"response_code\":503,\"authority\":\"shop.example.com\"}",
        "connect() failed, request: \"GET /a;sid=hunter2/b?hunter2 HTTP/1.1\", host:"
            + " \"shop.example.com\"",
        "https://u:hunter2@shop.example.com/a;sid=hunter2/b?hunter2#hunter2",
      })
  void whatAPersonPastesIsShownWithoutSessions(String text) {
    Target target = TargetParser.parse(text).orElseThrow();

    assertThat(target.shown()).contains("shop.example.com").doesNotContain("hunter2");
    assertThat(target.toString()).contains("/a/b").doesNotContain("hunter2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "shop.example.com:0",
        "shop.example.com:65536",
        "web.shop:99999999999",
        "shop/web:0",
        "http://shop.example.com:0/",
        "http://shop.example.com:65536/"
      })
  void aPortThatIsNoneMakesNoTarget(String text) {
    assertThat(TargetParser.parse(text)).isEmpty();
  }
}
