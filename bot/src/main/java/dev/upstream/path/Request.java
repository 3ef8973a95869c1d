package dev.upstream.path;

import java.util.Optional;

/**
 * A request as far as a question tells it; what is empty is that of a plain one (RULES.md R6).
 *
 * @param port where the client connects
 * @param method a plain request is a GET
 * @param plain whether it is known to carry no headers and parameters that routes look at; a logged
 *     request may have carried any
 */
public record Request(
    String host,
    Optional<Integer> port,
    Optional<String> path,
    Optional<String> method,
    Optional<String> scheme,
    boolean plain) {

  static Request plain(String host) {
    return new Request(
        host, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), true);
  }

  Request path(Optional<String> newPath) {
    return new Request(host, port, newPath, method, scheme, plain);
  }

  Request to(String newHost) {
    return new Request(newHost, port, path, method, scheme, plain);
  }

  Request port(int newPort) {
    return new Request(host, Optional.of(newPort), path, method, scheme, plain);
  }

  String pathOrRoot() {
    return path.orElse("/");
  }
}
