package dev.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upstream.workspace.Person;
import dev.upstream.workspace.Post;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What happens when people press what stands under an answer. */
@SideBySide
class ConversationButtonsTest {
  private final Asked asked = new Asked();
  private Bot bot;
  private Person ana;

  @BeforeEach
  void anAnswerStandsThere() throws IOException {
    bot = Bot.over(asked);
    ana = bot.workspace.person("ana");
    bot.types("check shop.example.com on east");
    Bot.eventually().until(() -> bot.transcript().contains("Was this answer useful?"));
  }

  @AfterEach
  void nothingWrongWasSent() {
    bot.close();
    assertThat(bot.workspace.violations()).isEmpty();
  }

  private String headline() {
    return bot.posts().stream().filter(p -> p.thread().isEmpty()).findFirst().orElseThrow().ts();
  }

  private void presses(String label) {
    ana.clicks(Bot.INCIDENTS, headline(), label);
  }

  private List<Post> whispers() {
    return bot.posts().stream().filter(p -> p.onlyFor().isPresent()).toList();
  }

  @Test
  void recheckEditsTheHeadlineAndSaysWhatBecameOfIt() {
    String before = headline();
    int posts = bot.posts().size();
    presses("Re-check");
    Bot.eventually().until(() -> asked.count() == 2 && bot.transcript().contains("Still: 95 %"));
    assertThat(headline()).isEqualTo(before);
    assertThat(bot.posts()).hasSize(posts);
  }

  @Test
  void evidenceAndJsonAreFilesInTheThreadOnceForEachAnswer() {
    presses("Show evidence");
    Bot.eventually().until(() -> bot.transcript().contains("evidence-shop.example.com"));
    presses("Show evidence");
    Bot.eventually().until(() -> !whispers().isEmpty());
    assertThat(whispers().getFirst().text()).contains("It is in the thread already; ana");
    presses("JSON");
    Bot.eventually().until(() -> bot.transcript().contains("diagnosis-shop.example.com"));
    assertThat(bot.transcript().split("evidence-shop.example.com", -1)).hasSize(2);
    assertThat(asked.count()).isEqualTo(1);
  }

  @Test
  void explainIsForWhoAsksAlone() {
    presses("Explain");
    Bot.eventually().until(() -> !whispers().isEmpty());
    assertThat(whispers()).singleElement().satisfies(p -> assertThat(p.onlyFor()).contains("ana"));
    assertThat(bot.transcript()).contains("scaled-to-zero");
  }

  @Test
  void aMutedFindingIsToldSmallUntilItIsUnmuted() {
    presses("Mute…");
    bot.filled(ana).fills("Why?", "known, the rollback is on its way").submits();
    Bot.eventually().until(() -> bot.transcript().contains("Muted by ana until"));
    assertThat(bot.transcript()).contains("known, the rollback is on its way");
    Bot.eventually().until(() -> bot.transcript().contains("*Cause, muted*"));
    Bot.eventually().until(() -> !whispers().isEmpty());
    assertThat(whispers())
        .singleElement()
        .satisfies(
            p -> {
              assertThat(p.onlyFor()).contains("ana");
              assertThat(p.blocks().toString())
                  .contains("Muted until ")
                  .contains("web-v1 is scaled to 0")
                  .contains("Reason: known, the rollback is on its way.")
                  .contains("The answer is shown small until then.")
                  .contains("To undo this, press Unmute");
            });
    presses("Unmute");
    Bot.eventually().until(() -> !bot.transcript().contains("Muted by ana until"));
    assertThat(bot.transcript()).contains("[Re-check]").doesNotContain("Cause, muted");
  }

  /** It is shown in the thread that told of it, though the headline tells a later answer. */
  @Test
  void aFindingOfAnEarlierThreadIsMutedToo() {
    presses("Re-check");
    Bot.eventually().until(() -> bot.transcript().contains("Still: 95 %"));
    presses("Mute…");
    bot.filled(ana).fills("Why?", "known").submits();
    Bot.eventually().until(() -> bot.transcript().contains("*Cause, muted*"));
    String muted = below("Muted by ana until");
    ana.clicks(Bot.INCIDENTS, muted, "Unmute");
    Bot.eventually().until(() -> !bot.transcript().contains("Muted by ana until"));
    assertThat(bot.transcript()).contains("Still: 95 %");
  }

  @Test
  void theFormAsksWhatTheCommandWouldAsk() {
    ana.types(Bot.INCIDENTS, "/upstream", "");
    ana.modal().fills("What is broken?", "shop.example.com").submits();
    Bot.eventually().until(() -> asked.count() == 2);
    Bot.eventually()
        .until(() -> bot.posts().stream().filter(p -> p.thread().isEmpty()).count() == 2);
  }

  @Test
  void afterARecheckTheThreadsButtonsStillWork() {
    String finding = below("Explain");
    presses("Re-check");
    Bot.eventually().until(() -> bot.transcript().contains("Still: 95 %"));
    ana.clicks(Bot.INCIDENTS, finding, "Explain");
    Bot.eventually().until(() -> !whispers().isEmpty());
    assertThat(bot.transcript()).contains("scaled-to-zero").doesNotContain("You came late");
  }

