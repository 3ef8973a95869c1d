package dev.upstream.lab.node;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A small HTTP/1.1 server at a pod's address; how it answers may change between two requests. */
final class Backend implements AutoCloseable {
  private final ServerSocket server;
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
  private final String identity;
  private final Supplier<Behaviour> behaviour;
  private final Consumer<String> log;
  private final Thread acceptor;

  Backend(
      String address,
      int port,
      String identity,
      Supplier<Behaviour> behaviour,
      Consumer<String> log)
      throws IOException {
    this.identity = identity;
    this.behaviour = behaviour;
    this.log = log;
    server = new ServerSocket();
    server.setReuseAddress(true);
    server.bind(new InetSocketAddress(InetAddress.getByName(address), port), 256);
    acceptor = Thread.ofVirtual().name("backend " + address + ":" + port).start(this::accept);
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        connections.add(socket);
        Thread.startVirtualThread(() -> serve(socket));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(socket.getInputStream());
      OutputStream out = socket.getOutputStream();
      for (String head = head(in); !head.isEmpty(); head = head(in)) {
        if (!answer(head, in, out, socket)) {
          return;
        }
      }
    } catch (IOException e) {
      // the client went away
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      connections.remove(socket);
    }
  }

  private boolean answer(String head, InputStream in, OutputStream out, Socket socket)
      throws IOException, InterruptedException {
    in.skipNBytes(length(head));
    String path = head.split(" ", 3)[1].split("\\?", 2)[0];
    Behaviour now = behaviour.get();
    Thread.sleep(now.delay());
    if (now.reset()) {
      log.accept("reset " + path);
      socket.setSoLinger(true, 0);
      return false;
    }
    int status = now.answer(path);
    log.accept(head.lines().findFirst().orElse("") + " " + status);
    byte[] body = "%s path=%s\n".formatted(identity, path).getBytes(StandardCharsets.UTF_8);
    String answer =
        "HTTP/1.1 %d Lab\r\ncontent-type: text/plain\r\ncontent-length: %d\r\n\r\n"
            .formatted(status, body.length);
    out.write(answer.getBytes(StandardCharsets.US_ASCII));
    out.write(head.startsWith("HEAD ") ? new byte[0] : body);
    out.flush();
    return !head.toLowerCase(Locale.ROOT).contains("connection: close");
  }

  private static long length(String head) {
    return head.lines()
        .filter(line -> line.regionMatches(true, 0, "content-length:", 0, 15))
        .mapToLong(line -> Long.parseLong(line.substring(15).strip()))
        .findFirst()
        .orElse(0);
  }

  /** Reads up to the empty line; an empty text means that the client has closed. */
  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    for (int next = in.read(); next >= 0; next = in.read()) {
      head.append((char) next);
      if (next == '\n' && head.indexOf("\r\n\r\n", head.length() - 4) >= 0) {
        return head.toString();
      }
    }
    return "";
  }

  @Override
  public void close() {
    try {
      server.close();
      for (Socket connection : connections) {
        connection.close();
      }
      acceptor.join(); // the port is free only when nobody waits in accept any more
    } catch (IOException e) {
      // it is closed all the same
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
