package dev.upstream.workspace;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What every door does with a request. */
final class Exchanges {
  private Exchanges() {}

  static String header(HttpExchange exchange, String name) {
    return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name)).orElse("");
  }

  static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json; charset=utf-8");
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    if (bytes.length > 0) {
      exchange.getResponseBody().write(bytes);
    }
  }

  /** Whether the request went wrong before anything was done; then it is answered, or never. */
  static boolean broke(HttpExchange exchange, Optional<Disturbance> disturbance)
      throws IOException {
    if (disturbance.isEmpty()) {
      return false;
    }
    return switch (disturbance.get()) {
      case Disturbance.RateLimited r -> {
        exchange.getResponseHeaders().add("Retry-After", Integer.toString(r.retryAfterSeconds()));
        answer(exchange, 429, "{\"ok\":false,\"error\":\"ratelimited\"}");
        yield true;
      }
      case Disturbance.ServerError s -> {
        answer(exchange, 500, "");
        yield true;
      }
      case Disturbance.Refused r -> {
        answer(exchange, 200, "{\"ok\":false,\"error\":\"" + r.error() + "\"}");
        yield true;
      }
      case Disturbance.LostRequest l -> true;
      case Disturbance.LostAnswer l -> false;
      case Disturbance.SlowAnswer s -> false;
    };
  }

  /** Whether the answer gets lost after everything was done; a slow one waits here. */
  static boolean lost(Optional<Disturbance> disturbance) {
    if (disturbance.isEmpty()) {
      return false;
    }
    return switch (disturbance.get()) {
      case Disturbance.LostAnswer l -> true;
      case Disturbance.SlowAnswer s -> {
        try {
          Thread.sleep(s.pause());
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
        yield false;
      }
      case Disturbance.RateLimited r -> false;
      case Disturbance.ServerError s -> false;
      case Disturbance.Refused r -> false;
      case Disturbance.LostRequest l -> false;
    };
  }
}
