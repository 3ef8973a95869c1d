package dev.upstream.config;

import dev.upstream.snapshot.LogRedaction;
import dev.upstream.target.Spelling;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** One mapping of a YAML file, every key known, whose values are refused by their place and key. */
final class Section {
  private static final Pattern DURATION = Pattern.compile("(\\d{1,6})(ms|s|m)");
  private static final Pattern SECRET = Pattern.compile("(?i).*(token|secret|password).*");
  private static final int LONGEST_SHOWN = 60;

  private final Origin origin;
  private final String path;
  private final Mark start;
  private final Map<String, Node> values = new LinkedHashMap<>();

  private Section(Origin origin, String path, Mark start) {
    this.origin = origin;
    this.path = path;
    this.start = start;
  }

  /**
   * A mapping that may hold only these keys.
   *
   * @param path the keys that lead here, such as {@code clusters[0]}; empty for the document
   */
  static Section of(Origin origin, String path, Node node, List<String> keys) {
    Section section = new Section(origin, path, node.getStartMark());
    if (isNull(node)) {
      return section;
    }
    if (!(node instanceof MappingNode mapping)) {
      throw section.bad("should hold keys and values, such as \"" + keys.getFirst() + ": ...\".");
    }
    for (NodeTuple tuple : mapping.getValue()) {
      String key = tuple.getKeyNode() instanceof ScalarNode s ? s.getValue() : "";
      Mark mark = tuple.getKeyNode().getStartMark();
      if (!keys.contains(key)) {
        throw origin.bad(mark, section.full(shown(key)), unknown(key, keys));
      }
      if (section.values.put(key, tuple.getValueNode()) != null) {
        throw origin.bad(mark, section.full(key), "is set twice; keep one of them.");
      }
    }
    section.values.values().removeIf(Section::isNull);
    return section;
  }

  private static String unknown(String key, List<String> keys) {
    if (SECRET.matcher(key).matches()) {
      return "secrets are never read from this file; set SLACK_BOT_TOKEN, SLACK_APP_TOKEN,"
          + " SLACK_SIGNING_SECRET and UPSTREAM_STORE_PASSWORD in the environment, or name"
          + " mounted files by the same names with _FILE.";
    }
    return "is no setting"
        + Spelling.nearest(key, keys, 3)
            .map(k -> "; did you mean " + k + "?")
            .orElse("; known: " + String.join(", ", keys) + ".");
  }

  private static boolean isNull(Node node) {
    return node instanceof ScalarNode && node.getTag().equals(Tag.NULL);
  }

  Origin origin() {
    return origin;
  }

  boolean has(String key) {
    return values.containsKey(key);
  }

  Optional<Node> node(String key) {
    return Optional.ofNullable(values.get(key));
  }

  Optional<String> text(String key) {
    return node(key)
        .map(
            n -> {
              if (n instanceof ScalarNode s && !s.getValue().isBlank()) {
                return s.getValue().strip();
              }
              throw bad(key, "should be one value.");
            });
  }

  /** A text of a certain form. */
  Optional<String> text(String key, Predicate<String> fits, String form) {
    Optional<String> text = text(key);
    text.filter(fits.negate())
        .ifPresent(
            t -> {
              throw bad(key, "\"" + shown(t) + "\" is not " + form + ".");
            });
    return text;
  }

  Optional<Integer> number(String key, int least, int most) {
    String form = "a whole number from " + least + " to " + most;
    return text(key, t -> t.matches("\\d{1,7}") && within(t, least, most), form)
        .map(Integer::parseInt);
  }

  private static boolean within(String digits, int least, int most) {
    int value = Integer.parseInt(digits);
    return value >= least && value <= most;
  }

  Optional<Boolean> flag(String key) {
    return text(key, t -> t.equals("true") || t.equals("false"), "true or false")
        .map(Boolean::parseBoolean);
  }

  /** A positive length of time such as {@code 500ms}, {@code 20s} or {@code 2m}. */
  Optional<Duration> duration(String key, Duration most) {
    return text(
            key,
            t -> duration(t).filter(d -> d.isPositive() && d.compareTo(most) <= 0).isPresent(),
            "a time such as 500ms, 20s or 2m, at most " + most.toSeconds() + "s")
        .flatMap(Section::duration);
  }

  private static Optional<Duration> duration(String text) {
    Matcher m = DURATION.matcher(text);
    if (!m.matches()) {
      return Optional.empty();
    }
    long n = Long.parseLong(m.group(1));
    return Optional.of(
        switch (m.group(2)) {
          case "ms" -> Duration.ofMillis(n);
          case "s" -> Duration.ofSeconds(n);
          default -> Duration.ofMinutes(n);
        });
  }

  Optional<List<String>> texts(String key, Predicate<String> fits, String form) {
    return node(key).map(n -> texts(key, items(key), fits, form));
  }

  /** A list, or the only value of one. */
  Optional<List<String>> oneOrMore(String key, Predicate<String> fits, String form) {
    return node(key)
        .map(n -> texts(key, n instanceof ScalarNode ? List.of(n) : items(key), fits, form));
  }

  private List<String> texts(String key, List<Node> items, Predicate<String> fits, String form) {
    List<String> texts = new ArrayList<>();
    for (Node item : items) {
      String text = item instanceof ScalarNode s ? s.getValue().strip() : "";
      if (!fits.test(text)) {
        throw origin.bad(
            item.getStartMark(), full(key), "\"" + shown(text) + "\" is not " + form + ".");
      }
      texts.add(text);
    }
    return texts;
  }

  List<Node> items(String key) {
    Optional<Node> node = node(key);
    if (node.isEmpty()) {
      return List.of();
    }
    if (node.get() instanceof SequenceNode sequence) {
      return sequence.getValue();
    }
    throw bad(key, "should be a list.");
  }

  Section section(String key, List<String> keys) {
    return node(key)
        .map(n -> of(origin, full(key), n, keys))
        .orElseGet(() -> new Section(origin, full(key), start));
  }

  BadConfig bad(String key, String problem) {
    Mark mark = node(key).map(Node::getStartMark).orElse(start);
    return origin.bad(mark, full(key), problem);
  }

  BadConfig bad(String problem) {
    return origin.bad(start, path, problem);
  }

  private String full(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  private static String shown(String value) {
    String masked = LogRedaction.mask(value.replaceAll("[\\p{Cntrl}\\p{Cf}]", " "));
    return masked.length() > LONGEST_SHOWN ? masked.substring(0, LONGEST_SHOWN) + "..." : masked;
  }
}
