package dev.upstream.slack;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.slack.api.util.http.ProxyUrlUtil;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.java_websocket.client.WebSocketClient;
import org.java_websocket.handshake.ServerHandshake;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection of Socket Mode, from its address to its end. */
final class SocketLine extends WebSocketClient {
  private static final Logger LOG = LoggerFactory.getLogger(SocketLine.class);
  private static final Duration OPENING = Duration.ofSeconds(15);

  /** A connection that says nothing for half as long again is dead. */
  private static final int PING_SECONDS = 10;

  private final Envelopes envelopes;
  private final CompletableFuture<Integer> hello = new CompletableFuture<>();
  private final CompletableFuture<String> end = new CompletableFuture<>();

  /**
   * @param address holds a ticket: it is never logged
   */
  SocketLine(URI address, Optional<String> proxy, Envelopes envelopes) {
    super(address);
    this.envelopes = envelopes;
    setDaemon(true);
    setTcpNoDelay(true);
    setConnectionLostTimeout(PING_SECONDS);
    proxy.map(ProxyUrlUtil::parse).ifPresent(p -> setProxy(through(p)));
  }

  private static Proxy through(ProxyUrlUtil.ProxyUrl proxy) {
    return new Proxy(Proxy.Type.HTTP, new InetSocketAddress(proxy.getHost(), proxy.getPort()));
  }

  /** Whether Slack greets over it; the greeting says how many sockets the app has. */
  Optional<Integer> greeted() throws InterruptedException {
    connect();
    try {
      return Optional.of(hello.get(OPENING.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException | ExecutionException e) {
      close();
      return Optional.empty();
    }
  }

  /** Waits for the end, or for Slack to want another connection; returns why. */
  String ended() throws InterruptedException {
    try {
      return end.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void onOpen(ServerHandshake handshake) {
    // Slack's greeting counts
  }

  @Override
  public void onMessage(String message) {
    switch (type(message)) {
      case "hello" -> hello.complete(connections(message));
      case "disconnect" -> end.complete("Slack wants another one");
      default -> envelopes.take(this, message);
    }
  }

  private static String type(String message) {
    return object(message)
        .map(o -> o.get("type"))
        .filter(t -> t.isJsonPrimitive())
        .map(t -> t.getAsString())
        .orElse("");
  }

  private static int connections(String hello) {
    return object(hello)
        .map(o -> o.get("num_connections"))
        .filter(n -> n.isJsonPrimitive() && n.getAsJsonPrimitive().isNumber())
        .map(n -> n.getAsInt())
        .orElse(1);
  }

  private static Optional<JsonObject> object(String message) {
    try {
      return Optional.of(JsonParser.parseString(message))
          .filter(m -> m.isJsonObject())
          .map(m -> m.getAsJsonObject());
    } catch (JsonParseException e) {
      LOG.warn("What Slack says over the socket is not understood");
      return Optional.empty();
    }
  }

  @Override
  public void onClose(int code, String reason, boolean remote) {
    hello.completeExceptionally(new IllegalStateException("closed"));
    end.complete("closed with " + code);
  }

  @Override
  public void onError(Exception e) {
    LOG.info("The socket broke: {}", e.getClass().getSimpleName());
  }
}
