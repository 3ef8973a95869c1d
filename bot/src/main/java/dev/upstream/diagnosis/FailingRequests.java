package dev.upstream.diagnosis;

import dev.upstream.diagnosis.check.Words;
import dev.upstream.path.Caller;
import dev.upstream.path.Leg;
import dev.upstream.snapshot.AccessLogLine;
import dev.upstream.snapshot.EdgeLog;
import dev.upstream.snapshot.ObjectRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The requests of a leg that its caller's log calls failed: what stands as proof where no cause was
 * found.
 *
 * @param endings how they ended, in the log's words, such as {@code 503 UF,URX}
 * @param last when the last one ended
 */
record FailingRequests(Leg leg, int all, Map<String, Integer> endings, Optional<Instant> last) {
  /** Envoy's response flags (envoyproxy/envoy, access log docs) that no finding speaks of. */
  private static final Map<String, String> FLAGS =
      Map.of(
          "UF", "the proxy could not connect to the endpoint",
          "UC", "the endpoint closed the connection",
          "UR", "the endpoint reset the connection",
          "UT", "no answer in time",
          "UO", "a circuit breaker is open",
          "UPE", "the answer was no valid HTTP",
          "FI", "a fault that is injected by configuration",
          "RL", "a rate limit",
          "UAEX", "refused by external authorization",
          "DPE", "the request was no valid HTTP");

  FailingRequests {
    endings = Collections.unmodifiableMap(new TreeMap<>(endings));
  }

  static FailingRequests of(Leg leg, List<AccessLogLine> requests, EdgeLog edge) {
    Map<String, Integer> endings = new TreeMap<>();
    List<Instant> times = new ArrayList<>();
    for (AccessLogLine line : requests) {
      if (line.failed()) {
        endings.merge(ending(line), 1, Integer::sum);
        times.add(line.at());
      }
    }
    for (EdgeLog.Request request : edge.requests()) {
      if (request.status() >= 500) {
        endings.merge(Integer.toString(request.status()), 1, Integer::sum);
        times.add(request.at());
      }
    }
    return new FailingRequests(
        leg,
        requests.size() + edge.requests().size(),
        endings,
        times.stream().max(Instant::compareTo));
  }

  /** What is no flag of Envoy's form is left out: the line is hostile text. */
  private static String ending(AccessLogLine line) {
    List<String> flags =
        new TreeSet<>(line.flags()).stream().filter(f -> f.matches("[A-Z]{2,6}")).toList();
    String meaning =
        flags.stream()
            .filter(FLAGS::containsKey)
            .findFirst()
            .map(f -> " (" + FLAGS.get(f) + ")")
            .orElse("");
    return line.status() + (flags.isEmpty() ? "" : " " + String.join(",", flags)) + meaning;
  }

  int failed() {
    return endings.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** How many failed and how, when the last one did, and the command that shows it. */
  String words() {
    String how =
        endings.entrySet().stream()
            .sorted(
                Comparator.comparing((Map.Entry<String, Integer> e) -> -e.getValue())
                    .thenComparing(Map.Entry::getKey))
            .limit(2)
            .map(Map.Entry::getKey)
            .collect(Collectors.joining(" or "));
    return failed()
        + " of "
        + Words.count(all, "logged request")
        + " to "
        + Words.destination(leg)
        + " ended with "
        + how
        + last.map(t -> ", the last at " + t).orElse("")
        + " ("
        + command()
        + ")";
  }

  private String command() {
    String container =
        leg.caller() instanceof Caller.IngressController ? "controller" : "istio-proxy";
    return leg.caller().pods().stream()
        .findFirst()
        .map(
            (ObjectRef p) ->
                Words.kubectl(
                    leg.cluster(),
                    "-n "
                        + p.namespace()
                        + " logs "
                        + p.name()
                        + " -c "
                        + container
                        + " --since=5m"))
        .orElse("the caller's log");
  }
}
