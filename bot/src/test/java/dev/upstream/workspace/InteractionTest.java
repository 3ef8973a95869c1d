package dev.upstream.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.slack.api.app_backend.interactive_components.payload.BlockActionPayload;
import com.slack.api.app_backend.interactive_components.payload.BlockSuggestionPayload;
import com.slack.api.app_backend.interactive_components.payload.MessageShortcutPayload;
import com.slack.api.app_backend.slash_commands.payload.SlashCommandPayload;
import com.slack.api.bolt.context.builtin.ActionContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What people do to messages, as a bot on Slack's own library gets it. */
class InteractionTest {
  private static final String BUTTONS =
      """
      [{"type":"actions","block_id":"row","elements":[
        {"type":"button","action_id":"recheck:v1","value":"c-1","text":{"type":"plain_text","emoji":false,"text":"Re-check"}},
        {"type":"static_select","action_id":"mute:v1","options":[
          {"value":"1h","text":{"type":"plain_text","emoji":false,"text":"One hour"}},
          {"value":"1d","text":{"type":"plain_text","emoji":false,"text":"One day"}}]},
        {"type":"external_select","action_id":"ns:v1","min_query_length":1}]}]
      """;

  private final List<BlockActionPayload> clicks = new CopyOnWriteArrayList<>();
  private Rig rig;
  private BoltBot bolt;
  private Person ana;

  @BeforeEach
  void open() throws Exception {
    rig = new Rig();
    bolt = new BoltBot(rig);
    ana = rig.workspace.person("ana");
    bolt.app.blockAction(
        "recheck:v1", (request, context) -> clicked(request.getPayload(), context));
    bolt.app.blockAction("mute:v1", (request, context) -> clicked(request.getPayload(), context));
    bolt.app.blockAction("ns:v1", (request, context) -> clicked(request.getPayload(), context));
  }

  private com.slack.api.bolt.response.Response clicked(
      BlockActionPayload payload, ActionContext context) {
    clicks.add(payload);
    return context.ack();
  }

  @AfterEach
  void close() throws Exception {
    bolt.close();
    rig.close();
  }

  private void nothingWrong() {
    assertThat(rig.workspace.violations()).isEmpty();
  }

  private String posted() {
    return Rig.ask(
            () ->
                rig.bot.chatPostMessage(
                    r -> r.channel(rig.incidents).text("x").blocksAsString(BUTTONS)))
        .getTs();
  }

  @Test
  void aCommandComesAsSlackSendsIt() {
    List<SlashCommandPayload> got = new ArrayList<>();
    bolt.app.command(
        "/upstream",
        (request, context) -> {
          got.add(request.getPayload());
          return context.ack("Checking ...");
        });
    Ack ack = ana.types("incidents", "/upstream", "check shop.example.com");

    assertThat(ack.status()).isEqualTo(200);
    assertThat(got.getFirst().getText())
        .isEqualTo("check <http://shop.example.com|shop.example.com>");
    assertThat(got.getFirst().getTeamId()).isEqualTo("T0TEAM");
    assertThat(got.getFirst().getChannelId()).isEqualTo(rig.incidents);
    assertThat(got.getFirst().getResponseUrl())
        .startsWith(rig.workspace.apiUrl().resolve("/").toString());
    assertThat(rig.posts()).singleElement().satisfies(p -> assertThat(p.onlyFor()).contains("ana"));
    assertThat(rig.workspace.figures().acknowledged()).isEqualTo(1);
    assertThat(rig.workspace.sent()).extracting(Sent::type).containsExactly("slash_commands");
    nothingWrong();
  }

  @Test
  void whoIsNotThereTypesNothing() {
    rig.workspace.addPerson("bob");
    rig.workspace.addPerson("eve", Trait.DEACTIVATED);
    Workspace partner = rig.workspace.without("partner");
    rig.workspace.share("incidents", partner, "zoe");
    Person bob = rig.workspace.person("bob");
    Person eve = rig.workspace.person("eve");
    Person zoe = partner.person("zoe");
    for (Person person : List.of(bob, eve, zoe)) {
      assertThatThrownBy(() -> person.types("incidents", "/upstream", "help"))
          .isInstanceOf(Impossible.class);
    }
    rig.workspace.archive("incidents");
    assertThatThrownBy(() -> ana.types("incidents", "/upstream", "help"))
        .isInstanceOf(Impossible.class);
    assertThat(rig.workspace.sent()).isEmpty();
  }

