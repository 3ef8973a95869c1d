package dev.upstream.slack;

import static org.assertj.core.api.Assertions.assertThat;

import com.slack.api.model.Attachment;
import com.slack.api.model.Field;
import com.slack.api.model.Message;
import com.slack.api.model.block.HeaderBlock;
import com.slack.api.model.block.RichTextBlock;
import com.slack.api.model.block.SectionBlock;
import com.slack.api.model.block.composition.MarkdownTextObject;
import com.slack.api.model.block.composition.PlainTextObject;
import com.slack.api.model.block.element.RichTextSectionElement;
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
    for (String line :
        List.of(
            envoy, nginx, "look:\n&gt; " + envoy, "```[pod/web-1/istio-proxy] " + envoy + "```")) {
      assertThat(
              PastedMessage.question(line)
                  .flatMap(q -> TargetParser.parse(q.target()))
                  .map(Target::shown))
          .contains("shop.example.com/cart");
    }
  }

  @Test
  void sentencesAreNoLabels() {
    assertThat(PastedMessage.question("payment-service: timeouts, namespace: shop")).isEmpty();
    assertThat(PastedMessage.question("Deployment: done, namespace: shop")).isEmpty();
    assertThat(PastedMessage.question("deployment=web, namespace=shop").map(Question::target))
        .contains("shop/web");
  }

  @Test
  void wordsNameNothing() {
    assertThat(PastedMessage.question("it is all broken again, can somebody look?")).isEmpty();
    assertThat(PastedMessage.question("")).isEmpty();
  }

  @Test
  void whatIsUnclearSaysWhyAndWhereItIs() {
    Message alert =
        saying(Attachment.builder().text("[FIRING:1] QuotaFull namespace=shop").build());
    assertThat(PastedMessage.unclear(alert))
        .satisfies(u -> assertThat(u.why()).startsWith("I found nothing in that message"))
        .satisfies(u -> assertThat(u.namespace()).contains("shop"));
    Message nginx = new Message();
    nginx.setText(
        "192.0.2.7 - - [21/Nov/2026:10:15:58 +0000] \"GET / HTTP/1.1\" 502 157 \"-\" \"x\"");
    assertThat(PastedMessage.unclear(nginx).why()).contains("names no host");
  }

  private static Message saying(Attachment attachment) {
    Message message = new Message();
    message.setText("");
    message.setAttachments(List.of(attachment));
    return message;
  }

  private static MarkdownTextObject words(String text) {
    return MarkdownTextObject.builder().text(text).build();
  }

  @Test
  void whatStandsInAttachmentsCounts() {
    Message fields =
        saying(
            Attachment.builder()
                .title("[FIRING:1] HighErrorRate")
                .text("Too many 5xx")
                .fields(
                    List.of(
                        Field.builder().title("Namespace").value("shop").build(),
                        Field.builder().title("Service").value("`web`").build()))
                .build());
    Message fallback =
        saying(Attachment.builder().fallback("namespace=shop service=web is down").build());
    Message blocks =
        saying(
            Attachment.builder()
                .blocks(
                    List.of(
                        SectionBlock.builder()
                            .fields(List.of(words("*Namespace:*\nshop"), words("*Service:*\nweb")))
                            .build()))
                .build());
    assertThat(List.of(fields, fallback, blocks))
        .allSatisfy(
            m -> assertThat(PastedMessage.question(m)).map(Question::target).contains("shop/web"));
    assertThat(PastedMessage.question(new Message())).isEmpty();
  }

  @Test
  void whatStandsInBlocksAloneCounts() {
    Message section = new Message();
    section.setText("");
    section.setBlocks(
        List.of(
            HeaderBlock.builder()
                .text(PlainTextObject.builder().text("web is down").build())
                .build(),
            SectionBlock.builder().text(words("see <https://shop.example.com/cart>.")).build()));
    Message rich = new Message();
    rich.setBlocks(
        List.of(
            RichTextBlock.builder()
                .elements(
                    List.of(
                        RichTextSectionElement.builder()
                            .elements(
                                List.of(
                                    RichTextSectionElement.Text.builder().text("see ").build(),
                                    RichTextSectionElement.Link.builder()
                                        .url("https://shop.example.com/cart")
                                        .build()))
                            .build()))
                .build()));
    assertThat(List.of(section, rich))
        .allSatisfy(
            m ->
                assertThat(PastedMessage.question(m))
                    .map(Question::target)
                    .contains("https://shop.example.com/cart"));
  }

  /** A template of Alertmanager's, whose links lead to Prometheus and to a runbook. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '~',
      value = {
        "*Namespace:* shop *Service:* web # shop/web",
        "NAMESPACE=shop POD=web-1 # pod/shop/web-1",
        "namespace=shop deployment=web # shop/web",
        "namespace=shop pod=web-1 service=kube-prometheus-kube-state-metrics # pod/shop/web-1",
        "namespace=shop pod=web-1 service=web-metrics # pod/shop/web-1",
        "namespace=monitoring service=ksm pod=ksm-0 exported_namespace=shop exported_pod=web-1 #"
            + " pod/shop/web-1",
        "namespace=shop service=web ingress=edge host=shop.example.com # shop.example.com",
        "namespace=shop service=web host=ip-10-1-0-7.eu-west-1.compute.internal # shop/web",
        "namespace=shop pod=web-1 · namespace=pay pod=api-1 service=api # pod/shop/web-1",
        "namespace=shop · namespace=pay service=api # pay/api",
      })
  void anAlertIsAboutWhatItsLabelsName(String labels, String target) {
    String alert =
        "*[FIRING:1] HighErrorRate*"
            + " <https://prometheus.example.com/graph?g0.expr=up&service=no|Graph>"
            + " <https://runbooks.example.com/HighErrorRate>\n"
            + labels;
    assertThat(PastedMessage.question(alert)).map(Question::target).contains(target);
  }

  @Test
  void theLinksOfAnAlertAreNotWhatIsBroken() {
    for (String alert :
        List.of(
            "[FIRING:1] HighErrorRate <https://prometheus.example.com/graph?g0.expr=up>",
            "too many 5xx, see <https://prometheus.example.com/graph?g0.expr=up|the graph>",
            "[RESOLVED] Watchdog")) {
      assertThat(PastedMessage.question(alert)).isEmpty();
    }
  }
}
