package dev.upstream.target;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
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

  private static final String ENVOY =
      "[2026-11-21T10:15:58.120Z] \"GET /cart HTTP/1.1\" 503 UH no_healthy_upstream - \"-\" 0 19 0"
          + " - \"-\" \"-\" \"5f1\" \"shop.example.com\" \"-\" outbound|80||web.shop -"
          + " 10.244.0.2:80 - - default";

  private static final String NGINX =
      "192.0.2.7 - - [21/Nov/2026:10:15:58 +0000] \"GET /cart?a=hunter2 HTTP/1.1\" 502 157 \"-\""
          + " \"curl/8\"";

  private static String ingress(String upstream) {
    return NGINX + " 90 0.001 [" + upstream + "] [] 10.1.0.7:8080 157 0.001 502 5f1e";
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2026-11-21T10:15:58.120Z ",
        "2026-11-21T10:15:58.120123456Z stdout F ",
        "[pod/web-1/istio-proxy] ",
        "[pod/web-1/istio-proxy] 2026-11-21T10:15:58.120Z ",
        "> ",
        "```",
      })
  void whatStandsBeforeALineDoesNoHarm(String before) {
    assertThat(TargetParser.parse(before + ENVOY)).isEqualTo(TargetParser.parse(ENVOY));
    String json =
        "{\"start_time\":\"2026-11-21T10:15:58.120Z\",\"path\":\"/cart\",\"method\":\"GET\","
            + "\"response_code\":503,\"authority\":\"shop.example.com\"}";
    assertThat(TargetParser.parse(before + json + "```"))
        .isPresent()
        .isEqualTo(TargetParser.parse(json));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"status\":502,\"vhost\":\"shop.example.com\",\"method\":\"GET\",\"path\":\"/cart\"}",
        "{\"time\": \"x\", \"host\": \"Shop.example.com:443\", \"request\": \"GET /cart?a=hunter2"
            + " HTTP/1.1\"}",
        "{\"http_host\":\"shop.example.com\",\"request_method\":\"GET\",\"request_uri\":\"/cart;sid=1\"}",
      })
  void anAccessLogInJsonNamesItsHostAndPath(String line) {
    assertThat(TargetParser.parse(line))
        .contains(
            new Target.LogLine(
                "shop.example.com",
                Optional.of("GET"),
                Optional.of("/cart"),
                Optional.empty(),
                Optional.empty()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"level\":\"error\",\"host\":\"node-1.example.com\",\"msg\":\"connection refused\"}",
        "{\"host\":\"_\",\"path\":\"/cart\"}",
        "{\"host\":\"shop.example.com\",\"path\":\"/cart\"",
      })
  void otherJsonNamesNothing(String line) {
    assertThat(TargetParser.parse(line)).isEmpty();
    assertThat(TargetParser.trouble(line)).isEmpty();
  }

  @Test
  void ingressNginxNamesAService() {
    assertThat(TargetParser.parse(ingress("shop-web-80")))
        .contains(new Target.ServiceName("web", Optional.of("shop"), Optional.of(80)));
    assertThat(TargetParser.parse(ingress("shop-web-http")))
        .contains(new Target.ServiceName("web", Optional.of("shop"), Optional.empty()));
    assertThat(TargetParser.parse("{\"status\":502,\"proxy_upstream_name\":\"shop-web-80\"}"))
        .contains(new Target.ServiceName("web", Optional.of("shop"), Optional.of(80)));
  }

  @Test
  void aLineThatNamesNothingSaysWhatToAskFor() {
    assertThat(TargetParser.parse(ingress("shop-web-api-80"))).isEmpty();
    assertThat(TargetParser.trouble(ingress("shop-web-api-80")).orElse(""))
        .startsWith("nginx calls what served that request shop-web-api-80");
    assertThat(TargetParser.trouble(ingress("upstream-default-backend")).orElse(""))
        .contains("no Ingress took its request");
    assertThat(TargetParser.parse(ingress("upstream-default-backend"))).isEmpty();
    for (String line : List.of(NGINX, ingress(""), ingress("-"))) {
      assertThat(TargetParser.trouble(line).orElse("")).contains("names no host");
    }
    for (String words : List.of("", "what?", "shop.example.com", ENVOY, ingress("shop-web-80"))) {
      assertThat(TargetParser.trouble(words)).isEmpty();
    }
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

  @Test
  void whatNobodySeesDoesNoHarm() {
    for (String copied :
        List.of(
            "shop.example.com\u200B", "\u202Ashop.example.com\u202C", "\u00A0shop.example.com")) {
      assertThat(TargetParser.parse(copied).map(Target::shown)).contains("shop.example.com");
    }
  }

  @Test
  void whatIsLongerThanAnyNameIsNoTarget() {
    assertThat(TargetParser.parse("a.".repeat(4_000) + "com")).isEmpty();
    assertThat(TargetParser.parse("a.".repeat(4_000) + "com/cart")).isEmpty();
    assertThat(TargetParser.parse("a.".repeat(100) + "com")).isPresent();
  }
}
