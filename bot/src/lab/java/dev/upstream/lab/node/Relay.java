package dev.upstream.lab.node;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Passes connections on to wherever the target is just now; it can be cut, which ends them all. */
final class Relay implements AutoCloseable {
  private final ServerSocket server = new ServerSocket();
  private final Supplier<Optional<InetSocketAddress>> target;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile boolean cut;

  Relay(String address, int port, Supplier<Optional<InetSocketAddress>> target) throws IOException {
    this.target = target;
    server.setReuseAddress(true);
    server.bind(new InetSocketAddress(InetAddress.getByName(address), port), 256);
    Thread.ofVirtual().name("relay " + address + ":" + server.getLocalPort()).start(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  void cut() {
    cut = true;
    open.forEach(Relay::reset);
  }

  void mend() {
    cut = false;
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        Thread.startVirtualThread(() -> pass(client));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void pass(Socket client) {
    Optional<InetSocketAddress> to = cut ? Optional.empty() : target.get();
    if (to.isEmpty()) {
      reset(client);
      return;
    }
    Socket upstream = new Socket();
    open.add(client);
    open.add(upstream);
    try {
      client.setTcpNoDelay(true);
      upstream.setTcpNoDelay(true);
      upstream.connect(to.get(), 5000);
      Thread back = Thread.startVirtualThread(() -> pump(upstream, client));
      pump(client, upstream);
      back.join();
    } catch (IOException e) {
      reset(client);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      open.remove(client);
      open.remove(upstream);
      reset(upstream);
      reset(client);
    }
  }

  /** Copies one direction; the end of the stream is passed on, an error ends both. */
  private static void pump(Socket from, Socket to) {
    try {
      InputStream in = from.getInputStream();
      in.transferTo(to.getOutputStream());
      to.shutdownOutput();
    } catch (IOException e) {
      reset(from);
      reset(to);
    }
  }

  private static void reset(Socket socket) {
    try {
      if (!socket.isOutputShutdown()) {
        socket.setSoLinger(true, 0);
      }
      socket.close();
    } catch (IOException e) {
      // it is closed already
    }
  }

  @Override
  public void close() {
    try {
      server.close();
      cut();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
