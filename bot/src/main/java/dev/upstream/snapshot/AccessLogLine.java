package dev.upstream.snapshot;

import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One request in an Envoy access log in Istio's default text format (istio.io/istio
 * pilot/pkg/model/telemetry_logging.go).
 *
 * @param flags response flags in no particular order; empty when the line shows a dash
 * @param upstreamCluster such as {@code outbound|80|v1|web.shop.svc.cluster.local}; empty for a
 *     dash
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
    String route) {
  private static final int MOST_QUOTES = 40;
  private static final Pattern TEXT =
      Pattern.compile(
          "^\\[(?<ts>[^\\]]+)\\] \"(?<method>\\S+) (?<path>.*?) (?<proto>\\S+)\" (?<code>\\d+)"
              + " (?<flags>\\S+) (?<details>\\S+) (?<term>.+?) \"(?<tfr>.*?)\" (?<rx>\\d+)"
              + " (?<tx>\\d+) (?<dur>\\d+) (?<ust>\\S+) \"(?<xff>[^\"]*)\" \"(?<ua>.*)\""
              + " \"(?<rid>[^\"]*)\" \"(?<auth>[^\"]*)\" \"(?<uhost>[^\"]*)\" (?<cluster>\\S+)"
              + " (?<ulocal>\\S+) (?<dlocal>\\S+) (?<dremote>\\S+) (?<sni>\\S+) (?<route>.+)$");

  public AccessLogLine {
    flags = Set.copyOf(flags);
  }

  /** Reads a line; empty when it is not an access line of this format. */
  public static Optional<AccessLogLine> parse(String line) {
    if (!line.startsWith("[") || !readable(line)) {
      return Optional.empty();
    }
    Matcher m = TEXT.matcher(line);
    if (!m.matches()) {
      return Optional.empty();
    }
    return Fields.parseTime(m.group("ts"))
        .map(
            at ->
                new AccessLogLine(
                    at,
                    m.group("method"),
                    m.group("path"),
                    Integer.parseInt(m.group("code")),
                    flags(m.group("flags")),
                    m.group("details"),
                    undash(m.group("tfr")),
                    undash(m.group("auth")),
                    undash(m.group("uhost")),
                    undash(m.group("cluster").replaceAll(";$", "")),
                    undash(m.group("route"))));
  }

  /** Quotes are where the expressions branch: a client's path full of them would take minutes. */
  static boolean readable(String line) {
    return line.length() <= 16_384 && line.chars().filter(c -> c == '"').count() <= MOST_QUOTES;
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
