package dev.upstream.snapshot;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes out of a log line what must never leave a cluster: query strings, client addresses,
 * cookies, user agents and what looks like a credential (PRODUCT.md section 7, RULES.md R17).
 */
public final class LogRedaction {
  private static final int LONGEST = 4_096;
  private static final Pattern NGINX_CLIENT = Pattern.compile(", client: [^,]+");
  private static final Pattern NGINX_REFERRER = Pattern.compile(", referrer: \"[^\"]*\"");

  /** What was hidden in it before is a part of it. */
  private static final String QUERY_REST =
      "[^\\s\"'<>)]+(?:(?<=\\(redacted)\\)[^\\s\"'<>)]*){0,50}";

  private static final Pattern QUERY = Pattern.compile("()\\?" + QUERY_REST);
  private static final Pattern PARAMETERS = Pattern.compile(";[^/]*+");
  private static final Pattern END = Pattern.compile("[?#][\\s\\S]*+");

  /**
   * Quotes, colons and equals signs may stand as escapes of JSON, the last two as those of a URL.
   */
  private static final String SEPARATOR =
      "(?:\\\\u002[27]|[\\\\\"']){0,4}\\s{0,4}(?:=>|[:=]|\\\\u003[ad]|%3[ad])\\s{0,4}";

  /** A word, or what stands in quotes; the quotes stay. */
  private static final String VALUE =
      "([\\\\\"']{0,4})(?:(?<=[\"'])[^\"'\\\\\\r\\n]{1,400}|[^\\s,;\"'&\\\\{}]+)";

  private static final String HIDDEN = "(redacted)";

  private static final Pattern ADDRESS =
      Pattern.compile(
          "(?<![\\w.:])(?:\\d{1,3}(?:\\.\\d{1,3}){3}|\\[?[0-9a-fA-F]{0,4}(?::[0-9a-fA-F]{0,4}){3,8}\\]?)"
              + "(?::\\d{1,5})?(?![\\w.])");

  /** Of a request header the whole value goes: its words mean what its scheme says. */
  private static final Pattern HEADER =
      Pattern.compile(
          "(?i)(?<![\\w-])((?:set-|proxy-)?(?:cookie|authorization))(?:\\\\u002[27]|[\\\\\"'])*"
              + "\\s*(?:[:=]|\\\\u003[ad]|%3[ad])\\s*(?:\\\\u002[27]|[\\\\\"'])*[^\"'\\\\\\r\\n]*");

  /** Where no quote ends it, a header ends with its line. */
  private static final Pattern BARE_HEADER =
      Pattern.compile(
          "(?i)(?<![\\w\"'\\\\-])((?:set-|proxy-)?(?:cookie|authorization)):[^\\r\\n]*");

  /** Also where the name has something before it, such as DB_PASSWORD. */
  private static final Pattern NAMED =
      Pattern.compile(
          "(?i)(?<![\\w-])([\\w-]{0,60}(?:password|passwd|passphrase|pwd|secret|token|api[_-]?key"
              + "|access[_-]?key|private[_-]?key|credentials?|session[_-]?id)"
              + SEPARATOR
              + "(?:\\{\\s{0,4}[\\\\\"']{0,4}\\w{1,30}"
              + SEPARATOR
              + ")?)"
              + VALUE);

  /** Short words, which are parts of others. */
  private static final Pattern SHORT =
      Pattern.compile(
          "(?i)(?<![\\w-])((?:[\\w-]{0,60}[_-])?(?:pass|sid)" + SEPARATOR + ")" + VALUE);

  /** Words that say something else before a colon. */
  private static final Pattern ASSIGNED =
      Pattern.compile(
          "(?i)(?<![\\w-])((?:[\\w-]{0,60}[_-])?(?:o?auth|sig|signature|key|session)=)(?!=)"
              + VALUE);

