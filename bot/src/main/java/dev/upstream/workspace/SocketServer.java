package dev.upstream.workspace;

import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;
import org.java_websocket.WebSocket;
import org.java_websocket.handshake.ClientHandshake;
import org.java_websocket.server.WebSocketServer;
import org.jspecify.annotations.Nullable;

/** Listens for sockets on this machine alone. */
final class SocketServer extends WebSocketServer {
  private final Sockets sockets;
  private final CountDownLatch started = new CountDownLatch(1);

  private SocketServer(Sockets sockets, InetSocketAddress address) {
    super(address, 1);
    this.sockets = sockets;
    setReuseAddr(true);
    setDaemon(true);
    setTcpNoDelay(true);
    setConnectionLostTimeout(0);
  }

  static SocketServer start(Sockets sockets, InetSocketAddress address) {
    SocketServer server = new SocketServer(sockets, address);
    server.start();
    try {
      server.started.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return server;
  }

  void end() {
    try {
      stop(0);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void onStart() {
    started.countDown();
  }

  @Override
  public void onOpen(WebSocket socket, ClientHandshake handshake) {
    sockets.opened(socket, handshake.getResourceDescriptor());
  }

  @Override
  public void onClose(WebSocket socket, int code, String reason, boolean remote) {
    sockets.closed(socket);
  }

  @Override
  public void onMessage(WebSocket socket, String message) {
    sockets.said(message);
  }

  @Override
  public void onError(@Nullable WebSocket socket, Exception e) {
    if (socket != null) {
      sockets.closed(socket);
    }
  }
}
