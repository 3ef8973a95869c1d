package dev.upstream.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.upstream.answer.Question;
import dev.upstream.diagnosis.Finding;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What people fill in and press: what it means, and what is said when it means nothing. */
class FormsTest {
  private static final CheckModal.Entries NONE = CheckModal.Entries.about("");

  private static CheckModal.Entries entries(String service, String target, String client) {
    Optional<String> picked = service.isEmpty() ? Optional.empty() : Optional.of(service);
    return new CheckModal.Entries(Optional.of("east"), Optional.of("shop"), picked, target, client);
  }

  private static Map<Action, String> wrong(CheckModal.Entries entries) {
    return ((CheckModal.Outcome.Wrong) CheckModal.read(entries)).errors();
  }

  @Test
  void theFieldsOfACheckMakeAQuestion() {
    assertThat(CheckModal.read(entries("shop/web", " ", "checkout/api")))
        .isEqualTo(
            new CheckModal.Outcome.Asked(
                new Question(
                    "shop/web",
                    List.of("east"),
                    Optional.of("checkout/api"),
                    Optional.of("shop"))));
    assertThat(CheckModal.read(CheckModal.Entries.about("shop.example.com")))
        .isEqualTo(new CheckModal.Outcome.Asked(Question.about("shop.example.com")));
  }

  @Test
  void whatIsWrongIsSaidAtItsField() {
    assertThat(wrong(NONE)).containsOnlyKeys(Action.TARGET);
    assertThat(wrong(entries("shop/web", "shop.example.com", "")))
        .hasEntrySatisfying(Action.TARGET, e -> assertThat(e).contains("not both"));
    assertThat(wrong(entries("", "(what?)", "A B")))
        .containsOnlyKeys(Action.TARGET, Action.CLIENT)
        .containsEntry(Action.CLIENT, "Name a namespace or namespace/workload.");
  }

  @Test
  void whatLiesInAnotherNamespaceThanThePickedOneIsSaidThere() {
    String sentence = "You named something in namespace pay: pick that one, or none.";
    assertThat(wrong(entries("pay/web", "", "")))
        .containsExactly(entry(Action.NAMESPACE, sentence));
    assertThat(wrong(entries("", "pod/pay/web-1", "")))
        .containsExactly(entry(Action.NAMESPACE, sentence));
    assertThat(CheckModal.read(entries("", "shop.example.com", "")))
        .isInstanceOf(CheckModal.Outcome.Asked.class);
  }

  @Test
  void aMuteHasALengthAndAReason() {
    Instant now = Instant.parse("2026-11-21T22:30:00Z");
    ZoneId madrid = ZoneId.of("Europe/Madrid");
    assertThat(MuteModal.read("tomorrow", " known ", now, madrid))
        .isEqualTo(new MuteModal.Outcome.Muted(Instant.parse("2026-11-22T08:00:00Z"), "known"));
    assertThat(MuteModal.Length.HOUR.until(now, madrid)).isEqualTo(now.plusSeconds(3_600));
    assertThat(MuteModal.Length.HOURS.until(now, madrid)).isEqualTo(now.plusSeconds(14_400));
    assertThat(MuteModal.Length.WEEK.until(now, madrid)).isEqualTo(now.plusSeconds(604_800));
    assertThat(((MuteModal.Outcome.Wrong) MuteModal.read("", "\u200B \n", now, madrid)).errors())
        .containsOnlyKeys(Action.DURATION, Action.REASON);
    assertThat(
            ((MuteModal.Outcome.Wrong) MuteModal.read("1h", "x".repeat(201), now, madrid)).errors())
        .containsOnlyKeys(Action.REASON);
  }

  @Test
  void aWeekLaterTheClockShowsTheSameTime() {
    Instant beforeSummer = Instant.parse("2027-03-27T09:00:00Z");
    assertThat(MuteModal.Length.WEEK.until(beforeSummer, ZoneId.of("Europe/Madrid")))
        .isEqualTo(Instant.parse("2027-04-03T08:00:00Z"));
  }

  @Test
  void aPickerOffersWhatFitsAndSaysThatThereIsMore() {
    List<String> names = List.of("shop/web", "web", "other", "<!channel>", "a web", "web");
    assertThat(Suggestions.of(names, "WEB").choices())
        .extracting(Choice::value)
        .containsExactly("web", "shop/web");
    assertThat(Suggestions.of(names, "").choices())
        .extracting(Choice::value)
        .containsExactly("other", "shop/web", "web");
    Suggestions many =
        Suggestions.of(IntStream.range(0, 250).mapToObj(i -> "ns-" + i).toList(), "");
    assertThat(many.choices()).hasSize(100);
    assertThat(many.notice()).contains("The first 100 of 250: type to see others");
  }

  @Test
  void aHandleNamesACheckAndAFindingAndNothingElse() {
    List<Finding> findings = Case1.reply("shop.example.com").worst().findings();
    Handle check = Handle.of("0a1b2c3d");
    for (Finding finding : findings) {
      Handle handle = Handle.parse(check.finding(finding).value()).orElseThrow();
      assertThat(handle.run()).isEqualTo("0a1b2c3d");
      assertThat(handle.among(findings)).contains(finding);
      assertThat(handle.among(List.of())).isEmpty();
    }
    assertThat(check.among(findings)).isEmpty();
    for (String value : List.of("", "a b", "x.", "x.zz", "<!channel>", "x.0123456789abcdef0")) {
      assertThat(Handle.parse(value)).as(value).isEmpty();
    }
    assertThatThrownBy(() -> Handle.of("shop/web")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void idsOfOldVersionsMeanNothing() {
    for (Action action : Action.values()) {
      assertThat(Action.of(action.id())).contains(action);
      assertThat(action.id()).matches("[a-z_]+:v\\d+");
    }
    assertThat(Action.of("recheck:v0")).isEmpty();
  }

  @Test
  void aMessageHasEachButtonOnce() {
    Block recheck = Block.Actions.of(Button.recheck(Cases.CHECK));
    assertThatThrownBy(() -> new Message("x", List.of(recheck, recheck)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () ->
                new Message(
                    "x",
                    List.of(
                        new Block.Input(
                            Action.REASON, "Why?", "", false, new Field.Typed("", "", 9, false)))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Choice("a b", "x")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> new Span.Link(java.net.URI.create("https://evil.example/archives/C1/p1"), "x"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
