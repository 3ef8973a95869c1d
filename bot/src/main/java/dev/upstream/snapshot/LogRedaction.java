package dev.upstream.snapshot;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Takes out of a log line what must never leave a cluster: query strings, client addresses,
 * cookies, user agents and what looks like a credential (PRODUCT.md section 7, RULES.md R17).
 */
public final class LogRedaction {
  private static final int LONGEST = 4_096;
  private static final Pattern NGINX_CLIENT = Pattern.compile(", client: [^,]+");
  private static final Pattern NGINX_REFERRER = Pattern.compile(", referrer: \"[^\"]*\"");
  private static final Pattern QUERY = Pattern.compile("\\?[^\\s\"'<>)]+");
  private static final List<Pattern> CREDENTIALS =
      List.of(
          Pattern.compile("(?i)\\b(?:bearer|basic)\\s+[A-Za-z0-9._~+/=-]{4,}"),
          Pattern.compile("(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{8,}+\\.[A-Za-z0-9_.-]+"),
          Pattern.compile(
              "(?i)\\b(?:set-)?(?:cookie|authorization|password|passwd|pwd|secret|token|api[_-]?key"
                  + "|access[_-]?key|private[_-]?key|credentials?)\\b[\"']?\\s*[:=]\\s*[\"']?[^\\s,;\"'&]+"),
          Pattern.compile("(?<=://)[^/\\s:@\"]+:[^/\\s@\"]+(?=@)"));

  private LogRedaction() {}

  /** The line without what is sensitive; an over-long one is cut and says so. */
  public static String redact(String line) {
    String known = nginxAccess(line);
    String text = known.length() > LONGEST ? known.substring(0, LONGEST) + " ...(cut)" : known;
    text = IstioLogLine.of(text).map(LogRedaction::withoutClient).orElse(text);
    text = NGINX_CLIENT.matcher(text).replaceAll(", client: -");
    text = NGINX_REFERRER.matcher(text).replaceAll("");
    return mask(text);
  }

  /** Without X-Forwarded-For, user agent and the downstream's address. */
  private static String withoutClient(IstioLogLine line) {
    return "%s \"-\" \"-\" \"%s\" \"%s\" \"%s\" %s %s %s - %s %s"
        .formatted(
            line.head(),
            line.requestId(),
            line.authority(),
            line.upstreamHost(),
            line.tail().get(0),
            line.tail().get(1),
            line.tail().get(2),
            line.tail().get(4),
            line.tail().get(5));
  }

  /** An nginx access line without client, referrer and user agent; any other line as it is. */
  private static String nginxAccess(String line) {
    LineCursor at = new LineCursor(line);
    boolean client = at.past(" - ").matches("\\S{1,64}") && at.past(" [").matches("\\S{0,64}");
    if (at.failed() || !client) {
      return line;
    }
    int time = at.position();
    at.past("] ");
    at.quoted();
    at.past(" ");
    at.past(" ");
    int end = at.position();
    at.quoted();
    at.quoted();
    return at.failed()
        ? "- - - [" + line.substring(time)
        : "- - - [" + line.substring(time, end) + "\"-\" \"-\" " + at.rest();
  }

  /** Free text, such as an event's message or an error: query strings and credentials go. */
  public static String mask(String text) {
    String masked = QUERY.matcher(text).replaceAll("");
    for (Pattern credential : CREDENTIALS) {
      masked = credential.matcher(masked).replaceAll("(redacted)");
    }
    return masked;
  }
}
