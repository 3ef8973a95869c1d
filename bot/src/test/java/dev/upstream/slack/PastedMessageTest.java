package dev.upstream.slack;

import static org.assertj.core.api.Assertions.assertThat;

import com.slack.api.model.Attachment;
import com.slack.api.model.Field;
import com.slack.api.model.Message;
import dev.upstream.answer.Question;
import dev.upstream.target.Target;
import dev.upstream.target.TargetParser;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a message that somebody points at is about. */
class PastedMessageTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '~',
      value = {
        "*namespace:* `shop` *service:* `web` # shop/web",
        "namespace = shop, service = web # shop/web",
        "*namespace*: shop, *service*: web # shop/web",
        "{namespace=\"shop\", service=\"web\", severity=\"page\"} # shop/web",
        "• *exported_namespace:* `shop` • *ingress:* `edge` # ingress/shop/edge",
        "destination_service: web.shop.svc.cluster.local # web.shop.svc.cluster.local",
        "see <https://shop.example.com/cart|the cart> # https://shop.example.com/cart",
        "<https://shop.example.com/cart>, anyone? # https://shop.example.com/cart",
        "is it <http://shop.example.com|shop.example.com>? # shop.example.com",
        "(see `https://shop.example.com/cart`) # https://shop.example.com/cart",
        "(https://shop.example.com/cart)... # https://shop.example.com/cart",
        "broken: <https://shop.example.com/a?b=1&amp;c=2>! # https://shop.example.com/a?b=1&c=2",
      })
  void labelsAndLinksNameIt(String text, String target) {
    assertThat(PastedMessage.question(text)).map(Question::target).contains(target);
  }

  /** Slack makes links of the hosts in a line. */
  @Test
  void aLineOfALogMeansTheHostThatItHolds() {
    String envoy =
        "[2026-11-21T10:15:29.000Z] \"GET /cart HTTP/1.1\" 503 UH no_healthy_upstream - \"-\" 0 19"
            + " 0 - \"192.0.2.7\" \"curl/8\" \"r-1\" \"<http://shop.example.com|shop.example.com>\""
            + " \"-\" outbound|80|v1|web.shop.svc.cluster.local - 10.1.0.3:8080 192.0.2.7:50000 -"
            + " -";
    String nginx =
        "upstream timed out, request: \"GET /cart HTTP/1.1\", upstream:"
            + " \"<http://10.1.0.7:8080/cart>\", host:"
            + " \"<http://shop.example.com|shop.example.com>\"";
    for (String line : List.of(envoy, nginx)) {
      assertThat(
              PastedMessage.question(line)
                  .flatMap(q -> TargetParser.parse(q.target()))
                  .map(Target::shown))
          .contains("shop.example.com/cart");
    }
  }

  @Test
  void wordsNameNothing() {
    assertThat(PastedMessage.question("it is all broken again, can somebody look?")).isEmpty();
    assertThat(PastedMessage.question("")).isEmpty();
  }

  @Test
  void whatStandsInAttachmentsCounts() {
    Message alert = new Message();
    alert.setText("");
    alert.setAttachments(
        List.of(
            Attachment.builder()
                .title("[FIRING:1] HighErrorRate")
                .text("Too many 5xx")
                .fields(
                    List.of(
                        Field.builder().title("namespace").value("shop").build(),
                        Field.builder().title("service").value("web").build()))
                .build()));
    assertThat(PastedMessage.question(PastedMessage.words(alert)))
        .map(Question::target)
        .contains("shop/web");
    assertThat(PastedMessage.words(new Message())).isEmpty();
  }
}
