package dev.upstream.snapshot;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The three forms of a line in an ingress-nginx log: the default log-format-upstream
 * (kubernetes/ingress-nginx internal/ingress/controller/config/config.go), nginx's error line
 * (ngx_log_error) and klog's.
 */
final class EdgeLogLines {
  private static final int LONGEST = 16_384;
  private static final DateTimeFormatter ACCESS_TIME =
      DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH);
  private static final DateTimeFormatter ERROR_TIME =
      DateTimeFormatter.ofPattern("yyyy/MM/dd HH:mm:ss", Locale.ENGLISH);

  private static final Pattern ERROR =
      Pattern.compile(
          "^(\\d{4}/\\d\\d/\\d\\d \\d\\d:\\d\\d:\\d\\d) \\[\\w++\\] \\d++#\\d++: (?:\\*\\d++"
              + " )?(.*)$");
  private static final Pattern KLOG =
      Pattern.compile("^[IWEF]\\d{4} [\\d:.]++\\s++\\d++ [^\\]]++\\] (.*)$");
  private static final Pattern UPSTREAM =
      Pattern.compile(", upstream: \"\\w++://([^/\"]++)[^\"]*+\"");
  private static final Pattern HOST = Pattern.compile(", host: \"([^\"]++)\"");
  private static final Pattern REQUEST = Pattern.compile(", request: \"\\S++ (\\S++)[^\"]*+\"");

  private EdgeLogLines() {}

  /** Read by hand: the quoted parts are the client's words, and too long for an expression. */
  static Optional<EdgeLog.Request> request(String line) {
    if (line.length() > LONGEST) {
      return Optional.empty();
    }
    LineCursor at = new LineCursor(line);
    at.past(" - ");
    at.past(" [");
    String time = at.past("] ");
    String request = at.quoted();
    String status = at.past(" ");
    at.past(" ");
    at.quoted();
    at.quoted();
    at.past(" ");
    String seconds = at.past(" [");
    String name = at.past("] [");
    at.past("] ");
    List<List<String>> upstream = at.failed() ? List.of() : upstream(at.rest());
    if (upstream.isEmpty() || !code(status)) {
      return Optional.empty();
    }
    try {
      String[] words = request.split(" ", -1);
      return Optional.of(
          new EdgeLog.Request(
              ZonedDateTime.parse(time, ACCESS_TIME).toInstant(),
              Double.parseDouble(seconds),
              words.length > 1 ? bare(words[1]) : "",
              Integer.parseInt(status),
              name,
              upstream.getFirst(),
              upstream.getLast(),
              List.of()));
    } catch (DateTimeParseException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  /**
   * Addresses and statuses of the tries out of {@code addr len time status req_id}, in which each
   * of the four is a list whose items are joined by {@code ", "} or {@code " : "}.
   */
  private static List<List<String>> upstream(String tail) {
    String[] words = tail.split(" ", -1);
    int lists = 0;
    List<List<String>> all = new ArrayList<>();
    List<String> items = new ArrayList<>();
    for (int i = 0; i < words.length - 1; i++) {
      String word = words[i];
      boolean goesOn = word.endsWith(",") || (i + 1 < words.length - 1 && words[i + 1].equals(":"));
      if (word.equals(":")) {
        continue;
      }
      items.add(word.endsWith(",") ? word.substring(0, word.length() - 1) : word);
      if (!goesOn) {
        all.add(List.copyOf(items));
        items.clear();
        lists++;
      }
    }
    boolean sound =
        lists == 4 && items.isEmpty() && all.get(3).stream().allMatch(EdgeLogLines::code);
    return sound ? List.of(all.get(0), all.get(3)) : List.of();
  }

  private static boolean code(String status) {
    return status.equals("-")
        || (status.length() == 3 && status.chars().allMatch(Character::isDigit));
  }

  static Optional<EdgeLog.Failure> failure(String line) {
    Matcher m = ERROR.matcher(line);
    if (line.length() > LONGEST || !m.matches()) {
      return Optional.empty();
    }
    try {
      String rest = m.group(2);
      int end = rest.indexOf(", client: ");
      Instant at = LocalDateTime.parse(m.group(1), ERROR_TIME).toInstant(ZoneOffset.UTC);
      return Optional.of(
          new EdgeLog.Failure(
              at,
              end < 0 ? rest : rest.substring(0, end),
              last(UPSTREAM, rest),
              last(HOST, rest).toLowerCase(Locale.ROOT).replaceAll(":\\d+$", ""),
              bare(last(REQUEST, rest))));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  static Optional<EdgeLog.Notice> notice(String line) {
    Matcher m = KLOG.matcher(line);
    return line.length() <= LONGEST && m.matches()
        ? Optional.of(new EdgeLog.Notice(m.group(1)))
        : Optional.empty();
  }

  private static String bare(String requested) {
    int query = requested.indexOf('?');
    return query < 0 ? requested : requested.substring(0, query);
  }

  /** The last match: what stands before it may be the client's words. */
  private static String last(Pattern pattern, String text) {
    String found = "";
    for (Matcher m = pattern.matcher(text); m.find(); ) {
      found = m.group(1);
    }
    return found;
  }
}
