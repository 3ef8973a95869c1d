package dev.upstream.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.slack.api.socket_mode.SocketModeClient;
import com.slack.api.socket_mode.response.AckResponse;
import com.slack.api.socket_mode.response.MapResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Socket Mode, with Slack's own client at the other end. */
class SocketTest {
  private final List<SocketModeClient> clients = new ArrayList<>();
  private final List<String> got = new CopyOnWriteArrayList<>();
  private final List<JsonObject> heard = new CopyOnWriteArrayList<>();
  private Rig rig;
  private Person ana;

  @BeforeEach
  void open() throws Exception {
    rig = new Rig();
    ana = rig.workspace.person("ana");
    rig.workspace.deliver(Delivery.sockets());
    rig.workspace.retryEvents(Duration.ofSeconds(30), Duration.ZERO, Duration.ZERO);
  }

  @AfterEach
  void close() throws Exception {
    for (SocketModeClient client : clients) {
      client.close();
    }
    rig.close();
  }

  private SocketModeClient socket(String name, boolean acknowledges) throws Exception {
    SocketModeClient client =
        rig.slack.socketMode(Rig.APP.appToken(), SocketModeClient.Backend.JavaWebSocket);
    client.setAutoReconnectEnabled(false);
    clients.add(client);
    client.addWebSocketMessageListener(
        message -> heard.add(new com.google.gson.Gson().fromJson(message, JsonObject.class)));
    client.addSlashCommandsEnvelopeListener(
        e -> {
          got.add(name + " " + e.getPayload().getAsJsonObject().get("text").getAsString());
          client.sendSocketModeResponse(
              MapResponse.builder()
                  .envelopeId(e.getEnvelopeId())
                  .payload(Map.of("text", "from " + name))
                  .build());
        });
    client.addEventsApiEnvelopeListener(
        e -> {
          got.add(name + " event " + e.getRetryAttempt());
          if (acknowledges) {
            client.sendSocketModeResponse(new AckResponse(e.getEnvelopeId()));
          }
        });
    client.addInteractiveEnvelopeListener(
        e -> {
          got.add(name + " " + e.getPayload().getAsJsonObject().get("type").getAsString());
          client.sendSocketModeResponse(new AckResponse(e.getEnvelopeId()));
        });
    int before = rig.workspace.sockets();
    client.connect();
    Rig.eventually().until(() -> rig.workspace.sockets() == before + 1);
    return client;
  }

  @Test
  void aCommandIsAnsweredOverTheSocket() throws Exception {
    socket("a", true);
    Ack ack = ana.types("incidents", "/upstream", "help");
    assertThat(ack.status()).isEqualTo(200);
    assertThat(got).containsExactly("a help");
    assertThat(rig.posts())
        .singleElement()
        .satisfies(p -> assertThat(p.text()).isEqualTo("from a"));
    assertThat(rig.workspace.violations()).isEmpty();
  }

  @Test
  void helloTellsHowManySocketsThereAre() throws Exception {
    socket("a", true);
    socket("b", true);
    Rig.eventually()
        .untilAsserted(
            () ->
                assertThat(heard)
                    .filteredOn(m -> m.get("type").getAsString().equals("hello"))
                    .extracting(m -> m.get("num_connections").getAsInt())
                    .containsExactlyInAnyOrder(1, 2));
  }

  @Test
  void eachPayloadGoesToOneSocket() throws Exception {
    socket("a", true);
    socket("b", true);
    for (int i = 0; i < 4; i++) {
      ana.types("incidents", "/upstream", "c" + i);
    }
    assertThat(got).hasSize(4);
    assertThat(got).filteredOn(g -> g.startsWith("a ")).hasSize(2);
    assertThat(rig.workspace.violations()).isEmpty();
  }

  @Test
  void clicksAndEventsComeToo() throws Exception {
    socket("a", true);
    String ts =
        Rig.ask(
                () ->
                    rig.bot.chatPostMessage(
                        r ->
                            r.channel(rig.incidents)
                                .text("x")
                                .blocksAsString(
                                    "[{\"type\":\"actions\",\"elements\":[{\"type\":\"button\","
                                        + "\"text\":{\"type\":\"plain_text\",\"emoji\":false,"
                                        + "\"text\":\"Go\"}}]}]")))
            .getTs();
    assertThat(ana.clicks("incidents", ts, "Go").status()).isEqualTo(200);
    ana.says("incidents", "@upstream help");
    assertThat(got).containsExactly("a block_actions", "a event 0");
    assertThat(rig.workspace.violations()).isEmpty();
  }