  /** Each workspace has its own app, whosever channel it is. */
  @Test
  void inAChannelOfAPartnerPeopleUseTheirOwnApp() {
    List<String> teams = new ArrayList<>();
    bolt.app.command(
        "/upstream",
        (request, context) -> {
          teams.add(request.getPayload().getTeamId());
          return context.ack();
        });
    Workspace partner = rig.workspace.without("partner");
    partner.addChannel("joint", "zoe");
    partner.share("joint", rig.workspace, "ana");
    String ts = partner.person("zoe").says("joint", "it is down");
    assertThat(ana.types("joint", "/upstream", "help").status()).isEqualTo(200);
    assertThat(teams).containsExactly("T0TEAM");
    rig.workspace.inviteBot("joint");
    assertThat(
            Rig.ask(() -> rig.bot.conversationsHistory(r -> r.channel("C1JOINT")))
                .getMessages()
                .stream()
                .filter(m -> m.getTs().equals(ts))
                .map(com.slack.api.model.Message::getTeam))
        .containsExactly("T1TEAM");
    nothingWrong();
  }

  @Test
  void aClickTellsWhereAndWhat() {
    String ts = posted();
    Ack ack = ana.clicks("incidents", ts, "Re-check");

    assertThat(ack.status()).isEqualTo(200);
    BlockActionPayload click = clicks.getFirst();
    assertThat(click.getActions().getFirst().getActionId()).isEqualTo("recheck:v1");
    assertThat(click.getActions().getFirst().getBlockId()).isEqualTo("row");
    assertThat(click.getActions().getFirst().getValue()).isEqualTo("c-1");
    assertThat(click.getUser().getId()).isEqualTo("U0ANA");
    assertThat(click.getUser().getTeamId()).isEqualTo("T0TEAM");
    assertThat(click.getTeam().getId()).isEqualTo("T0TEAM");
    assertThat(click.getChannel().getId()).isEqualTo(rig.incidents);
    assertThat(click.getContainer().getMessageTs()).isEqualTo(ts);
    assertThat(click.getMessage().getTs()).isEqualTo(ts);
    assertThat(click.getTriggerId()).isNotEmpty();
    nothingWrong();
  }

  @Test
  void aMenuTellsWhatWasChosen() {
    String ts = posted();
    ana.clicks("incidents", ts, "mute:v1", "One day");
    assertThat(clicks.getFirst().getActions().getFirst().getSelectedOption().getValue())
        .isEqualTo("1d");
    assertThatThrownBy(() -> ana.clicks("incidents", ts, "mute:v1", "One year"))
        .isInstanceOf(Impossible.class)
        .hasMessageContaining("not offered");
    nothingWrong();
  }

  @Test
  void whatIsGoneCannotBeClickedExceptOnAnOldCopy() {
    String ts = posted();
    Post old = rig.posts().getFirst();
    Rig.ask(() -> rig.bot.chatUpdate(r -> r.channel(rig.incidents).ts(ts).text("done")));
    assertThatThrownBy(() -> ana.clicks("incidents", ts, "Re-check"))
        .isInstanceOf(Impossible.class);
    assertThat(clicks).isEmpty();
    assertThat(ana.clicks("incidents", old, "Re-check").status()).isEqualTo(200);
    assertThat(clicks.getFirst().getActions().getFirst().getValue()).isEqualTo("c-1");
    nothingWrong();
  }

  @Test
  void twoOfTheSameAreToldApartByTheirValue() {
    String one =
        """
        {"type":"actions","elements":[{"type":"button","action_id":"recheck:v1","value":"%s",
        "text":{"type":"plain_text","emoji":false,"text":"Re-check"}}]}
        """;
    String ts =
        Rig.ask(
                () ->
                    rig.bot.chatPostMessage(
                        r ->
                            r.channel(rig.incidents)
                                .text("x")
                                .blocksAsString(
                                    "["
                                        + one.formatted("east")
                                        + ","
                                        + one.formatted("west")
                                        + "]")))
            .getTs();
    assertThatThrownBy(() -> ana.clicks("incidents", ts, "Re-check"))
        .hasMessageContaining("several");
    ana.clicks("incidents", ts, "recheck:v1=west");
    assertThat(clicks.getFirst().getActions().getFirst().getValue()).isEqualTo("west");
    nothingWrong();
  }

