package dev.upstream.slack;

import static org.assertj.core.api.Assertions.assertThat;

import com.slack.api.model.Attachment;
import com.slack.api.model.Field;
import com.slack.api.model.Message;
import dev.upstream.answer.Question;
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
        "see <https://shop.example.com/cart|the cart>, it gives 503 |"
            + " https://shop.example.com/cart",
      })
  void labelsAndLinksNameIt(String text, String target) {
    assertThat(PastedMessage.question(text)).map(Question::target).contains(target);
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
