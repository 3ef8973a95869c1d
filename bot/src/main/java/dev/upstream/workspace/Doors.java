package dev.upstream.workspace;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The HTTP side of a workspace: the Web API, and the addresses for answers to one person. */
final class Doors implements AutoCloseable {
  private static final int LARGEST = 4 << 20;

  private final State state;
  private final WebApi api;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  private Doors(State state, HttpServer server) {
    this.state = state;
    this.api = new WebApi(state);
    this.server = server;
  }

  static Doors open(State state) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    Doors doors = new Doors(state, server);
    server.createContext("/api/", e -> doors.guarded(e, () -> doors.api(e)));
    server.createContext("/commands/", e -> doors.guarded(e, () -> doors.hook(e)));
    server.setExecutor(doors.threads);
    server.start();
    return doors;
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
  }

  /** One request's work. */
  private interface Work {
    void run() throws IOException;
  }

  private void guarded(HttpExchange exchange, Work work) throws IOException {
    try (exchange) {
      work.run();
    } catch (RuntimeException bug) {
      state.violations.add(exchange.getRequestURI().getPath(), "broke the workspace: " + bug);
      throw bug;
    }
  }

  private void api(HttpExchange exchange) throws IOException {
    String method = exchange.getRequestURI().getPath().substring("/api/".length());
    byte[] body = exchange.getRequestBody().readNBytes(LARGEST);
    Optional<Disturbance> disturbance = state.disturbance(method);
    if (disturbance.isPresent()) {
      disturbed(exchange, disturbance.get());
      return;
    }
    ObjectNode answer =
        api.answer(
            method,
            header(exchange, "Authorization"),
            Arguments.of(header(exchange, "Content-Type"), body));
    answer(exchange, 200, answer.toString());
  }

  private static void disturbed(HttpExchange exchange, Disturbance disturbance) throws IOException {
    switch (disturbance) {
      case Disturbance.RateLimited r -> {
        exchange.getResponseHeaders().add("Retry-After", Integer.toString(r.retryAfterSeconds()));
        answer(exchange, 429, "{\"ok\":false,\"error\":\"ratelimited\"}");
      }
      case Disturbance.ServerError s -> answer(exchange, 500, "");
      case Disturbance.Refused r ->
          answer(exchange, 200, "{\"ok\":false,\"error\":\"" + r.error() + "\"}");
    }
  }

  /** An answer for one person, at the address that a command brought. */
  private void hook(HttpExchange exchange) throws IOException {
    String id = exchange.getRequestURI().getPath().substring("/commands/".length());
    byte[] body = exchange.getRequestBody().readNBytes(LARGEST);
    Optional<State.Hook> hook = state.use(id);
    Optional<Arguments> given = Arguments.of(header(exchange, "Content-Type"), body);
    if (hook.isEmpty() || given.isEmpty()) {
      state.violations.add("response_url", hook.isEmpty() ? "used up or expired" : "no JSON");
      answer(exchange, 404, "{\"ok\":false,\"error\":\"used_url\"}");
      return;
    }
    List<String> problems = new ArrayList<>();
    String error = take(hook.get().channel(), hook.get().user(), given.get(), problems);
    state.calls.add(new Call("response_url", given.get().all(), error));
    answer(exchange, error.isEmpty() ? 200 : 400, error.isEmpty() ? "ok" : error);
  }

  private String take(String channel, String user, Arguments given, List<String> problems) {
    String error = state.judge("response_url", given.get("text"), given.blocks(), problems);
    if (!error.isEmpty()) {
      state.violations.add("response_url", error + " " + String.join("; ", problems));
    } else {
      state
          .channel(channel)
          .ifPresent(c -> c.add(state.whispered(user, given.get("text"), given.blocks())));
    }
    return error;
  }

  private static String header(HttpExchange exchange, String name) {
    return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name)).orElse("");
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json; charset=utf-8");
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    if (bytes.length > 0) {
      exchange.getResponseBody().write(bytes);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
