package dev.upstream.slack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upstream.diagnosis.Catalogue;
import dev.upstream.diagnosis.Check;
import dev.upstream.report.Pages;
import org.junit.jupiter.api.Test;

/** Pages of the catalogue in Slack, and text that is too long for a message. */
class PagesTest {
  @Test
  void everyPageOfTheCatalogueFitsAndItsRemedyComesFirst() {
    for (Check check : Catalogue.CHECKS) {
      String id = check.info().id();
      String shown = Seen.of(PageBlocks.of(id, Pages.of(id).orElseThrow()));
      assertThat(shown).as(id).doesNotContain("Cut here").doesNotContain("(cut");
      assertThat(shown)
          .containsSubsequence(
              "*What it means*",
              "*How to end it*",
              "*How to see it by hand*",
              "*What it does*",
              "*When it is something else*",
              "upstream explain " + id);
    }
  }

  @Test
  void markdownBecomesWhatSlackCanShow() {
    String page =
        """
        # some-id
        What it is: a `name` that is **wrong**.

        ## Odd
        Words over
        two lines, [a link](https://docs.example/x), 2 * 3 * 4, snake_case.
        - one
          more of it
          ```
          kubectl get pods
            -A
          ```
        2. two
        | Flag | Meaning |
        |------|---------|
        | `UH` | none    |
        """;
    assertThat(Seen.of(PageBlocks.of("some-id", page)))
        .isEqualTo(
            """
            *What it is: a name that is \u2217\u2217wrong\u2217\u2217.*
            - The commands use names of their own, such as shop and web: put yours in.
            *Odd*
            Words over two lines, a link (https://docs.example/x), 2 \u2217 3 \u2217 4, snake_case.
            \u2022 one more of it
            ```kubectl get pods
              -A```
            2. two
            ```Flag | Meaning
            'UH' | none```
            - On a terminal: upstream explain some-id\
            """);
  }

  @Test
  void aPageThatIsTooLongSaysWhereTheRestIs() {
    String page = "# x\nIt is long.\n## Meaning\n" + "many words here\n\n".repeat(2_000);
    assertThat(Seen.of(PageBlocks.of("x", page)))
        .endsWith("- Cut here: the page goes on. The whole of it: upstream explain x");
  }

  @Test
  void aFileIsNamedAfterItsTargetWhereThatIsAPlainName() {
    assertThat(name("https://shop.example.com/cart")).isEqualTo("e-shop.example.com-cart.txt");
    assertThat(name("pod/shop/web-1")).isEqualTo("e-pod-shop-web-1.txt");
    assertThat(name("a b")).isEqualTo("e.txt");
    assertThat(name("xoxb-123456-abcdef")).isEqualTo("e.txt");
    assertThat(name("../../etc/passwd")).isEqualTo("e.txt");
  }

  private static String name(String target) {
    return Attachment.name("e", target, java.time.Instant.EPOCH, "txt");
  }
}
