package dev.upstream.snapshot;

import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One request in an Envoy access log in Istio's default format, as text or as JSON (istio.io/istio
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
  private static final Pattern REQUEST =
      Pattern.compile("\\bHTTP/[0-9]|\\b(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS|CONNECT) /");

  /** What only a program's own messages hold. */
  private static final Set<String> OWN_WORDS = Set.of("msg", "message", "scope", "level");

  public AccessLogLine {
    flags = Collections.unmodifiableSortedSet(new TreeSet<>(flags));
  }

  /** Reads a line; empty when it is not an access line of this format. */
  public static Optional<AccessLogLine> parse(String line) {
    return line.startsWith("{") ? JsonLogLine.access(line) : text(line);
  }

  /** Whether a line looks like one about a request, in whatever format. */
  public static boolean aboutRequest(String line) {
    return line.startsWith("{")
        ? JsonLine.of(line)
            .map(j -> Collections.disjoint(j.values().keySet(), OWN_WORDS))
            .orElse(true)
        : REQUEST.matcher(line).find();
  }

  private static Optional<AccessLogLine> text(String line) {
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

  static Set<String> flags(String text) {
    return text.equals("-") ? Set.of() : Arrays.stream(text.split(",")).collect(Collectors.toSet());
  }

  static String undash(String text) {
    return text.equals("-") ? "" : text;
  }

  /** A server-side failure; code 0 is a connection that died without an answer. */
  public boolean failed() {
    return status >= 500 || (status == 0 && !flags.contains("DC"));
  }
}
