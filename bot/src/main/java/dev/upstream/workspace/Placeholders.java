package dev.upstream.workspace;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts placeholders where a text differs from run to run, so that it can be compared with a file.
 * The same address or pod gets the same number everywhere, as long as one of these is used.
 */
public final class Placeholders {
  private final List<Rule> rules = new ArrayList<>();
  private final Map<String, Integer> numbers = new LinkedHashMap<>();
  private final Map<String, Integer> counts = new LinkedHashMap<>();

  private record Rule(Pattern pattern, String name, boolean numbered) {}

  private Placeholders() {}

  public static Placeholders none() {
    return new Placeholders();
  }

  /** Times, ages, measured durations, addresses, the ends of pod names, and counted requests. */
  public static Placeholders usual() {
    return none()
        .with(
            "\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(?:\\.\\d+)?(?:Z|[+-]\\d{2}:\\d{2})", "time")
        .with("(?:\\d{1,2} [A-Z][a-z]{2} \\d{4} )?\\b\\d{2}:\\d{2}:\\d{2} [A-Z]{2,5}\\b", "time")
        .with("\\b(?:\\d+ (?:second|minute|hour|day)s? ago|just now)\\b", "age")
        .with("\\b\\d+(?:[.,]\\d+)? (?:ms|s|seconds?|minutes?)\\b", "duration")
        .numbered("\\b(?:\\d{1,3}\\.){3}\\d{1,3}(?::\\d{1,5})?\\b", "address")
        .numbered("(?<=[a-z0-9]-)[0-9a-z]{6,10}-[bcdfghjklmnpqrstvwxz2456789]{5}\\b", "pod")
        .with(
            "\\b[\\d,]+ of [\\d,]+(?= (?:logged )?(?:requests?|lines?|probes?|attempts?)\\b)",
            "counts")
        .with(
            "\\b[\\d,]+(?= (?:(?:logged )?(?:requests?|lines?|probes?|attempts?)|refused"
                + " connections?)\\b)",
            "count");
  }

  /** What fits the pattern becomes {@code <name>}. */
  public Placeholders with(String pattern, String name) {
    rules.add(new Rule(Pattern.compile(pattern), name, false));
    return this;
  }

  /** What fits the pattern becomes {@code <name 1>}, {@code <name 2>} and so on. */
  public Placeholders numbered(String pattern, String name) {
    rules.add(new Rule(Pattern.compile(pattern), name, true));
    return this;
  }

  public String in(String text) {
    String out = text;
    for (Rule rule : rules) {
      out =
          rule.pattern()
              .matcher(out)
              .replaceAll(m -> Matcher.quoteReplacement("<" + shown(rule, m.group()) + ">"));
    }
    return out;
  }

  private String shown(Rule rule, String found) {
    if (!rule.numbered()) {
      return rule.name();
    }
    int number =
        numbers.computeIfAbsent(
            rule.name() + " " + found, f -> counts.merge(rule.name(), 1, Integer::sum));
    return rule.name() + " " + number;
  }
}
