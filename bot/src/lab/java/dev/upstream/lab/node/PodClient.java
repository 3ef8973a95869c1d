package dev.upstream.lab.node;

import dev.upstream.lab.control.Command;
import java.util.List;

/** The application beside a sidecar: what it sends begins inside the pod's own network. */
public final class PodClient {
  /** bash can connect by itself, so that no client has to be installed. */
  private static final String SEND =
      """
      LC_ALL=C
      exec 3<>"/dev/tcp/127.0.0.1/$1" || exit 1
      for ((i = 0; i < $3; i++)); do
        printf '%s' "$2" >&3
        length=0
        while IFS= read -r -u 3 line && [ "$line" != $'\\r' ]; do
          printf '%s\\n' "$line"
          case ${line,,} in content-length:*) length=${line//[!0-9]/} ;; esac
        done
        body=
        [ "$length" = 0 ] || IFS= read -r -d '' -N "$length" -u 3 body
        printf '\\r\\n%s\\f' "$body"
      done
      """;

  private final long pid;

  /** A client in the network of that process. */
  PodClient(long pid) {
    this.pid = pid;
  }

  /**
   * Asks for / so many times over one connection. Answers must say their length, as Envoy's own do.
   *
   * @param port where on 127.0.0.1 someone listens
   * @return head and body of each answer
   */
  public List<String> get(int port, String host, int times) {
    String request = "GET / HTTP/1.1\r\nHost: %s\r\nUser-Agent: client\r\n\r\n".formatted(host);
    String answers =
        Command.run(
            "nsenter",
            "--target",
            Long.toString(pid),
            "--net",
            "timeout",
            "30",
            "bash",
            "-c",
            SEND,
            "bash",
            Integer.toString(port),
            request,
            Integer.toString(times));
    return List.of(answers.split("\f"));
  }
}
