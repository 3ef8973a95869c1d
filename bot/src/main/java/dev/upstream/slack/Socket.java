package dev.upstream.slack;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonSyntaxException;
import com.slack.api.bolt.App;
import com.slack.api.bolt.response.Response;
import com.slack.api.bolt.socket_mode.SocketModeApp;
import com.slack.api.socket_mode.SocketModeClient;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Socket Mode: what Slack brings comes over a connection that the bot opened. */
public final class Socket implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Socket.class);
  private static final int HANDS = 20;

  /** Slack delivers to at most so many; with more, some replicas hear nothing. */
  private static final int MOST_CONNECTIONS = 10;

  private final SocketModeApp app;

  private Socket(SocketModeApp app) {
    this.app = app;
  }

  /** Opens the connection, and keeps it open; throws when Slack does not take the token. */
  public static Socket open(App app, SlackAccess access) throws Exception {
    SocketModeApp socket =
        new SocketModeApp(
            access.appToken().orElseThrow(),
            SocketModeClient.Backend.JavaWebSocket,
            Socket::broke,
            app,
            HANDS);
    socket.startAsync();
    socket.getClient().addWebSocketMessageListener(Socket::heard);
    return new Socket(socket);
  }

  /** Nothing is answered, which may have been what broke: Slack sends it once more. */
  private static @Nullable Response broke(SocketModeApp.ErrorContext context) {
    LOG.error("What came over the socket broke: {}", Trace.of(context.getException()));
    return null;
  }

  /** Ghosts of closed sockets count too, and payloads that go to them are lost. */
  private static void heard(String message) {
    if (!message.contains("\"hello\"")) {
      return;
    }
    try {
      JsonObject hello = new Gson().fromJson(message, JsonObject.class);
      if (hello.has("type") && hello.get("type").getAsString().equals("hello")) {
        int connections =
            Optional.ofNullable(hello.get("num_connections")).map(n -> n.getAsInt()).orElse(1);
        if (connections >= MOST_CONNECTIONS) {
          LOG.warn(
              "Slack counts {} sockets of this app, the most it takes: some may be dead, and what"
                  + " goes to them is lost. Restart replicas one by one.",
              connections);
        } else {
          LOG.info("Connected to Slack; sockets of this app: {}", connections);
        }
      }
    } catch (JsonSyntaxException | IllegalStateException | UnsupportedOperationException e) {
      LOG.warn("Slack's hello is not understood");
    }
  }

  @Override
  public void close() {
    try {
      app.close();
    } catch (Exception e) {
      LOG.warn("The socket did not close: {}", Trace.of(e));
    }
  }
}
