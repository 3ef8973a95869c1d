package dev.upstream.workspace;

import com.slack.api.bolt.App;
import com.slack.api.bolt.AppConfig;
import com.slack.api.bolt.request.RequestHeaders;
import com.slack.api.bolt.response.Response;
import com.slack.api.bolt.util.SlackRequestParser;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A bot on Slack's own library: what it gets was signed, parsed and dispatched as in earnest. */
final class BoltBot implements AutoCloseable {
  final App app;

  /** Retry numbers of what came, empty for a first time. */
  final List<String> retries = new CopyOnWriteArrayList<>();

  private final SlackRequestParser parser;
  private final HttpServer http;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  BoltBot(Rig rig) throws IOException {
    AppConfig config =
        AppConfig.builder()
            .slack(rig.slack)
            .singleTeamBotToken(Rig.APP.botToken())
            .signingSecret(Rig.APP.signingSecret())
            .build();
    app = new App(config);
    parser = new SlackRequestParser(config);
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.setExecutor(threads);
    http.createContext("/slack/events", this::take);
    http.start();
    rig.workspace.deliver(Delivery.http(address()));
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + http.getAddress().getPort() + "/slack/events");
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      Map<String, List<String>> headers = exchange.getRequestHeaders();
      retries.add(
          Optional.ofNullable(exchange.getRequestHeaders().getFirst("X-Slack-Retry-Num"))
              .orElse(""));
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      Response response =
          app.run(
              parser.parse(
                  SlackRequestParser.HttpRequest.builder()
                      .requestUri("/slack/events")
                      .queryString(Map.of())
                      .headers(new RequestHeaders(headers))
                      .requestBody(body)
                      .remoteAddress("127.0.0.1")
                      .build()));
      byte[] answer =
          Optional.ofNullable(response.getBody()).orElse("").getBytes(StandardCharsets.UTF_8);
      new ArrayList<>(response.getHeaders().entrySet())
          .forEach(e -> exchange.getResponseHeaders().put(e.getKey(), e.getValue()));
      exchange.sendResponseHeaders(
          response.getStatusCode(), answer.length == 0 ? -1 : answer.length);
      if (answer.length > 0) {
        exchange.getResponseBody().write(answer);
      }
    } catch (IOException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** How long Slack waits in a test that lets it wait for longer. */
  static final Duration SHORT = Duration.ofMillis(200);

  /** Longer than that. */
  static void dawdle() {
    try {
      Thread.sleep(SHORT.plusMillis(100));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    http.stop(0);
    threads.shutdownNow();
  }
}
