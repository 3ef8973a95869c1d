package dev.upstream.workspace;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.java_websocket.WebSocket;
import org.java_websocket.exceptions.WebsocketNotConnectedException;

/** Socket Mode: at most ten sockets of the app, and each payload goes to any one of them. */
final class Sockets implements AutoCloseable {
  private static final int MOST = 10;

  private final Server server;
  private final Map<String, Boolean> tickets = new ConcurrentHashMap<>();
  private final List<WebSocket> open = new CopyOnWriteArrayList<>();
  private final Map<String, Waiting> waiting = new ConcurrentHashMap<>();
  private final Map<String, Boolean> givenUp = new ConcurrentHashMap<>();
  private final AtomicInteger turn = new AtomicInteger();
  private Optional<SocketServer> listening = Optional.empty();
  private volatile boolean refusing;

  /** An envelope that is not acknowledged yet. */
  private record Waiting(WebSocket socket, CompletableFuture<String> answer) {}

  Sockets(Server server) {
    this.server = server;
  }

  /** A new address for one socket. */
  synchronized URI ticket() {
    SocketServer socketServer =
        listening.orElseGet(
            () ->
                SocketServer.start(
                    this, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)));
    listening = Optional.of(socketServer);
    String ticket = UUID.randomUUID().toString();
    tickets.put(ticket, true);
    return URI.create(
        "ws://127.0.0.1:%d/link/?ticket=%s&app_id=%s"
            .formatted(socketServer.getPort(), ticket, BotApp.ID));
  }

  void opened(WebSocket socket, String resource) {
    String ticket = resource.replaceAll("^.*[?&]ticket=([^&]*).*$", "$1");
    if (refusing || tickets.remove(ticket) == null) {
      socket.close(1008, "no such ticket");
      return;
    }
    if (open.size() >= MOST) {
      server.violations.add("apps.connections.open", "more than " + MOST + " sockets");
      socket.send(disconnect("too_many_websockets"));
      socket.close();
      return;
    }
    open.add(socket);
    ObjectNode hello =
        Arguments.JSON.createObjectNode().put("type", "hello").put("num_connections", open.size());
    hello
        .putObject("debug_info")
        .put("host", "applink-0")
        .put("build_number", 1)
        .put("approximate_connection_time", 18_060);
    hello.putObject("connection_info").put("app_id", BotApp.ID);
    socket.send(hello.toString());
  }

  void closed(WebSocket socket) {
    open.remove(socket);
    waiting.values().stream()
        .filter(w -> w.socket().equals(socket))
        .forEach(w -> w.answer().completeExceptionally(new IllegalStateException("closed")));
  }

  void said(String message) {
    JsonNode answer;
    try {
      answer = Arguments.JSON.readTree(message);
    } catch (JsonProcessingException e) {
      server.violations.add("socket", "no JSON: " + message);
      return;
    }
    String id = answer.path("envelope_id").asText();
    Waiting asked = waiting.get(id);
    if (asked != null) {
      JsonNode payload = answer.path("payload");
      asked
          .answer()
          .complete(payload.isMissingNode() || payload.isNull() ? "" : payload.toString());
    } else if (givenUp.remove(id) == null) {
      server.violations.add("socket", "acknowledges what was never sent: " + id);
    }
  }

  /** Sends to one socket after the other until one takes it, and waits for its acknowledgement. */
  Ack send(Parcel parcel, Duration patience) {
    long start = System.nanoTime();
    for (int i = open.size(); i > 0; i--) {
      Optional<WebSocket> socket = next();
      if (socket.isEmpty()) {
        break;
      }
      String id = UUID.randomUUID().toString();
      Waiting asked = new Waiting(socket.get(), new CompletableFuture<>());
      waiting.put(id, asked);
      try {
        socket.get().send(parcel.envelope(id).toString());
        return Ack.of(
            200,
            asked.answer().get(patience.toMillis(), TimeUnit.MILLISECONDS),
            Carrier.since(start));
      } catch (WebsocketNotConnectedException e) {
        open.remove(socket.get());
      } catch (TimeoutException e) {
        givenUp.put(id, true);
        return Ack.of(0, "no acknowledgement", Carrier.since(start));
      } catch (ExecutionException e) {
        return Ack.of(0, "the socket broke", Carrier.since(start));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return Ack.of(0, "interrupted", Carrier.since(start));
      } finally {
        waiting.remove(id);
      }
    }
    return Ack.of(0, "no socket is open", Carrier.since(start));
  }

  private Optional<WebSocket> next() {
    List<WebSocket> now = List.copyOf(open);
    return now.isEmpty()
        ? Optional.empty()
        : Optional.of(now.get(Math.floorMod(turn.getAndIncrement(), now.size())));
  }

  int count() {
    return open.size();
  }

  /** Tells every socket to be replaced. */
  void announce(String reason) {
    List<WebSocket> told = List.copyOf(open);
    if (reason.equals("refresh_requested")) {
      open.removeAll(told);
    }
    told.forEach(s -> s.send(disconnect(reason)));
    if (reason.equals("refresh_requested")) {
      told.forEach(WebSocket::close);
    }
  }

  private static String disconnect(String reason) {
    ObjectNode message =
        Arguments.JSON.createObjectNode().put("type", "disconnect").put("reason", reason);
    message.putObject("debug_info").put("host", "applink-0");
    return message.toString();
  }

  /** Breaks every socket without a word. */
  void drop() {
    open.forEach(s -> s.closeConnection(1006, "dropped"));
  }

  void refuse(boolean newRefusing) {
    refusing = newRefusing;
    if (newRefusing) {
      drop();
    }
  }

  @Override
  public synchronized void close() {
    listening.ifPresent(SocketServer::end);
    listening = Optional.empty();
  }
}
