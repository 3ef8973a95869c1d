package dev.upstream.workspace;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The HTTP side of a server, on this machine alone. It can go away and come back at its address.
 */
final class Doors implements AutoCloseable, Faults.Listening {
  private static final int TRIES = 50;

  private final Server server;
  private final ApiDoor api;
  private final HookDoor hooks;
  private final UploadDoor uploads;
  private final Faults faults = new Faults(this);
  private final int port;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private Optional<HttpServer> http;

  private Doors(Server server, HttpServer http) {
    this.server = server;
    this.api = new ApiDoor(server, faults);
    this.hooks = new HookDoor(server, faults);
    this.uploads = new UploadDoor(server, faults);
    this.port = http.getAddress().getPort();
    this.http = Optional.of(http);
  }

  static Doors open(Server server) throws IOException {
    Doors doors = new Doors(server, free());
    server.at(URI.create("http://127.0.0.1:" + doors.port + "/"));
    doors.serve();
    return doors;
  }

  /** Below the ports that systems lend to clients, so that nobody takes it while it is away. */
  private static HttpServer free() throws IOException {
    for (int i = 0; ; i++) {
      try {
        return bound(ThreadLocalRandom.current().nextInt(20_000, 32_000));
      } catch (BindException e) {
        if (i == TRIES) {
          throw e;
        }
      }
    }
  }

  private static HttpServer bound(int port) throws IOException {
    return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
  }

  private void serve() {
    HttpServer now = http.orElseThrow();
    now.createContext("/api/", e -> guarded(e, api));
    now.createContext("/commands/", e -> guarded(e, hooks));
    now.createContext("/actions/", e -> guarded(e, hooks));
    now.createContext("/upload/v1/", e -> guarded(e, uploads));
    now.setExecutor(threads);
    now.start();
  }

  Faults faults() {
    return faults;
  }

  /** What is behind a door. */
  interface Door {
    void take(HttpExchange exchange) throws IOException;
  }

  private void guarded(HttpExchange exchange, Door door) throws IOException {
    try (exchange) {
      door.take(exchange);
    } catch (RuntimeException bug) {
      server.violations.add(exchange.getRequestURI().getPath(), "broke the workspace: " + bug);
      throw bug;
    }
  }

  @Override
  public synchronized void stop() {
    http.ifPresent(h -> h.stop(0));
    http = Optional.empty();
    server.sockets.refuse(true);
  }

  @Override
  public synchronized void start() throws IOException {
    if (http.isEmpty()) {
      http = Optional.of(bound(port));
      serve();
      server.sockets.refuse(false);
    }
  }

  @Override
  public void close() {
    stop();
    server.sockets.close();
    threads.shutdownNow();
  }
}
