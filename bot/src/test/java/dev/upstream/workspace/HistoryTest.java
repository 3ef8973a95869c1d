package dev.upstream.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import com.slack.api.methods.response.conversations.ConversationsHistoryResponse;
import com.slack.api.methods.response.conversations.ConversationsRepliesResponse;
import com.slack.api.model.Message;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a bot finds again: messages with their metadata, page by page. */
class HistoryTest {
  private Rig rig;

  @BeforeEach
  void open() throws Exception {
    rig = new Rig();
    rig.workspace.withoutRateLimits();
  }

  @AfterEach
  void close() throws Exception {
    rig.close();
  }

  private String marked(String text, String check) {
    return Rig.ask(
            () ->
                rig.bot.chatPostMessage(
                    r ->
                        r.channel(rig.incidents)
                            .text(text)
                            .metadata(
                                Message.Metadata.builder()
                                    .eventType("check")
                                    .eventPayload(Map.of("id", check))
                                    .build())))
        .getTs();
  }

  private ConversationsHistoryResponse history(boolean metadata) {
    return Rig.ask(
        () ->
            rig.bot.conversationsHistory(
                r -> r.channel(rig.incidents).includeAllMetadata(metadata)));
  }

  @Test
  void metadataIsKeptThroughEditsAndGivenWhenAskedFor() {
    String ts = marked("Looking", "c-1");
    rig.says("another");
    Rig.ask(() -> rig.bot.chatUpdate(r -> r.channel(rig.incidents).ts(ts).text("Done")));

    Message found = history(true).getMessages().getLast();
    assertThat(found.getText()).isEqualTo("Done");
    assertThat(found.getMetadata().getEventType()).isEqualTo("check");
    assertThat(found.getMetadata().getEventPayload()).containsEntry("id", "c-1");
    assertThat(found.getUser()).isEqualTo("U0BOT");
    assertThat(history(true).getMessages().getFirst().getMetadata()).isNull();
    assertThat(history(false).getMessages().getLast().getMetadata()).isNull();
    assertThat(rig.workspace.violations()).isEmpty();
  }

  @Test
  void metadataNeedsATypeAndAPayload() {
    assertThat(
            Rig.error(
                () ->
                    rig.bot.chatPostMessage(
                        r ->
                            r.channel(rig.incidents)
                                .text("x")
                                .metadata(
                                    Message.Metadata.builder()
                                        .eventPayload(Map.of("id", "1"))
                                        .build()))))
        .isEqualTo("invalid_metadata_schema");
    assertThat(rig.workspace.expect("")).isEqualTo(1);
  }

  @Test
  void historyIsNewestFirstWithoutRepliesAndWhispers() {
    String first = rig.says("first");
    rig.replies(first, "a reply");
    rig.says("second");
    Rig.ask(
        () -> rig.bot.chatPostEphemeral(r -> r.channel(rig.incidents).user("U0ANA").text("psst")));
    assertThat(history(false).getMessages())
        .extracting(Message::getText)
        .containsExactly("second", "first");
    assertThat(history(false).getMessages().getLast().getReplyCount()).isEqualTo(1);
  }

  @Test
  void pagesDoNotShiftWhenMessagesArrive() {
    for (int i = 0; i < 5; i++) {
      rig.says("m" + i);
    }
    ConversationsHistoryResponse page =
        Rig.ask(() -> rig.bot.conversationsHistory(r -> r.channel(rig.incidents).limit(2)));
    assertThat(page.getMessages()).extracting(Message::getText).containsExactly("m4", "m3");
    assertThat(page.isHasMore()).isTrue();
    rig.says("m5");
    String cursor = page.getResponseMetadata().getNextCursor();
    ConversationsHistoryResponse next =
        Rig.ask(
            () ->
                rig.bot.conversationsHistory(
                    r -> r.channel(rig.incidents).limit(3).cursor(cursor)));
    assertThat(next.getMessages()).extracting(Message::getText).containsExactly("m2", "m1", "m0");
    assertThat(next.isHasMore()).isFalse();
    assertThat(next.getResponseMetadata().getNextCursor()).isEmpty();
    assertThat(
            Rig.error(
                () -> rig.bot.conversationsHistory(r -> r.channel(rig.incidents).cursor("x"))))
        .isEqualTo("invalid_cursor");
    rig.workspace.expect("invalid_cursor");
    assertThat(
            Rig.error(
                () -> rig.bot.conversationsHistory(r -> r.channel(rig.incidents).limit(1_000))))
        .isEqualTo("invalid_limit");
    rig.workspace.expect("invalid_limit");
  }

