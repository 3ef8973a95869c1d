package dev.upstream.slack;

import static org.assertj.core.api.Assertions.assertThat;

import com.slack.api.model.block.ContextBlock;
import com.slack.api.model.block.HeaderBlock;
import com.slack.api.model.block.SectionBlock;
import com.slack.api.model.block.composition.MarkdownTextObject;
import com.slack.api.model.block.composition.PlainTextObject;
import dev.upstream.workspace.Inspection;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Sizes, escapes and redaction, one by one. */
class OutgoingGuardTest {
  private final OutgoingGuard guard = new OutgoingGuard(List.of("a-signing-secret-of-ours"));

  private OutgoingGuard.Outgoing pass(Block... blocks) {
    OutgoingGuard.Outgoing sent = guard.pass(new Message("words", List.of(blocks)));
    String json = com.slack.api.util.json.GsonFactory.createSnakeCase().toJson(sent.blocks());
    assertThat(Inspection.of(sent.text(), json, List.of("a-signing-secret-of-ours"))).isEmpty();
    return sent;
  }

  private String plain(String text) {
    SectionBlock section = (SectionBlock) pass(Block.Section.plain(text)).blocks().getFirst();
    return ((PlainTextObject) section.getText()).getText();
  }

  private String rich(Span... spans) {
    SectionBlock section = (SectionBlock) pass(Block.Section.rich(spans)).blocks().getFirst();
    assertThat(((MarkdownTextObject) section.getText()).getVerbatim()).isTrue();
    return section.getText().getText();
  }

  @Test
  void plainTextStaysAsItIsLetterByLetter() {
    String text = "5 < 6 & 7 > 3 *x* _y_ <!channel> &lt; `z`";
    assertThat(plain(text)).isEqualTo(text);
  }

  @Test
  void richTextIsEscapedAndItsSignsOfFormattingReplaced() {
    assertThat(rich(new Span.Words("a < b & c > d"))).isEqualTo("a &lt; b &amp; c &gt; d");
    assertThat(rich(new Span.Words("*b* _i_ ~s~ `c` a*b snake_case")))
        .isEqualTo("\u2217b\u2217 \u02CDi\u02CD \u223Cs\u223C \u02CBc\u02CB a*b snake_case");
    assertThat(rich(new Span.Words("> quote\n  > more"))).isEqualTo("\u203A quote\n  \u203A more");
    assertThat(rich(new Span.Words(":skull: at 10:15:29"))).isEqualTo("\u2236skull: at 10:15:29");
    assertThat(rich(new Span.Strong("Where"), new Span.Words("here"), new Span.Code("a`b <c>")))
        .isEqualTo("*Where* here `a'b &lt;c&gt;`");
    assertThat(rich(new Span.Preformatted("run ```x``` 'y' && z\n")))
        .isEqualTo("```run '''x''' 'y' &amp;&amp; z```");
  }

  @Test
  void aTitleTooLongForLargeLettersKeepsItsEnd() {
    String title = "x".repeat(140) + " in cluster east";
    assertThat(pass(new Block.Header(title.substring(6))).blocks().getFirst())
        .isInstanceOf(HeaderBlock.class);
    SectionBlock section = (SectionBlock) pass(new Block.Header(title)).blocks().getFirst();
    assertThat(section.getText().getText()).isEqualTo("*" + title + "*");
  }

  @Test
  void whatIsTooLongIsCutAndSaysSo() {
    assertThat(plain("x".repeat(3_000))).hasSize(3_000).doesNotContain("cut");
    assertThat(plain("x".repeat(3_001)))
        .hasSizeLessThanOrEqualTo(3_000)
        .endsWith("x \u2026 (cut; 3001 characters in all)");
    assertThat(plain("word ".repeat(20_000))).endsWith("(cut; 100000 characters in all)");
    assertThat(plain("\uD83D\uDE00".repeat(5_000)))
        .matches("(\uD83D\uDE00)+ \u2026 \\(cut; 10000 characters in all\\)");
    assertThat(rich(new Span.Words("<".repeat(3_000))))
        .matches("(&lt;)+ \u2026 \\(cut; 3000 characters in all\\)");
    assertThat(rich(new Span.Preformatted("&".repeat(3_000)), new Span.Words(" and more")))
        .hasSizeLessThanOrEqualTo(3_000);
    assertThat(plain("line\n".repeat(500))).contains("(cut; 2500 characters in all)");
  }

