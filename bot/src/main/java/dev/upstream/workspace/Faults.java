package dev.upstream.workspace;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;

/**
 * What goes wrong on demand. A method is a name of the Web API, {@code response_url}, {@code
 * upload} or {@code *}.
 */
public final class Faults {
  private final Map<String, Queue<Disturbance>> next = new HashMap<>();
  private final Map<String, Disturbance> standing = new HashMap<>();
  private final Listening listening;
  private int doubled;

  /** Whether anybody listens at Slack's address. */
  interface Listening {
    void stop();

    void start() throws IOException;
  }

  Faults(Listening listening) {
    this.listening = listening;
  }

  /** The next call goes wrong; several of these come one after the other. */
  public synchronized void next(String method, Disturbance disturbance) {
    next.computeIfAbsent(method, m -> new ArrayDeque<>()).add(disturbance);
  }

  public synchronized void next(String method, int times, Disturbance disturbance) {
    for (int i = 0; i < times; i++) {
      next(method, disturbance);
    }
  }

  /** Every call goes wrong until {@link #calm}. */
  public synchronized void always(String method, Disturbance disturbance) {
    standing.put(method, disturbance);
  }

  /** Connections are refused, and sockets break, until {@link #calm}. */
  public void outage() {
    listening.stop();
  }

  /** The next requests to the bot are sent twice at once, each with the same ids and signature. */
  public synchronized void doubled(int requests) {
    doubled += requests;
  }

  /** Nothing goes wrong any more. */
  public void calm() {
    synchronized (this) {
      next.clear();
      standing.clear();
      doubled = 0;
    }
    try {
      listening.start();
    } catch (IOException e) {
      throw new UncheckedIOException("the address is taken", e);
    }
  }

  synchronized Optional<Disturbance> take(String method) {
    return polled(method)
        .or(() -> polled("*"))
        .or(() -> Optional.ofNullable(standing.get(method)))
        .or(() -> Optional.ofNullable(standing.get("*")));
  }

  private Optional<Disturbance> polled(String method) {
    return Optional.ofNullable(next.get(method)).map(Queue::poll);
  }

  synchronized boolean takeDouble() {
    if (doubled == 0) {
      return false;
    }
    doubled--;
    return true;
  }
}
