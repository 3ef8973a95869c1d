package dev.upstream.workspace;

import java.net.URI;
import java.util.List;

/** By which way the bot gets what people do. */
public sealed interface Delivery {
  /** Signed requests to one replica after the other; one that does not listen is passed over. */
  record Http(List<URI> bots) implements Delivery {
    public Http {
      bots = List.copyOf(bots);
      if (bots.isEmpty()) {
        throw new IllegalArgumentException("no address");
      }
    }
  }

  /** Any one of the sockets that the bot holds open. */
  record Sockets() implements Delivery {}

  static Delivery http(URI... bots) {
    return new Http(List.of(bots));
  }

  static Delivery sockets() {
    return new Sockets();
  }
}
