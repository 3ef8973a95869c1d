package dev.upstream.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The workspace is as strict as Slack, and shows what people see. */
class WorkspaceTest {
  private static final String TOKEN = "xoxb-0123456789-abcdefghij";
  private static final String SIGNING = "8f742231b10e8888abcd99yyyzzz85a5";

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-11-21T10:16:00Z"));
  private final HttpClient client = HttpClient.newHttpClient();
  private Workspace workspace;
  private String channel = "";

  @BeforeEach
  void open() throws IOException {
    workspace = Workspace.open("upstream", TOKEN, SIGNING, now::get);
    channel = workspace.addChannel("incidents", "ana");
    workspace.inviteBot("incidents");
    workspace.withoutRateLimits();
  }

  @AfterEach
  void close() {
    workspace.close();
    client.close();
    assertThat(workspace.violations()).isEmpty();
  }

  private JsonNode call(String method, String... arguments) {
    String form =
        IntStream.range(0, arguments.length / 2)
            .mapToObj(i -> encoded(arguments[2 * i]) + "=" + encoded(arguments[2 * i + 1]))
            .collect(Collectors.joining("&"));
    return answer(post(workspace.apiUrl().resolve(method), "Bearer " + TOKEN, form));
  }

  private static JsonNode answer(HttpResponse<String> response) {
    try {
      return Arguments.JSON.readTree(response.body());
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private HttpResponse<String> post(URI uri, String authorization, String form) {
    return send(
        HttpRequest.newBuilder(uri)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Authorization", authorization)
            .POST(HttpRequest.BodyPublishers.ofString(form))
            .build());
  }

  private HttpResponse<String> send(HttpRequest request) {
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private String error(String method, String... arguments) {
    return call(method, arguments).path("error").asText();
  }

  private String says(String text) {
    return call("chat.postMessage", "channel", channel, "text", text).path("ts").asText();
  }

  private String blocks(String blocks) {
    return error("chat.postMessage", "channel", channel, "text", "x", "blocks", blocks);
  }

  @Test
  void messagesArePostedEditedAnsweredAndDeleted() {
    String ts = says("Looking");
    call("chat.postMessage", "channel", channel, "text", "a reply &amp; more", "thread_ts", ts);
    call("chat.update", "channel", channel, "ts", ts, "text", "Done");
    String gone = says("gone");
    call("chat.delete", "channel", channel, "ts", gone);
    call("chat.postEphemeral", "channel", channel, "user", "U0ANA", "text", "psst");

    assertThat(workspace.transcript("incidents"))
        .isEqualTo(
            """
            #incidents

            upstream (edited):
              Done

                upstream:
                  a reply & more

            upstream (only ana sees this):
              psst
            """);
    assertThat(call("auth.test").path("user").asText()).isEqualTo("upstream");
    assertThat(workspace.violations()).isEmpty();
  }

  @Test
  void whoAndWhereIsChecked() {
    workspace.addChannel("random");
    workspace.addPrivateChannel("secret");
    URI uri = workspace.apiUrl().resolve("chat.postMessage");
    assertThat(answer(post(uri, "Bearer xoxb-wrong", "")).path("error").asText())
        .isEqualTo("invalid_auth");
    HttpRequest bare =
        HttpRequest.newBuilder(uri).POST(HttpRequest.BodyPublishers.noBody()).build();
    assertThat(answer(send(bare)).path("error").asText()).isEqualTo("not_authed");
    assertThat(error("chat.postMessage", "channel", "C0RANDOM", "text", "x"))
        .isEqualTo("not_in_channel");
    assertThat(error("chat.postMessage", "channel", "C0SECRET", "text", "x"))
        .isEqualTo("channel_not_found");
    assertThat(error("chat.postMessage", "channel", "C0NONE", "text", "x"))
        .isEqualTo("channel_not_found");
    assertThat(error("chat.update", "channel", channel, "ts", "1.1", "text", "x"))
        .isEqualTo("message_not_found");
    assertThat(error("chat.postEphemeral", "channel", channel, "user", "U0BOB", "text", "x"))
        .isEqualTo("user_not_in_channel");
    assertThat(workspace.violations()).isEmpty();
    assertThat(workspace.calls()).hasSize(7).noneMatch(c -> c.error().isEmpty());
  }

  @Test
  void whatSlackWouldNotTakeIsRefusedAndCounted() {
    String section =
        "{\"type\":\"section\",\"text\":{\"type\":\"plain_text\",\"emoji\":false,\"text\":\"%s\"}}";
    String divider = "{\"type\":\"divider\"}";
    assertThat(error("chat.postMessage", "channel", channel)).isEqualTo("no_text");
    assertThat(error("chat.postMessage", "channel", channel, "text", "x".repeat(40_001)))
        .isEqualTo("msg_too_long");
    assertThat(error("chat.postMessage", "channel", channel, "text", "x", "colour", "red"))
        .isEqualTo("invalid_arguments");
    assertThat(error("chat.postMessage", "channel", channel, "text", "x", "thread_ts", "1.1"))
        .isEqualTo("thread_not_found");
    assertThat(error("chat.shout")).isEqualTo("unknown_method");
    assertThat(blocks("no json")).isEqualTo("invalid_blocks_format");
    assertThat(blocks("[" + (divider + ",").repeat(50) + divider + "]"))
        .isEqualTo("invalid_blocks");
    assertThat(blocks("[" + section.formatted("x".repeat(3_001)) + "]"))
        .isEqualTo("invalid_blocks");
    assertThat(blocks("[" + section.formatted("") + "]")).isEqualTo("invalid_blocks");
    assertThat(blocks("[{\"type\":\"section\"}]")).isEqualTo("invalid_blocks");
    assertThat(blocks("[{\"type\":\"divider\",\"colour\":1}]")).isEqualTo("invalid_blocks");
    assertThat(blocks("[{\"type\":\"context\",\"elements\":[]}]")).isEqualTo("invalid_blocks");
    assertThat(blocks("[{\"type\":\"table\"}]")).isEqualTo("invalid_blocks");
    assertThat(blocks("[{\"type\":\"header\",\"text\":{\"type\":\"mrkdwn\",\"text\":\"x\"}}]"))
        .isEqualTo("invalid_blocks");
    assertThat(
            blocks(
                "["
                    + (section.formatted("x".repeat(2_900)) + ",").repeat(4)
                    + section.formatted("x".repeat(2_900))
                    + "]"))
        .isEqualTo("msg_blocks_too_long");
    assertThat(workspace.expect("")).isEqualTo(15);
    assertThat(workspace.posts("incidents")).isEmpty();
  }

  @Test
  void whatTakesEffectIsCounted() {
    for (String text :
        List.of(
            "hey <!channel>",
            "see <http://evil.example|here>",
            "a & b",
            "see http://evil.example/",
            "hey @here",
            "an _italic_ word",
            "a :skull: here",
            "&gt; quoted",
            "bell \u0007",
            "\u202Edlrow",
            "a line\u2028that is two",
            "my token is " + TOKEN)) {
      int before = workspace.violations().size();
      says(text);
      assertThat(workspace.violations().size()).as(text).isGreaterThan(before);
    }
    int before = workspace.violations().size();
    blocks(
        "[{\"type\":\"section\",\"text\":{\"type\":\"mrkdwn\",\"text\":\"see"
            + " http://evil.example\"}}]");
    blocks("[{\"type\":\"section\",\"text\":{\"type\":\"plain_text\",\"text\":\"see :skull:\"}}]");
    call("chat.postMessage", "channel", channel, "text", "x", "link_names", "1");
    assertThat(workspace.violations()).hasSize(before + 3);
    before += 3;
    for (String element :
        List.of(
            "{'type':'button','url':'https://evil.example/','text':%s}",
            "{'type':'button','accessibility_label':'\u202Edlrow','text':%s}")) {
      blocks(
          ("[{'type':'actions','elements':[" + element + "]}]")
              .formatted("{'type':'plain_text','emoji':false,'text':'x'}")
              .replace('\'', '"'));
      before++;
      assertThat(workspace.violations()).hasSize(before);
    }
    blocks(
        "[{'type':'image','image_url':'https://evil.example/x.png','alt_text':'\u202Edlrow'}]"
            .replace('\'', '"'));
    before += 2;
    assertThat(workspace.violations()).hasSize(before);
    String full =
        "{'type':'section','text':{'type':'plain_text','emoji':false,'text':'%s'}},"
            .formatted("x".repeat(2_950))
            .replace('\'', '"');
    blocks("[" + full.repeat(4) + "{\"type\":\"divider\"}]");
    before++;
    assertThat(workspace.violations()).hasSize(before).last().asString().contains("12000");
    says("*bold* `<code>`".replace("<", "&lt;").replace(">", "&gt;") + " and a*b snake_case");
    assertThat(workspace.violations()).hasSize(before);
    workspace.expect("");
  }

  @Test
  void disturbancesComeOnceEach() {
    workspace.disturb("auth.test", new Disturbance.RateLimited(7));
    workspace.disturb("auth.test", new Disturbance.ServerError());
    workspace.disturb("auth.test", new Disturbance.Refused("fatal_error"));
    URI uri = workspace.apiUrl().resolve("auth.test");
    HttpResponse<String> limited = post(uri, "Bearer " + TOKEN, "");
    assertThat(limited.statusCode()).isEqualTo(429);
    assertThat(limited.headers().firstValue("Retry-After")).contains("7");
    now.updateAndGet(n -> n.plusSeconds(7));
    assertThat(post(uri, "Bearer " + TOKEN, "").statusCode()).isEqualTo(500);
    assertThat(error("auth.test")).isEqualTo("fatal_error");
    assertThat(call("auth.test").path("ok").asBoolean()).isTrue();
  }

  @Test
  void typedWordsAreDeliveredAsSlackDoes() {
    workspace.addPerson("bob");
    workspace.setGroup("sre", "bob");
    assertThat(typed("see #incidents of @sre, not #nowhere nor a#b; @here"))
        .isEqualTo(
            "see <#C0INCIDENTS|incidents> of <!subteam^S0SRE|@sre>, not #nowhere nor a#b;"
                + " <!here>");
    assertThat(
            typed("check shop.example.com & <x> @bob @nobody https://a.example/x?y=1&z me@x.com"))
        .isEqualTo(
            "check <http://shop.example.com|shop.example.com> &amp; &lt;x&gt; <@U0BOB|bob> @nobody"
                + " <https://a.example/x?y=1&amp;z> <mailto:me@x.com|me@x.com>");
  }

  private String typed(String text) {
    String body =
        new String(
            workspace.signed("ana", "incidents", "/upstream", text).body(), StandardCharsets.UTF_8);
    return URLDecoder.decode(body.replaceAll("^.*&text=([^&]*)&.*$", "$1"), StandardCharsets.UTF_8);
  }

  @Test
  void anAnswerForOnePersonMayComeFiveTimesWithinHalfAnHour() {
    URI hook = hook();
    for (int i = 0; i < 5; i++) {
      assertThat(respond(hook)).isEqualTo(200);
    }
    assertThat(respond(hook)).isEqualTo(404);
    URI late = hook();
    now.updateAndGet(n -> n.plusSeconds(1_801));
    assertThat(respond(late)).isEqualTo(404);
    assertThat(workspace.posts("incidents"))
        .hasSize(5)
        .allMatch(p -> p.onlyFor().equals(java.util.Optional.of("ana")));
    assertThat(workspace.expect("")).isEqualTo(2);
  }

  private URI hook() {
    String body =
        new String(
            workspace.signed("ana", "incidents", "/upstream", "x").body(), StandardCharsets.UTF_8);
    return URI.create(
        URLDecoder.decode(
            body.replaceAll("^.*&response_url=([^&]*)&.*$", "$1"), StandardCharsets.UTF_8));
  }

  private int respond(URI hook) {
    return send(HttpRequest.newBuilder(hook)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("{\"text\":\"psst\"}"))
            .build())
        .statusCode();
  }
}
