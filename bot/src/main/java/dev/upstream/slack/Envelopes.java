package dev.upstream.slack;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.slack.api.bolt.App;
import com.slack.api.bolt.response.Response;
import com.slack.api.bolt.socket_mode.request.SocketModeRequest;
import com.slack.api.bolt.socket_mode.request.SocketModeRequestParser;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.java_websocket.WebSocket;
import org.java_websocket.exceptions.WebsocketNotConnectedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings what comes over a socket to Bolt, and the acknowledgement back over the same socket. */
final class Envelopes implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Envelopes.class);
  private static final int HANDS = 20;
  private static final Duration LAST_WORDS = Duration.ofSeconds(3);
  private static final Gson JSON = new Gson();

  private final App app;
  private final SocketModeRequestParser parser;
  private final ExecutorService hands =
      Executors.newFixedThreadPool(HANDS, Thread.ofPlatform().name("socket-", 0).factory());

  Envelopes(App app) {
    this.app = app;
    this.parser = new SocketModeRequestParser(app.config());
  }

  /** What nobody acknowledges, Slack sends once more, or tells the person. */
  void take(WebSocket socket, String message) {
    try {
      hands.execute(() -> answer(socket, message));
    } catch (RejectedExecutionException e) {
      LOG.warn("Something came over the socket while the service stops");
    }
  }

  private void answer(WebSocket socket, String message) {
    try {
      Optional<SocketModeRequest> request = Optional.ofNullable(parser.parse(message));
      if (request.isPresent()) {
        Response response = app.run(request.get().getBoltRequest());
        if (response.getStatusCode() == 200) {
          socket.send(acknowledgement(request.get().getEnvelope().getEnvelopeId(), response));
        } else {
          LOG.warn("What came over the socket is answered {}", response.getStatusCode());
        }
      }
    } catch (WebsocketNotConnectedException e) {
      LOG.warn("The socket broke before what it had brought was acknowledged");
    } catch (Exception e) {
      LOG.error("What came over the socket broke: {}", Trace.of(e));
    }
  }

  private static String acknowledgement(String envelope, Response response) {
    JsonObject answer = new JsonObject();
    answer.addProperty("envelope_id", envelope);
    Optional<String> body = Optional.ofNullable(response.getBody()).filter(b -> !b.isEmpty());
    if (body.isPresent()) {
      boolean json =
          Optional.ofNullable(response.getContentType())
              .filter(t -> t.startsWith("application/json"))
              .isPresent();
      JsonObject text = new JsonObject();
      text.addProperty("text", body.get());
      answer.add("payload", json ? JsonParser.parseString(body.get()) : text);
    }
    return JSON.toJson(answer);
  }

  /** Lets what is under way be acknowledged. */
  @Override
  public void close() {
    hands.shutdown();
    try {
      if (!hands.awaitTermination(LAST_WORDS.toSeconds(), TimeUnit.SECONDS)) {
        hands.shutdownNow();
      }
    } catch (InterruptedException e) {
      hands.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
