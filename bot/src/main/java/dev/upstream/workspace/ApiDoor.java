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
    String authorization = Exchanges.header(exchange, "Authorization");
    Optional<Arguments> given = Arguments.of(Exchanges.header(exchange, "Content-Type"), body);
    Optional<WebApi.Answer> early = api.tooEarly(method, authorization, given);
    if (early.isPresent()) {
      answer(exchange, early.get());
      return;
    }
    Optional<Disturbance> disturbance = faults.take(method);
    disturbance.ifPresent(d -> api.struck(method, authorization, given, d));
    if (Exchanges.broke(exchange, disturbance)) {
      return;
    }
    WebApi.Answer answer = api.answer(method, authorization, given);
    if (!Exchanges.lost(disturbance)) {
      answer(exchange, answer);
    }
  }

  private static void answer(HttpExchange exchange, WebApi.Answer answer) throws IOException {
    answer
        .retryAfter()
        .ifPresent(s -> exchange.getResponseHeaders().add("Retry-After", Long.toString(s)));
    Exchanges.answer(
        exchange, answer.retryAfter().isPresent() ? 429 : 200, answer.body().toString());
  }
}
