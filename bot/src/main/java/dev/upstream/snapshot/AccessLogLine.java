package dev.upstream.snapshot;

import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One request in an Envoy access log in Istio's default text format (istio.io/istio
 * pilot/pkg/model/telemetry_logging.go).
 *
 * @param flags response flags in no particular order; empty when the line shows a dash
 * @param upstreamCluster such as {@code outbound|80|v1|web.shop.svc.cluster.local}; empty for a
 *     dash
 * @param client the address that the request came from, without its port; empty where it was taken
 *     out
 */
public record AccessLogLine(
    Instant at,
    String method,
    String path,
    int status,
    Set<String> flags,
    String details,
    String transportFailure,
    String authority,
    String upstreamHost,
    String upstreamCluster,
    String client,
    String route) {
  public AccessLogLine {
    flags = Set.copyOf(flags);
  }

  /** Reads a line; empty when it is not an access line of this format. */
  public static Optional<AccessLogLine> parse(String line) {
    return IstioLogLine.of(line)
        .flatMap(
            l ->
                Fields.parseTime(l.time())
                    .map(
                        at ->
                            new AccessLogLine(
                                at,
                                l.method(),
                                l.path(),
                                Integer.parseInt(l.status()),
                                flags(l.flags()),
                                l.details(),
                                undash(l.transportFailure()),
                                undash(l.authority()),
                                undash(l.upstreamHost()),
                                undash(l.tail().get(0).replaceAll(";$", "")),
                                undash(l.tail().get(3).replaceAll(":\\d+$", "")),
                                undash(l.tail().get(5)))));
  }

  private static Set<String> flags(String text) {
    return text.equals("-")
        ? Set.of()
        : Arrays.stream(text.split(",")).collect(Collectors.toUnmodifiableSet());
  }

  private static String undash(String text) {
    return text.equals("-") ? "" : text;
  }

  /** A server-side failure; code 0 is a connection that died without an answer. */
  public boolean failed() {
    return status >= 500 || (status == 0 && !flags.contains("DC"));
  }
}