  @Test
  void aTimeCutsHistory() {
    String first = rig.says("first");
    rig.passes(Duration.ofSeconds(1));
    String second = rig.says("second");
    assertThat(second).isGreaterThan(first);
    assertThat(
            Rig.ask(() -> rig.bot.conversationsHistory(r -> r.channel(rig.incidents).oldest(first)))
                .getMessages())
        .extracting(Message::getText)
        .containsExactly("second");
    assertThat(
            Rig.ask(
                    () ->
                        rig.bot.conversationsHistory(
                            r -> r.channel(rig.incidents).latest(first).inclusive(true)))
                .getMessages())
        .extracting(Message::getText)
        .containsExactly("first");
  }

  @Test
  void timesOfMessagesAreUniqueAndRise() {
    List<String> all =
        java.util.stream.IntStream.range(0, 20).mapToObj(i -> rig.says("x")).toList();
    assertThat(all).doesNotHaveDuplicates().isSorted();
  }

  private ConversationsRepliesResponse thread(String root) {
    return Rig.ask(
        () ->
            rig.bot.conversationsReplies(
                r -> r.channel(rig.incidents).ts(root).includeAllMetadata(true)));
  }

  @Test
  void aThreadStartsWithItsRootAndOutlivesIt() {
    String root = marked("root", "c-1");
    rig.replies(root, "one");
    rig.replies(root, "two");
    assertThat(thread(root).getMessages())
        .extracting(Message::getText)
        .containsExactly("root", "one", "two");
    assertThat(thread(root).getMessages().getFirst().getMetadata()).isNotNull();
    assertThat(thread(root).getMessages().getLast().getThreadTs()).isEqualTo(root);

    rig.workspace.delete("incidents", root);
    assertThat(thread(root).getMessages())
        .extracting(Message::getSubtype)
        .containsExactly("tombstone", null, null);
    assertThat(history(false).getMessages()).isEmpty();
    assertThat(rig.replies(root, "three")).isNotEmpty();
    String alone = rig.says("alone");
    rig.workspace.delete("incidents", alone);
    assertThat(
            Rig.error(() -> rig.bot.conversationsReplies(r -> r.channel(rig.incidents).ts(alone))))
        .isEqualTo("thread_not_found");
    assertThat(rig.workspace.violations()).isEmpty();
  }

  @Test
  void onlyMembersRead() {
    rig.workspace.addChannel("random", "ana");
    assertThat(Rig.error(() -> rig.bot.conversationsHistory(r -> r.channel("C0RANDOM"))))
        .isEqualTo("not_in_channel");
    assertThat(Rig.error(() -> rig.bot.conversationsHistory(r -> r.channel("C0NONE"))))
        .isEqualTo("channel_not_found");
  }

  @Test
  void aReplyIsNoRoot() {
    String root = rig.says("root");
    String reply = rig.replies(root, "reply");
    assertThat(
            Rig.error(
                () ->
                    rig.bot.chatPostMessage(
                        r -> r.channel(rig.incidents).threadTs(reply).text("x"))))
        .isEqualTo("invalid_thread_ts");
    assertThat(rig.workspace.expect("")).isEqualTo(1);
  }

  @Test
  void anEditWithWordsAloneTakesTheBlocksAway() {
    String ts =
        Rig.ask(
                () ->
                    rig.bot.chatPostMessage(
                        r ->
                            r.channel(rig.incidents)
                                .text("x")
                                .blocksAsString("[{\"type\":\"divider\"}]")))
            .getTs();
    assertThat(rig.posts().getFirst().blocks().get(0).path("block_id").asText()).isNotEmpty();
    Rig.ask(() -> rig.bot.chatUpdate(r -> r.channel(rig.incidents).ts(ts).text("y")));
    assertThat(rig.posts().getFirst().blocks()).isEmpty();
  }

  @Test
  void blocksNeedATextBesideThem() {
    Rig.ask(
        () ->
            rig.bot.chatPostMessage(
                r -> r.channel(rig.incidents).blocksAsString("[{\"type\":\"divider\"}]")));
    rig.workspace.expect("chat.postMessage: blocks without a text leave notifications empty");
  }
}
