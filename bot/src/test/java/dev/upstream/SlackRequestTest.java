package dev.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.upstream.slack.Case1;
import dev.upstream.workspace.Ack;
import dev.upstream.workspace.SignedRequest;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Who may ask: signed, fresh and small requests, each taken once. */
@WholeLog
class SlackRequestTest {
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private Bot bot;

  @BeforeEach
  void open() throws IOException {
    log.start();
    root().addAppender(log);
    bot = Bot.over(Case1.collector());
  }

  @AfterEach
  void nothingWrongWasSentOrLogged() {
    bot.close();
    root().detachAppender(log);
    assertThat(bot.workspace.violations()).isEmpty();
    assertThat(log.list)
        .allSatisfy(
            e ->
                assertThat(e.getFormattedMessage())
                    .doesNotContain(Bot.TOKEN)
                    .doesNotContain(Bot.SIGNING)
                    .doesNotContain("shop.example.com"));
  }

  private static Logger root() {
    return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  }

  private void refused(SignedRequest request, int status, String logged) {
    Ack ack = bot.send(request);
    assertThat(ack.status()).isEqualTo(status);
    assertThat(ack.body()).doesNotContain("shop");
    assertThat(log.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .anyMatch(m -> m.contains(logged));
    assertThat(bot.workspace.calls()).isEmpty();
  }

  @Test
  void aWrongSignatureIsRefused() {
    SignedRequest good = bot.signed("check shop.example.com");
    refused(good.with("X-Slack-Signature", "v0=" + "0".repeat(64)), 401, "wrong signature");
    refused(good.with("X-Slack-Signature", "\u00e9"), 401, "wrong signature");
    refused(new SignedRequest(Map.of(), good.body()), 401, "no signature");
    refused(
        SignedRequest.of(good.body(), "another-signing-secret", Instant.now()),
        401,
        "wrong signature");
  }

  @Test
  void anOldOrFutureTimestampIsRefused() {
    byte[] body = bot.signed("check shop.example.com").body();
    Instant now = Instant.now();
    refused(SignedRequest.of(body, Bot.SIGNING, now.minusSeconds(301)), 401, "old or future");
    refused(SignedRequest.of(body, Bot.SIGNING, now.plusSeconds(330)), 401, "old or future");
    refused(bot.signed("x").with("X-Slack-Request-Timestamp", "soon"), 401, "no timestamp");
  }

  @Test
  void anOversizedBodyIsRefused() {
    byte[] body =
        ("command=%2Fupstream&text=" + "x".repeat(1_100_000)).getBytes(StandardCharsets.UTF_8);
    refused(SignedRequest.of(body, Bot.SIGNING, Instant.now()), 413, "too large");
  }

  @Test
  void anOversizedBodyThatDoesNotSayItsLengthIsRefused() throws Exception {
    byte[] body = new byte[3_000_000];
    SignedRequest signed = SignedRequest.of(body, Bot.SIGNING, Instant.now());
    HttpRequest.Builder request =
        HttpRequest.newBuilder(bot.address("/slack/events"))
            .POST(
                HttpRequest.BodyPublishers.ofInputStream(
                    () -> new java.io.ByteArrayInputStream(body)));
    signed.headers().forEach(request::header);
    int status;
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      status = client.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
    } catch (IOException closed) {
      status = 413; // the connection was cut before the body had come to its end
    }
    assertThat(status).isEqualTo(413);
    assertThat(bot.workspace.calls()).isEmpty();
  }

  @Test
  void anEmptyOrUnknownBodyIsRefused() {
    byte[] unknown = "payload=%7B%22type%22%3A%22nonsense%22%7D".getBytes(StandardCharsets.UTF_8);
    assertThat(bot.send(SignedRequest.of(unknown, Bot.SIGNING, Instant.now())).status())
        .isEqualTo(400);
    byte[] broken = {(byte) 0xC3, (byte) 0x28, '%', 'z'};
    assertThat(bot.send(SignedRequest.of(broken, Bot.SIGNING, Instant.now())).status())
        .isEqualTo(400);
    assertThat(bot.send(SignedRequest.of(new byte[0], Bot.SIGNING, Instant.now())).status())
        .isEqualTo(400);
  }

  @Test
  void slackMayVerifyTheAddress() {
    byte[] body =
        "{\"type\":\"url_verification\",\"challenge\":\"c-1\"}".getBytes(StandardCharsets.UTF_8);
    SignedRequest request =
        SignedRequest.of(body, Bot.SIGNING, Instant.now()).with("Content-Type", "application/json");
    assertThat(bot.send(request).body()).contains("c-1");
  }

  @Test
  void aRetryDoesNotRunTheCheckTwice() {
    SignedRequest request = bot.signed("check shop.example.com");
    assertThat(bot.send(request).status()).isEqualTo(200);
    Ack retry =
        bot.send(
            request.with("X-Slack-Retry-Num", "1").with("X-Slack-Retry-Reason", "http_timeout"));
    assertThat(retry.status()).isEqualTo(200);
    assertThat(retry.body()).isEmpty();
    assertThat(log.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .anyMatch(m -> m.contains("came a second time as it was"));
    Bot.eventually().until(() -> bot.transcript().contains("Looked for, and not found"));
    bot.types("check shop.example.com");

    Bot.eventually()
        .until(() -> bot.transcript().split("Looked for, and not found", -1).length == 3);
    assertThat(bot.posts()).filteredOn(p -> p.thread().isEmpty()).hasSize(2);
  }

  @Test
  void aForgedAddressForAnswersIsNotCalled() {
    bot.workspace.addChannel("random", Bot.ANA);
    String body =
        "command=%2Fupstream&text=check+shop.example.com&team_id=T0TEAM&channel_id=C0RANDOM&user_id=U0ANA"
            + "&user_name=ana&trigger_id=1.2&response_url="
            + URLEncoder.encode("http://127.0.0.1:1/hook", StandardCharsets.UTF_8);
    Ack ack =
        bot.send(
            SignedRequest.of(body.getBytes(StandardCharsets.UTF_8), Bot.SIGNING, Instant.now()));

    assertThat(ack.status()).isEqualTo(200);
    Bot.eventually()
        .until(
            () ->
                bot.workspace.calls().stream()
                    .anyMatch(c -> c.method().equals("chat.postEphemeral")));
  }

  @Test
  void healthIsToldAndNothingElse() throws Exception {
    assertThat(get("/health")).isEqualTo(200);
    for (String path : List.of("/beans", "/env", "/routes", "/loggers", "/slack/events")) {
      assertThat(get(path)).as(path).isIn(404, 405);
    }
  }

  private int get(String path) throws Exception {
    URI address = bot.address(path);
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.discarding())
          .statusCode();
    }
  }
}
