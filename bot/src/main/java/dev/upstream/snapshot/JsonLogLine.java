package dev.upstream.snapshot;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A log line that is one JSON object. Whoever writes it chooses the keys, so only those are kept
 * that a diagnosis reads: what else it holds may be anything.
 */
final class JsonLogLine {
  private static final String DROPPED = "(redacted)";

  /**
   * Of Istio's default (pilot/pkg/model/telemetry_logging.go), ingress-nginx's, zap's and klog's.
   */
  private static final Set<String> KEPT =
      Set.of(
          "start_time",
          "time",
          "ts",
          "timestamp",
          "@timestamp",
          "time_iso8601",
          "level",
          "severity",
          "scope",
          "msg",
          "message",
          "error",
          "err",
          "reason",
          "method",
          "request_method",
          "path",
          "uri",
          "request_uri",
          "protocol",
          "authority",
          "host",
          "vhost",
          "status",
          "response_code",
          "response_flags",
          "response_code_details",
          "connection_termination_details",
          "bytes_received",
          "bytes_sent",
          "duration",
          "request_time",
          "request_id",
          "route_name",
          "upstream_addr",
          "upstream_status",
          "upstream_response_time",
          "proxy_upstream_name",
          "upstream_host",
          "upstream_cluster",
          "upstream_local_address",
          "upstream_service_time",
          "upstream_transport_failure_reason",
          "downstream_local_address",
          "requested_server_name",
          DROPPED);

  private static final Set<String> PATHS = Set.of("path", "uri", "request_uri");

  /** Without these it is no access line. */
  private static final List<String> ACCESS = List.of("start_time", "response_code", "authority");

  private JsonLogLine() {}

  /** The line with the keys that may stay; empty when it is no JSON object. */
  static Optional<String> redacted(String line) {
    return JsonLine.of(line)
        .map(
            json -> {
              Map<String, String> kept = new LinkedHashMap<>();
              json.values()
                  .forEach(
                      (k, v) -> {
                        String key = k.toLowerCase(Locale.ROOT);
                        if (KEPT.contains(key)) {
                          kept.put(
                              k, PATHS.contains(key) ? LogRedaction.path(v) : LogRedaction.mask(v));
                        }
                      });
              if (json.nested() || kept.size() < json.values().size()) {
                kept.put(DROPPED, "other keys");
              }
              return JsonLine.print(kept);
            });
  }

  /** An access line of Envoy with Istio's default keys. */
  static Optional<AccessLogLine> access(String line) {
    return JsonLine.of(line)
        .filter(j -> ACCESS.stream().allMatch(k -> j.text(k).isPresent()))
        .filter(j -> plain(j, "response_code").matches("\\d{1,3}"))
        .flatMap(
            j ->
                Fields.parseTime(plain(j, "start_time"))
                    .map(
                        at ->
                            new AccessLogLine(
                                at,
                                plain(j, "method"),
                                plain(j, "path"),
                                Integer.parseInt(plain(j, "response_code")),
                                AccessLogLine.flags(j.text("response_flags").orElse("-")),
                                plain(j, "response_code_details"),
                                plain(j, "upstream_transport_failure_reason"),
                                plain(j, "authority"),
                                plain(j, "upstream_host"),
                                plain(j, "upstream_cluster").replaceAll(";$", ""),
                                plain(j, "downstream_remote_address").replaceAll(":\\d+$", ""),
                                plain(j, "route_name"))));
  }

  private static String plain(JsonLine line, String key) {
    return AccessLogLine.undash(line.text(key).orElse(""));
  }
}
