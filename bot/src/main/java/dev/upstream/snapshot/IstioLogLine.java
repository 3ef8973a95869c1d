package dev.upstream.snapshot;

import java.util.List;
import java.util.Optional;

/**
 * The parts of an Envoy access line in Istio's default text format (istio.io/istio
 * pilot/pkg/model/telemetry_logging.go). Read by hand, from both ends: path, authority and user
 * agent are the client's words, not escaped, and an expression would try every way to read them.
 *
 * @param head everything up to the upstream's service time, as it stands
 * @param tail cluster, upstream's and downstream's local address, downstream's remote address, SNI
 *     and route
 */
record IstioLogLine(
    String head,
    String time,
    String method,
    String path,
    String status,
    String flags,
    String details,
    String transportFailure,
    String requestId,
    String authority,
    String upstreamHost,
    List<String> tail) {
  private static final int LONGEST = 16_384;
  private static final int MOST_QUOTES = 64;
  private static final int TAIL = 6;

  static Optional<IstioLogLine> of(String line) {
    if (!line.startsWith("[") || line.length() > LONGEST) {
      return Optional.empty();
    }
    int timeEnd = line.indexOf("] \"");
    int methodEnd = timeEnd < 0 ? -1 : line.indexOf(' ', timeEnd + 3);
    int requestEnd = methodEnd < 0 ? -1 : beforeDigit(line, methodEnd + 1);
    int pathEnd = requestEnd < 0 ? -1 : line.lastIndexOf(' ', requestEnd - 1);
    if (pathEnd <= methodEnd) {
      return Optional.empty();
    }
    String[] words = line.substring(requestEnd + 2).split(" ", 4);
    int failure = line.indexOf(" \"", requestEnd + 2);
    int failureEnd = failure < 0 ? -1 : beforeDigit(line, failure + 2);
    if (words.length < 4 || !words[0].matches("\\d{1,3}") || failureEnd < 0) {
      return Optional.empty();
    }
    int headEnd = skipWords(line, failureEnd + 2, 4);
    int forwardedEnd = headEnd < 0 ? -1 : line.indexOf("\" \"", headEnd + 2);
    int[] quotes = lastQuotes(line);
    if (forwardedEnd < 0
        || line.charAt(headEnd + 1) != '"'
        || quotes.length == 0
        || quotes[0] - 2 < forwardedEnd + 2) {
      return Optional.empty();
    }
    String[] tail = line.substring(quotes[5] + 1).strip().split(" ", TAIL);
    return tail.length < TAIL
        ? Optional.empty()
        : Optional.of(
            new IstioLogLine(
                line.substring(0, headEnd),
                line.substring(1, timeEnd),
                line.substring(timeEnd + 3, methodEnd),
                line.substring(methodEnd + 1, pathEnd),
                words[0],
                words[1],
                words[2],
                line.substring(failure + 2, failureEnd),
                line.substring(quotes[0] + 1, quotes[1]),
                line.substring(quotes[2] + 1, quotes[3]),
                line.substring(quotes[4] + 1, quotes[5]),
                List.of(tail)));
  }

  /** The first closing quote that a number follows. */
  private static int beforeDigit(String line, int from) {
    int quote = line.indexOf("\" ", from);
    for (int i = 0; quote >= 0 && i < MOST_QUOTES; i++) {
      if (quote + 2 < line.length() && Character.isDigit(line.charAt(quote + 2))) {
        return quote;
      }
      quote = line.indexOf("\" ", quote + 1);
    }
    return -1;
  }

  /** Where the last of some words ends. */
  private static int skipWords(String line, int from, int words) {
    int end = from - 1;
    for (int i = 0; i < words; i++) {
      end = line.indexOf(' ', end + 1);
      if (end < 0) {
        return -1;
      }
    }
    return end + 1 < line.length() ? end : -1;
  }

  /** The six quotes around request id, authority and upstream host, which hold none themselves. */
  private static int[] lastQuotes(String line) {
    int[] quotes = new int[TAIL];
    int at = line.length();
    for (int i = TAIL - 1; i >= 0; i--) {
      at = line.lastIndexOf('"', at - 1);
      if (at < 1) {
        return new int[0];
      }
      quotes[i] = at;
    }
    boolean apart =
        quotes[2] == quotes[1] + 2
            && quotes[4] == quotes[3] + 2
            && line.charAt(quotes[0] - 1) == ' '
            && line.charAt(quotes[0] - 2) == '"';
    return apart ? quotes : new int[0];
  }
}