  @Test
  void anEphemeralMessageIsClickedByItsOneReader() {
    rig.workspace.addPerson("bob");
    rig.workspace.addChannel("incidents", "bob");
    String ts =
        Rig.ask(
                () ->
                    rig.bot.chatPostEphemeral(
                        r ->
                            r.channel(rig.incidents)
                                .user("U0ANA")
                                .text("x")
                                .blocksAsString(BUTTONS)))
            .getMessageTs();
    Person bob = rig.workspace.person("bob");
    assertThatThrownBy(() -> bob.clicks("incidents", ts, "Re-check"))
        .hasMessageContaining("only ana");
    ana.clicks("incidents", ts, "Re-check");
    assertThat(clicks.getFirst().getContainer().isEphemeral()).isTrue();
    assertThat(clicks.getFirst().getMessage()).isNull();
    assertThat(Rig.error(() -> rig.bot.chatUpdate(r -> r.channel(rig.incidents).ts(ts).text("y"))))
        .isEqualTo("message_not_found");
    nothingWrong();
  }

  @Test
  void aStrangerIsToldByHisWorkspace() {
    Workspace partner = rig.workspace.beside("partner", "xoxb-9876543210-partner-token");
    rig.workspace.share("incidents", partner, "zoe");
    String ts = posted();
    partner.person("zoe").clicks("incidents", ts, "Re-check");
    assertThat(clicks.getFirst().getTeam().getId()).isEqualTo("T0TEAM");
    assertThat(clicks.getFirst().getUser().getTeamId()).isEqualTo("T1TEAM");
    nothingWrong();
  }

  private void offering() {
    bolt.app.blockSuggestion(
        "ns:v1",
        (request, context) -> {
          BlockSuggestionPayload payload = request.getPayload();
          String typed = payload.getValue();
          return context.ackWithJson(
              new com.google.gson.Gson()
                  .fromJson(
                      "{\"options\":[{\"value\":\"ns-"
                          + typed
                          + "\",\"text\":{\"type\":\"plain_text\",\"emoji\":false,\"text\":\"ns "
                          + typed
                          + "\"}}]}",
                      com.google.gson.JsonObject.class));
        });
  }

  @Test
  void optionsAreFoundForTypedWordsAndOnlyTheyAreChosen() {
    offering();
    String ts = posted();
    assertThatThrownBy(() -> ana.clicks("incidents", ts, "ns:v1", "ns-sh"))
        .isInstanceOf(Impossible.class);
    assertThatThrownBy(() -> ana.looksFor("incidents", ts, "ns:v1", ""))
        .hasMessageContaining("too short");
    assertThat(ana.looksFor("incidents", ts, "ns:v1", "sh"))
        .containsExactly(new Choice("ns sh", "ns-sh"));
    ana.clicks("incidents", ts, "ns:v1", "ns-sh");
    assertThat(clicks.getFirst().getActions().getFirst().getSelectedOption().getValue())
        .isEqualTo("ns-sh");
    nothingWrong();
  }

  @Test
  void tooManyOptionsAreAViolation() {
    StringBuilder options = new StringBuilder();
    for (int i = 0; i < 101; i++) {
      options
          .append(i == 0 ? "" : ",")
          .append("{\"value\":\"")
          .append(i)
          .append("\",\"text\":{\"type\":\"plain_text\",\"emoji\":false,\"text\":\"x\"}}");
    }
    bolt.app.blockSuggestion(
        "ns:v1",
        (request, context) ->
            context.ackWithJson(
                new com.google.gson.Gson()
                    .fromJson(
                        "{\"options\":[" + options + "]}", com.google.gson.JsonObject.class)));
    assertThat(ana.looksFor("incidents", posted(), "ns:v1", "x")).isEmpty();
    rig.workspace.expect("no more than 100 items");
  }

  @Test
  void aShortcutIsUsedOnAnyMessage() {
    List<MessageShortcutPayload> used = new ArrayList<>();
    bolt.app.messageShortcut(
        "check_from_message",
        (request, context) -> {
          used.add(request.getPayload());
          return context.ack();
        });
    rig.workspace.addChannel("random", "ana");
    String root = ana.says("random", "shop.example.com is down");
    String ts = ana.replies("random", root, "503 at shop.example.com");
    assertThat(ana.uses("check_from_message", "random", ts).status()).isEqualTo(200);
    assertThat(used.getFirst().getMessage().getText()).contains("503 at");
    assertThat(used.getFirst().getMessage().getThreadTs()).isEqualTo(root);
    assertThat(used.getFirst().getChannel().getId()).isEqualTo("C0RANDOM");
    nothingWrong();
  }

