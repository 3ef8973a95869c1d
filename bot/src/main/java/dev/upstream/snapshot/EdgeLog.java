package dev.upstream.snapshot;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An ingress-nginx log: requests in the default log-format-upstream and nginx's own error lines
 * (kubernetes/ingress-nginx internal/ingress/controller/config/config.go; nginx ngx_log_error).
 */
public record EdgeLog(List<Request> requests, List<Failure> failures) {
  public static final EdgeLog EMPTY = new EdgeLog(List.of(), List.of());
  private static final DateTimeFormatter ACCESS_TIME =
      DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH);
  private static final DateTimeFormatter ERROR_TIME =
      DateTimeFormatter.ofPattern("yyyy/MM/dd HH:mm:ss", Locale.ENGLISH);
  private static final Pattern ACCESS =
      Pattern.compile(
          "^(\\S+) - (\\S+) \\[([^\\]]+)\\] \"((?:[^\"\\\\]|\\\\.)*)\" (\\d{3}) (\\d+)"
              + " \"((?:[^\"\\\\]|\\\\.)*)\" \"((?:[^\"\\\\]|\\\\.)*)\" (\\d+) ([\\d.]+)"
              + " \\[([^\\]]*)\\] \\[([^\\]]*)\\] (.+?)"
              + " ((?:-|[\\d]+)(?:(?:, | : )(?:-|\\d+))*)"
              + " ((?:-|[\\d.]+)(?:(?:, | : )(?:-|[\\d.]+))*)"
              + " ((?:-|\\d{3})(?:(?:, | : )(?:-|\\d{3}))*) (\\S+)$");
  private static final Pattern ERROR =
      Pattern.compile(
          "^(\\d{4}/\\d\\d/\\d\\d \\d\\d:\\d\\d:\\d\\d) \\[(\\w+)\\] \\d+#\\d+: (?:\\*\\d+"
              + " )?(.*)$");
  private static final Pattern UPSTREAM = Pattern.compile(", upstream: \"\\w+://([^/\"]+)[^\"]*\"");
  private static final Pattern HOST = Pattern.compile(", host: \"([^\"]+)\"");
  private static final Pattern REQUEST = Pattern.compile(", request: \"\\S+ (\\S+) [^\"]*\"");

  /**
   * @param upstreamName {@code namespace-service-port}; a dash when nginx answered by itself
   * @param tries the upstream addresses in the order they were tried
   * @param statuses what each try answered; a dash for none
   */
  public record Request(
      Instant at,
      String path,
      int status,
      String upstreamName,
      List<String> tries,
      List<String> statuses,
      String line) {
    public Request {
      tries = List.copyOf(tries);
      statuses = List.copyOf(statuses);
    }
  }

  /** An error line about a request. */
  public record Failure(
      Instant at, String message, String upstream, String host, String path, String line) {
    public boolean refused() {
      return message.contains("connect() failed (111:");
    }

    public boolean connectTimeout() {
      return message.contains("upstream timed out (110:")
          && message.contains("while connecting to upstream");
    }
  }

  public EdgeLog {
    requests = List.copyOf(requests);
    failures = List.copyOf(failures);
  }

  public static EdgeLog read(List<String> lines, Predicate<Instant> window) {
    List<Request> requests = new ArrayList<>();
    List<Failure> failures = new ArrayList<>();
    for (String line : lines) {
      request(line).filter(r -> window.test(r.at())).ifPresent(requests::add);
      failure(line).filter(f -> window.test(f.at())).ifPresent(failures::add);
    }
    return new EdgeLog(requests, failures);
  }

  static Optional<Request> request(String line) {
    Matcher m = line.length() > 16_384 ? ACCESS.matcher("") : ACCESS.matcher(line);
    if (!m.matches()) {
      return Optional.empty();
    }
    try {
      String[] words = m.group(4).split(" ", -1);
      return Optional.of(
          new Request(
              ZonedDateTime.parse(m.group(3), ACCESS_TIME).toInstant(),
              words.length > 1 ? words[1] : "",
              Integer.parseInt(m.group(5)),
              m.group(11),
              split(m.group(13)),
              split(m.group(16)),
              line));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  static Optional<Failure> failure(String line) {
    Matcher m = ERROR.matcher(line);
    if (line.length() > 16_384 || !m.matches()) {
      return Optional.empty();
    }
    try {
      String rest = m.group(3);
      int end = rest.indexOf(", client: ");
      return Optional.of(
          new Failure(
              LocalDateTime.parse(m.group(1), ERROR_TIME).toInstant(ZoneOffset.UTC),
              end < 0 ? rest : rest.substring(0, end),
              group(UPSTREAM, rest),
              group(HOST, rest),
              group(REQUEST, rest),
              line));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static String group(Pattern pattern, String text) {
    Matcher m = pattern.matcher(text);
    return m.find() ? m.group(1) : "";
  }

  private static List<String> split(String list) {
    return Arrays.asList(list.split(", | : ", -1));
  }
}