  private static final Pattern OPTION =
      Pattern.compile(
          "(?i)(?<![\\w-])(--?(?:[\\w-]{0,30}-)?(?:password|passwd|passphrase|pass|pwd|secret|token"
              + "|api-?key|access-?key|private-?key|credentials?|auth)\\s{1,4})(?!-)"
              + VALUE);

  /** Programs of which a short option is followed by a password. */
  private static final Pattern PROGRAM =
      Pattern.compile(
          "(?i)((?<!\\w)(?:redis-cli(?!\\w)[^\\r\\n|;]{0,200}?\\s-a\\s{1,4}"
              + "|(?:mysql|mariadb)(?:admin|dump|check|show|import)?(?!\\w)[^\\r\\n|;]{0,200}?\\s-p"
              + "|sshpass\\s{1,4}-p\\s{0,4}"
              + "|curl(?!\\w)[^\\r\\n|;]{0,200}?\\s(?:-u|--user)\\s{1,4}))"
              + VALUE);

  private static final Pattern DIGEST =
      Pattern.compile(
          "(?i)(?<!\\w)(c?nonce|response|opaque)=([\\\\\"']{1,4})[^\"'\\\\\\r\\n]{1,400}");
  private static final Pattern FRAGMENT = Pattern.compile("(://[^\\s\"'<>#]{1,300})#" + QUERY_REST);

  /** A request goes on behind its query, whatever that ended with. */
  private static final Pattern BEHIND_QUERY =
      Pattern.compile("\\s{1,4}HTTP/|[\"'](?:[\\s,;}\\])]|:\\s|$)");

  private static final Pattern WORD = Pattern.compile("\\w");

  /** How far behind a query a credential is looked for that began in it. */
  private static final int REACH = 450;

  private static final Pattern SESSION_IN_PATH =
      Pattern.compile("(?i);(jsessionid|sid)=[^\\s\"'/;?#]+");

  /**
   * What gives something away by its form.
   *
   * @param hints without one of these, in small letters, it is not there: most texts hold none
   */
  private record Form(Pattern pattern, String replacement, List<String> hints) {
    static Form named(Pattern pattern, String... hints) {
      return new Form(pattern, "$1$2" + HIDDEN, List.of(hints));
    }

    static Form whole(String expression, String... hints) {
      return new Form(Pattern.compile(expression), HIDDEN, List.of(hints));
    }

    /** Where the first one begins that reaches over an end; the end, if none does. */
    int reaching(String text, int start, int end) {
      Matcher found = pattern.matcher(text).useTransparentBounds(true);
      int last = Math.min(text.length(), end + REACH);
      int from = start + 1;
      while (from < end && found.region(from, last).find() && found.start() < end) {
        if (WORD.matcher(text).region(end, Math.max(end, found.end())).find()) {
          return found.start();
        }
        from = found.start() + 1;
      }
      return end;
    }

    String taken(String text, String small) {
      for (String hint : hints) {
        if (small.contains(hint)) {
          return pattern.matcher(text).replaceAll(replacement);
        }
      }
      return text;
    }
  }

