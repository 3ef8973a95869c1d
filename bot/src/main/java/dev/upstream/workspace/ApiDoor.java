package dev.upstream.workspace;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.Optional;

/** Where the Web API is called. */
record ApiDoor(Server server, WebApi api, Faults faults) implements Doors.Door {
  private static final int LARGEST = 4 << 20;

  ApiDoor(Server server, Faults faults) {
    this(server, new WebApi(server), faults);
  }

  @Override
  public void take(HttpExchange exchange) throws IOException {
    String method = exchange.getRequestURI().getPath().substring("/api/".length());
    byte[] body = exchange.getRequestBody().readNBytes(LARGEST);
    Optional<Disturbance> disturbance = faults.take(method);
    if (Exchanges.broke(exchange, disturbance)) {
      return;
    }
    WebApi.Answer answer =
        api.answer(
            method,
            Exchanges.header(exchange, "Authorization"),
            Arguments.of(Exchanges.header(exchange, "Content-Type"), body));
    if (Exchanges.lost(disturbance)) {
      return;
    }
    answer
        .retryAfter()
        .ifPresent(s -> exchange.getResponseHeaders().add("Retry-After", Long.toString(s)));
    Exchanges.answer(
        exchange, answer.retryAfter().isPresent() ? 429 : 200, answer.body().toString());
  }
}
