package dev.upstream.answer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upstream.target.Target;
import dev.upstream.target.TargetParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuestionTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://shop.example.com/cart?token=hunter2",
        "[2026-11-21T10:15:58.120Z] \"GET /cart?token=hunter2 HTTP/1.1\" 503 UH"
            + " no_healthy_upstream - \"-\" 0 19 0 - \"10.1.2.3\" \"curl\" \"id\""
            + " \"shop.example.com\" \"-\" outbound|80|v1|web.shop.svc.cluster.local -"
            + " 10.0.0.1:80 10.1.2.3:4242 - default",
        "it broke, password=hunter2, host: \"shop.example.com\"",
        "https://ana:hunter2@shop.example.com",
        "192.0.2.7 - - [21/Nov/2026:10:15:58 +0000] \"GET /cart?token=hunter2 HTTP/1.1\" 502 157"
            + " \"-\" \"curl/8\" 90 0.001 [shop-web-80] [] 10.1.0.7:8080 157 0.001 502 5f1e",
        "{\"proxy_upstream_name\":\"shop-web-80\",\"path\":\"/cart?token=hunter2\"}",
      })
  void whatIsKeptOfAQuestionMeansTheSameWithoutItsSecrets(String typed) {
    Question kept = Question.about(typed).redacted();
    assertThat(kept.target()).doesNotContain("hunter2");
    assertThat(TargetParser.parse(kept.target()).map(Target::shown))
        .isPresent()
        .isEqualTo(TargetParser.parse(typed).map(Target::shown));
  }

  @Test
  void aLineThatIsNoneWithoutItsSecretsIsKeptAsWhatItMeant() {
    String line =
        "{\"vhost\":\"shop.example.com\",\"path\":\"/cart?a=hunter2\",\"cookie\":\"hunter2\"}";
    assertThat(Question.about(line).redacted()).isEqualTo(Question.about("shop.example.com/cart"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"shop.example.com", "shop/password", "pod/token-secret-0123456789abcdef"})
  void namesStayAsTheyAre(String typed) {
    assertThat(Question.about(typed).redacted()).isEqualTo(Question.about(typed));
  }
}