  @Test
  void tooManyPartsAreLeftOutAndSaySo() {
    List<Block> many = Collections.nCopies(70, Block.Section.plain("one of many"));
    OutgoingGuard.Outgoing sent = pass(many.toArray(Block[]::new));
    assertThat(sent.blocks()).hasSize(50);
    assertThat(((ContextBlock) sent.blocks().getLast()).getElements().toString())
        .contains("Cut here: 21 more parts did not fit");
    Block large = Block.Section.plain("\u00e9".repeat(2_900));
    assertThat(pass(large, large, large, large, large).blocks()).hasSizeBetween(4, 5);
  }

  @Test
  void emptyPartsAreLeftOutAndAnEmptyMessageHasWords() {
    assertThat(pass(Block.Section.plain(" \u200B\n"), new Block.Header("")).blocks()).isEmpty();
    assertThat(guard.pass(new Message("", List.of())).text()).isEqualTo("Upstream");
  }

  @Test
  void secretsAreTakenOut() {
    assertThat(plain("password=hunter2")).isEqualTo("password=(redacted)");
    assertThat(plain("MY_API_KEY: hunter2 x")).isEqualTo("MY_API_KEY: (redacted) x");
    assertThat(plain("pass\u200Bword=hunter2")).isEqualTo("password=(redacted)");
    assertThat(plain("GET /a?token=hunter2 HTTP")).isEqualTo("GET /a HTTP");
    assertThat(plain("say xoxb-123456-abcdef now")).isEqualTo("say (redacted) now");
    assertThat(plain("a-signing-secret-of-ours")).isEqualTo("(redacted)");
    assertThat(plain("-----BEGIN RSA PRIVATE KEY-----\nMIIE\n")).doesNotContain("MIIE");
  }

  @Test
  void invisibleAndBrokenSignsAreTakenOut() {
    assertThat(plain("a\u202Eb\u0000c\u2066d\uFEFF")).isEqualTo("abcd");
    assertThat(plain("\u001B[31mred\u001B[0m")).isEqualTo("red");
    assertThat(plain("a\uD800b")).isEqualTo("a\uFFFDb");
    assertThat(plain("a\r\nb\rc\u2028d\n\n\n\n\ne")).isEqualTo("a\nb\nc\nd\n\ne");
    assertThat(plain("e\u0301\u0301\u0301\u0301\u0301")).isEqualTo("e\u0301\u0301\u0301");
  }

  @Test
  void buttonsStayWhateverIsCut() {
    Block large = Block.Section.plain("x".repeat(2_900));
    Block buttons = Block.Actions.of(Button.recheck(Handle.of("a1")));
    List<Block> many = new java.util.ArrayList<>(Collections.nCopies(70, large));
    many.add(buttons);
    List<com.slack.api.model.block.LayoutBlock> sent = pass(many.toArray(Block[]::new)).blocks();
    assertThat(sent.getLast()).isInstanceOf(com.slack.api.model.block.ActionsBlock.class);
    assertThat(sent.get(sent.size() - 2).toString()).contains("Cut here: ");
  }

  @Test
  void aBracketOrAColonStandsCloseToACode() {
    assertThat(rich(new Span.Words("see ("), new Span.Code("a"), new Span.Words("): b")))
        .isEqualTo("see (`a`): b");
    assertThat(rich(new Span.Strong("Where"), new Span.Words(": x"))).isEqualTo("*Where*: x");
    assertThat(rich(new Span.Words(":sku"), new Span.Words("ll:"))).isEqualTo(":sku ll:");
  }
}