  @Test
  void everyPersonsLastWordOnAnAnswerIsCounted() {
    String question = below("Was this answer useful?");
    ana.clicks(Bot.INCIDENTS, question, "Useful");
    Bot.eventually().until(() -> bot.transcript().contains("Useful: 1, not useful: 0."));
    ana.clicks(Bot.INCIDENTS, question, "Not useful");
    Bot.eventually().until(() -> bot.transcript().contains("Useful: 0, not useful: 1."));
  }

  @Test
  void theEvidenceHoldsTheLogsThatItSpeaksOf() {
    presses("Show evidence");
    Bot.eventually().until(() -> bot.posts().stream().anyMatch(p -> !p.files().isEmpty()));
    String text =
        bot.posts().stream()
            .flatMap(p -> p.files().stream())
            .map(f -> new String(bot.workspace.content(f), StandardCharsets.UTF_8))
            .findFirst()
            .orElseThrow();
    assertThat(text)
        .contains("Log of istio-system/gateway-5d8f9c-m7k2p/istio-proxy in cluster east")
        .contains(" 503 UH ");
  }

  private String below(String words) {
    return bot.posts().stream()
        .filter(p -> p.thread().isPresent() && p.blocks().toString().contains(words))
        .findFirst()
        .orElseThrow()
        .ts();
  }

  @Test
  void aMentionIsAnsweredInItsThread() {
    String root = ana.says(Bot.INCIDENTS, "shop is down");
    ana.replies(Bot.INCIDENTS, root, "hey @ana @upstream check shop.example.com");
    Bot.eventually()
        .until(
            () ->
                bot.posts().stream()
                    .anyMatch(
                        p -> p.thread().equals(Optional.of(root)) && p.text().contains("95 %")));
  }

  /** What people paste: each as a message that the shortcut is used on. */
  @Test
  void theShortcutUnderstandsWhatPeoplePaste() {
    Map<String, String> pasted =
        Map.of(
            "[2026-11-21T10:15:29.000Z] \"GET /cart HTTP/1.1\" 503 UH no_healthy_upstream - \"-\" 0"
                + " 19 0 - \"192.0.2.7\" \"curl/8\" \"r-1\" \"shop.example.com\" \"-\""
                + " outbound|80|v1|web.shop.svc.cluster.local - 10.1.0.3:8080 192.0.2.7:50000 - -",
            "95 % of requests to shop.example.com fail",
            "2026/11/21 10:15:00 [error] 29#29: *1 connect() failed (111: Connection refused) while"
                + " connecting to upstream, client: 192.0.2.7, server: shop.example.com, request:"
                + " \"GET /cart HTTP/1.1\", upstream: \"http://10.1.0.7:8080/cart\", host:"
                + " \"shop.example.com\"",
            "95 % of requests to shop.example.com fail",
            "[FIRING:1] HighErrorRate\n*Alert:* too many 5xx\n*Details:*\n • *namespace:* `shop`\n"
                + " • *service:* `web`\n • *severity:* `page`",
            "web.shop works");
    for (Map.Entry<String, String> message : pasted.entrySet()) {
      String root = ana.says(Bot.INCIDENTS, message.getKey());
      ana.uses("check_from_message", Bot.INCIDENTS, root);
      Bot.eventually()
          .untilAsserted(
              () ->
                  assertThat(bot.posts())
                      .filteredOn(p -> p.thread().equals(Optional.of(root)))
                      .last()
                      .extracting(Post::text)
                      .asString()
                      .contains("Was this answer useful?"));
      assertThat(bot.posts())
          .filteredOn(p -> p.thread().equals(Optional.of(root)))
          .filteredOn(p -> p.author().equals("upstream"))
          .first()
          .extracting(Post::text)
          .asString()
          .contains(message.getValue());
    }
    assertThat(whispers()).isEmpty();
    assertThat(bot.headlines()).hasSize(1);
  }

  @Test
  void theShortcutAsksWhereAMessageNamesNothing() {
    String root = ana.says(Bot.INCIDENTS, "it is all broken again in namespace: shop, who looks?");
    ana.uses("check_from_message", Bot.INCIDENTS, root);
    assertThat(ana.modal().transcript())
        .contains("I found nothing in that message that I could check")
        .contains("shop");
    ana.modal().fills("What is broken?", "shop.example.com").submits();
    Bot.eventually()
        .until(
            () ->
                bot.posts().stream()
                    .anyMatch(
                        p -> p.thread().equals(Optional.of(root)) && p.text().contains("useful?")));
    assertThat(bot.headlines()).hasSize(1);
  }

  @Test
  void theShortcutInAChannelWithoutTheBotSaysHowToInviteIt() {
    bot.workspace.addChannel("random", Bot.ANA);
    String root = ana.says("random", "https://shop.example.com gives 503");
    ana.uses("check_from_message", "random", root);
    Bot.eventually().until(() -> bot.workspace.transcript("random").contains("/invite @upstream"));
    assertThat(bot.workspace.posts("random"))
        .filteredOn(p -> p.author().equals("upstream"))
        .singleElement()
        .satisfies(p -> assertThat(p.onlyFor()).contains(Bot.ANA));
  }
}