  /**
   * No {@code \\b}: at each place it looks back over all marks on a letter, and there may be many.
   */
  private static final List<Form> FORMS =
      List.of(
          new Form(BARE_HEADER, "$1: " + HIDDEN, List.of("cookie", "authorization")),
          new Form(HEADER, "$1: " + HIDDEN, List.of("cookie", "authorization")),
          new Form(DIGEST, "$1=$2" + HIDDEN, List.of("nonce=", "response=", "opaque=")),
          new Form(SESSION_IN_PATH, "", List.of("sessionid=", "sid=")),
          Form.named(
              NAMED,
              "passw",
              "passphrase",
              "pwd",
              "secret",
              "token",
              "key",
              "credential",
              "session"),
          Form.named(SHORT, "pass", "sid"),
          Form.named(ASSIGNED, "auth=", "sig=", "signature=", "key=", "session="),
          Form.named(OPTION, "-"),
          Form.named(PROGRAM, "redis-cli", "mysql", "mariadb", "sshpass", "curl"),
          Form.whole("(?i)(?<!\\w)(?:bearer|basic)\\s+[A-Za-z0-9._~+/=-]{4,}", "bearer", "basic"),
          Form.whole("(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{8,}+\\.[A-Za-z0-9_.-]+", "eyj"),
          Form.whole(
              "(?<!\\w)(?:xox[a-z]-[A-Za-z0-9-]{6,}|xapp-[A-Za-z0-9-]{6,}|gh[pousr]_[A-Za-z0-9]{20,}"
                  + "|github_pat_[A-Za-z0-9_]{20,}|glpat-[A-Za-z0-9_-]{10,}"
                  + "|[sr]k_(?:live|test)_[A-Za-z0-9]{10,}|sk-[A-Za-z0-9_-]{20,}"
                  + "|AIza[A-Za-z0-9_-]{20,}|npm_[A-Za-z0-9]{20,}"
                  + "|(?:AKIA|ASIA)[A-Z0-9]{16})(?!\\w)",
              "xox",
              "xapp",
              "gh",
              "glpat",
              "k_",
              "sk-",
              "aiza",
              "npm_",
              "akia",
              "asia"),
          Form.whole("-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----[^-]*", "private key"),
          Form.whole("(?<=://)[^/\\s:@\"]{1,256}:[^/\\s@\"]{1,256}(?=@)", "://"));

  private LogRedaction() {}

  /** The line without what is sensitive; an over-long one is cut and says so. */
  public static String redact(String line) {
    return JsonLogLine.redacted(line).orElseGet(() -> plain(line));
  }

  /** What a request asked for, without query, fragment and the parameters of its segments. */
  public static String path(String requested) {
    return mask(PARAMETERS.matcher(END.matcher(requested).replaceFirst("")).replaceAll(""));
  }

  private static String plain(String line) {
    String known = nginxAccess(line);
    String text = known.length() > LONGEST ? known.substring(0, LONGEST) + " ...(cut)" : known;
    boolean envoy = text.startsWith("[") && text.length() > 22 && text.indexOf("] \"") > 0;
    String whole = text;
    text =
        IstioLogLine.of(whole)
            .map(LogRedaction::withoutClient)
            .orElseGet(() -> envoy ? ADDRESS.matcher(whole).replaceAll("-") : whole);
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
    String bare = text.indexOf('?') < 0 ? text : without(QUERY, text);
    return credentials(bare.indexOf('#') < 0 ? bare : without(FRAGMENT, bare));
  }

  private static String without(Pattern queries, String text) {
    StringBuilder out = new StringBuilder();
    Matcher query = queries.matcher(text);
    int done = 0;
    while (done < text.length() && query.region(done, text.length()).find()) {
      out.append(text, done, query.end(1));
      done = end(text, query.end(1), query.end());
      if (done < query.end()) {
        out.append(' ');
      }
    }
    return out.append(text, done, text.length()).toString();
  }

  /**
   * Where a query ends: before a credential that begins in it and goes on behind it. Without its
   * name nobody would know the rest for what it is.
   */
  private static int end(String text, int start, int end) {
    if (BEHIND_QUERY.matcher(text).region(end, text.length()).lookingAt()) {
      return end;
    }
    String small =
        text.substring(start, Math.min(text.length(), end + REACH)).toLowerCase(Locale.ROOT);
    int stop = end;
    for (Form form : FORMS) {
      if (form.hints().stream().anyMatch(small::contains)) {
        stop = Math.min(stop, form.reaching(text, start, end));
      }
    }
    return stop;
  }

  /** Text in which a question mark means something else, such as an expression for paths. */
  public static String credentials(String text) {
    String small = text.toLowerCase(Locale.ROOT);
    String masked = text;
    for (Form form : FORMS) {
      masked = form.taken(masked, small);
    }
    return masked;
  }
}
