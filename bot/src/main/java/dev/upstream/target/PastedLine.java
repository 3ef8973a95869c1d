package dev.upstream.target;

import dev.upstream.snapshot.AccessLogLine;
import dev.upstream.snapshot.JsonLine;
import dev.upstream.snapshot.LogRedaction;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** One line of a log, with whatever stood before it where it was copied. */
final class PastedLine {
  private static final Pattern ENVOY =
      Pattern.compile("\\[\\d{4}-\\d\\d-\\d\\dT[0-9:.+Z-]{5,30}\\] \"");
  private static final Pattern NGINX_HOST = Pattern.compile(", host: \"([^\"]+)\"");
  private static final Pattern NGINX_REQUEST =
      Pattern.compile(", request: \"(\\S+) (\\S+) [^\"]*\"");
  private static final Pattern NGINX_ACCESS =
      Pattern.compile("\\] \"[A-Z]{1,20} \\S{1,8000} HTTP/[0-9.]{1,3}\" \\d{3} \\d{1,19}(?:\\s|$)");

  /** Of ingress-nginx: namespace, Service and port. */
  private static final Pattern INGRESS_UPSTREAM =
      Pattern.compile("\" \\d{1,19} \\d{1,9}\\.\\d{1,6} \\[([a-z0-9.-]{0,400})\\] \\[");

  private static final Pattern HOST = Pattern.compile("[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?");
  private static final Pattern PORT = Pattern.compile("[1-9]\\d{0,4}");
  private static final String NOBODY = "upstream-default-backend";

  private final String text;

  PastedLine(String text) {
    this.text = text;
  }

  Optional<Target> target() {
    Optional<JsonLine> json = json();
    return envoy()
        .or(this::nginxError)
        .or(() -> json.flatMap(PastedLine::request))
        .or(() -> upstream(json).flatMap(PastedLine::service));
  }

  /** What to ask for instead, where the line is understood and does not say what it is about. */
  Optional<String> trouble() {
    Optional<String> upstream = upstream(json());
    if (upstream.filter(NOBODY::equals).isPresent()) {
      return Optional.of(
          "That line names no host, and no Ingress took its request ("
              + NOBODY
              + "): ask for the"
              + " host that was called.");
    }
    return upstream
        .map(PastedLine::readings)
        .or(
            () ->
                NGINX_ACCESS.matcher(text).find()
                    ? Optional.of(
                        "A line of nginx's access log names no host: ask for the host that was"
                            + " called, or for namespace/service.")
                    : Optional.empty());
  }

  private Optional<Target> envoy() {
    return access()
        .filter(l -> !l.authority().isEmpty())
        .map(
            l ->
                new Target.LogLine(
                    withoutPort(l.authority()),
                    Optional.of(l.method()),
                    Optional.of(path(l.path())),
                    Optional.of(l.upstreamCluster()).filter(c -> !c.isEmpty()),
                    Optional.of(l.client()).filter(c -> !c.isEmpty())));
  }

  private Optional<AccessLogLine> access() {
    Matcher begin = ENVOY.matcher(text);
    return begin.find()
        ? AccessLogLine.parse(text.substring(begin.start()))
        : object().flatMap(AccessLogLine::parse);
  }

  /** What stands in braces. */
  private Optional<String> object() {
    int from = text.indexOf('{');
    int to = text.lastIndexOf('}');
    return from < 0 || to < from ? Optional.empty() : Optional.of(text.substring(from, to + 1));
  }

  private Optional<JsonLine> json() {
    return object().flatMap(JsonLine::of);
  }

  private Optional<Target> nginxError() {
    Matcher host = NGINX_HOST.matcher(text);
    if (!host.find()) {
      return Optional.empty();
    }
    Optional<MatchResult> asked = NGINX_REQUEST.matcher(text).results().findFirst();
    return Optional.of(
        new Target.LogLine(
            withoutPort(host.group(1)),
            asked.map(r -> r.group(1)),
            asked.map(r -> path(r.group(2))),
            Optional.empty(),
            Optional.empty()));
  }

  /**
   * Of an access log with keys that somebody chose. A host without a request may be a machine's.
   */
  private static Optional<Target> request(JsonLine line) {
    String[] request = line.text("request").orElse("").split(" ", 3);
    Optional<String> method =
        first(line, "method", "request_method")
            .or(() -> Optional.of(request[0]).filter(m -> request.length > 1));
    Optional<String> path =
        first(line, "path", "request_uri", "uri")
            .or(() -> Stream.of(request).skip(1).findFirst())
            .filter(p -> p.startsWith("/"));
    return first(line, "vhost", "http_host", "authority", "host", "server_name")
        .map(PastedLine::withoutPort)
        .filter(h -> HOST.matcher(h).matches() && path.isPresent())
        .map(
            h ->
                new Target.LogLine(
                    h, method, path.map(PastedLine::path), Optional.empty(), Optional.empty()));
  }

  private static Optional<String> first(JsonLine line, String... keys) {
    return Stream.of(keys)
        .flatMap(k -> line.text(k).stream())
        .filter(v -> !v.isEmpty() && !v.equals("-"))
        .findFirst();
  }

  private Optional<String> upstream(Optional<JsonLine> json) {
    return INGRESS_UPSTREAM
        .matcher(text)
        .results()
        .map(r -> r.group(1))
        .findFirst()
        .or(() -> json.flatMap(j -> j.text("proxy_upstream_name")))
        .filter(u -> u.matches("[a-z0-9.-]{1,400}") && u.split("-", -1).length > 2);
  }

  /** Any of the three may hold a dash itself: with two dashes in all none does. */
  private static Optional<Target> service(String upstream) {
    String[] parts = upstream.split("-", -1);
    return parts.length == 3 && !upstream.equals(NOBODY)
        ? TargetParser.parse(parts[0] + "/" + parts[1] + port(parts[2]))
        : Optional.empty();
  }

  private static String port(String named) {
    return PORT.matcher(named).matches() ? ":" + named : "";
  }

  private static String readings(String upstream) {
    return "nginx calls what served that request "
        + upstream
        + ", which is namespace, Service and port with dashes between them: ask for"
        + " namespace/service.";
  }

  private static String path(String requested) {
    return LogRedaction.path(requested).replaceAll("[?#].*$", "");
  }

  private static String withoutPort(String authority) {
    return authority.replaceAll(":\\d+$", "").toLowerCase(Locale.ROOT);
  }
}