  @Test
  void anAnswerReplacesOrTakesAwayTheMessageThatWasClicked() {
    String ts = posted();
    BlockActionPayload click = clicked(ts);
    respond(click, "{\"replace_original\":true,\"text\":\"replaced\"}");
    assertThat(rig.posts())
        .singleElement()
        .satisfies(p -> assertThat(p.text()).isEqualTo("replaced"));
    respond(click, "{\"text\":\"psst\"}");
    assertThat(rig.posts().getLast().onlyFor()).contains("ana");
    respond(click, "{\"text\":\"to all\",\"response_type\":\"in_channel\"}");
    assertThat(rig.posts().getLast().onlyFor()).isEmpty();
    respond(click, "{\"delete_original\":true}");
    assertThat(rig.posts()).extracting(Post::text).containsExactly("psst", "to all");
    respond(click, "{\"replace_original\":true,\"text\":\"too late\"}");
    nothingWrong();
    respond(click, "{\"text\":\"a sixth\"}");
    assertThat(rig.workspace.expect("response_url: used up or expired")).isEqualTo(1);
  }

  private BlockActionPayload clicked(String ts) {
    ana.clicks("incidents", ts, "Re-check");
    return clicks.getFirst();
  }

  private void respond(BlockActionPayload click, String json) {
    try (var client = java.net.http.HttpClient.newHttpClient()) {
      client.send(
          java.net.http.HttpRequest.newBuilder(java.net.URI.create(click.getResponseUrl()))
              .header("Content-Type", "application/json")
              .POST(java.net.http.HttpRequest.BodyPublishers.ofString(json))
              .build(),
          java.net.http.HttpResponse.BodyHandlers.discarding());
    } catch (java.io.IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aClickMayComeTwiceAtOnce() {
    String ts = posted();
    rig.workspace.faults().doubled(1);
    ana.clicks("incidents", ts, "Re-check");
    ana.clicks("incidents", ts, "Re-check");
    assertThat(clicks).hasSize(3);
    assertThat(clicks.get(0).getTriggerId()).isEqualTo(clicks.get(1).getTriggerId());
    assertThat(clicks.get(2).getTriggerId()).isNotEqualTo(clicks.get(1).getTriggerId());
  }

  @Test
  void aReplicaThatDoesNotListenIsPassedOver() throws Exception {
    String ts = posted();
    java.net.URI gone;
    try (var socket = new java.net.ServerSocket(0)) {
      gone = java.net.URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/slack/events");
    }
    rig.workspace.deliver(Delivery.http(gone, bolt.address()));
    for (int i = 0; i < 3; i++) {
      assertThat(ana.clicks("incidents", ts, "Re-check").status()).isEqualTo(200);
    }
    rig.workspace.deliver(Delivery.http(gone));
    assertThat(ana.clicks("incidents", ts, "Re-check").status()).isZero();
    assertThat(rig.workspace.figures().unanswered()).isEqualTo(1);
    assertThat(clicks).hasSize(3);
  }

  @Test
  void whatIsAcknowledgedTooLateFails() throws Exception {
    rig.workspace.patience(BoltBot.SHORT);
    bolt.app.command(
        "/upstream",
        (request, context) -> {
          BoltBot.dawdle();
          return context.ack("Checking ...");
        });
    bolt.app.blockSuggestion(
        "ns:v1",
        (request, context) -> {
          BoltBot.dawdle();
          return context.ackWithJson(new com.google.gson.JsonObject());
        });
    String ts = posted();
    var looks =
        java.util.concurrent.CompletableFuture.supplyAsync(
            () -> ana.looksFor("incidents", ts, "ns:v1", "sh"));
    assertThat(ana.types("incidents", "/upstream", "help").inTime()).isFalse();
    assertThat(looks.get()).isEmpty();
    assertThat(rig.posts().getLast().text()).contains("operation_timeout");
    assertThat(rig.workspace.transcript("incidents")).doesNotContain("Checking ...");
    assertThat(rig.workspace.expect("slash_commands: acknowledged after ")).isEqualTo(1);
    assertThat(rig.workspace.expect("interactive: acknowledged after ")).isEqualTo(1);
    nothingWrong();
  }

  @Test
  void theStoryTellsAllThatHappened() {
    bolt.app.command("/upstream", (request, context) -> context.ack());
    ana.types("incidents", "/upstream", "check shop.example.com");
    String ts = posted();
    rig.replies(ts, "proof");
    ana.clicks("incidents", ts, "Re-check");
    rig.passes(Duration.ofSeconds(1));
    Rig.ask(() -> rig.bot.chatUpdate(r -> r.channel(rig.incidents).ts(ts).text("all is well")));
    ana.says("incidents", "thanks @upstream");
    rig.workspace.delete("incidents", ts);
    assertThat(rig.workspace.story("incidents"))
        .isEqualTo(
            """
            #incidents

            ana types: /upstream check shop.example.com

            upstream (1):
              [Re-check] [v] [v]

                upstream (2) under (1):
                  proof

            ana presses: [Re-check]

            upstream edits (1):
              all is well

            ana (3):
              thanks @upstream

            ((1) is taken away)
            """);
  }
}