  @Test
  void anEventThatOneSocketDoesNotAcknowledgeGoesToAnother() throws Exception {
    socket("deaf", false);
    socket("b", true);
    rig.workspace.retryEvents(Duration.ofMillis(500), Duration.ZERO);
    ana.says("incidents", "@upstream one");
    ana.says("incidents", "@upstream two");
    Rig.eventually().until(() -> got.contains("deaf event 0") && got.contains("b event 1"));
    assertThat(rig.workspace.sent().getFirst().ack().status()).isZero();
  }

  @Test
  void withoutASocketNothingIsTaken() {
    assertThat(ana.types("incidents", "/upstream", "help").status()).isZero();
    assertThat(rig.workspace.transcript("incidents")).contains("The command failed");
  }

  @Test
  void aSocketThatBreaksIsReplaced() throws Exception {
    SocketModeClient a = socket("a", true);
    a.setAutoReconnectEnabled(true);
    rig.workspace.dropSockets();
    Rig.eventually().until(() -> ana.types("incidents", "/upstream", "back").status() == 200);
    assertThat(got).containsOnly("a back");
  }

  @Test
  void aSocketIsToldToBeReplaced() throws Exception {
    socket("a", true);
    rig.workspace.disconnectSockets("warning");
    Rig.eventually().until(() -> hellos() == 2);
    rig.workspace.disconnectSockets("refresh_requested");
    Rig.eventually().until(() -> hellos() == 3 && rig.workspace.sockets() > 0);
    assertThat(ana.types("incidents", "/upstream", "help").status()).isEqualTo(200);
    assertThat(rig.workspace.violations()).isEmpty();
  }

  private long hellos() {
    return heard.stream().filter(m -> m.get("type").getAsString().equals("hello")).count();
  }

  @Test
  void anEleventhSocketIsTooMany() throws Exception {
    for (int i = 0; i < 10; i++) {
      socket("s" + i, true);
    }
    SocketModeClient eleventh =
        rig.slack.socketMode(Rig.APP.appToken(), SocketModeClient.Backend.JavaWebSocket);
    eleventh.setAutoReconnectEnabled(false);
    clients.add(eleventh);
    eleventh.connect();
    Rig.eventually().until(() -> !rig.workspace.violations().isEmpty());
    assertThat(rig.workspace.sockets()).isEqualTo(10);
    eleventh.close();
    rig.workspace.expect("more than 10 sockets");
  }

  @Test
  void anAddressOpensOneSocket() throws Exception {
    String url =
        Rig.ask(() -> rig.slack.methods(Rig.APP.appToken()).appsConnectionsOpen(r -> r)).getUrl();
    assertThat(url).startsWith("ws://127.0.0.1:");
    for (int i = 0; i < 2; i++) {
      var client =
          new org.java_websocket.client.WebSocketClient(java.net.URI.create(url)) {
            @Override
            public void onOpen(org.java_websocket.handshake.ServerHandshake handshake) {}

            @Override
            public void onMessage(String message) {
              got.add(message);
            }

            @Override
            public void onClose(int code, String reason, boolean remote) {
              got.add(reason);
            }

            @Override
            public void onError(Exception e) {
              got.add(String.valueOf(e));
            }
          };
      client.connectBlocking();
      int expected = i + 1;
      Rig.eventually().until(() -> got.size() >= expected);
    }
    assertThat(got.get(0)).contains("hello");
    assertThat(got.get(1)).contains("no such ticket");
  }

  @Test
  void aBotTokenOpensNoSocket() {
    assertThat(Rig.error(() -> rig.bot.appsConnectionsOpen(r -> r)))
        .isEqualTo("not_allowed_token_type");
    assertThat(rig.workspace.expect("")).isEqualTo(1);
  }

  @Test
  void anOutageBreaksSocketsToo() throws Exception {
    socket("a", true);
    rig.workspace.faults().outage();
    Rig.eventually().until(() -> rig.workspace.sockets() == 0);
    rig.workspace.faults().calm();
    socket("b", true);
    assertThat(ana.types("incidents", "/upstream", "help").status()).isEqualTo(200);
    assertThat(got).containsExactly("b help");
  }
}
