package dev.upstream.bundle;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * One YAML document as plain maps, lists and values, the way Kubernetes reads it (sigs.k8s.io/yaml:
 * no timestamps, string keys, merge keys): built from the parser's events so that every value is
 * counted before it exists.
 */
final class YamlTree {
  private static final Pattern BOOLEAN =
      Pattern.compile("true|True|TRUE|false|False|FALSE|yes|Yes|YES|no|No|NO|on|On|ON|off|Off|OFF");
  private static final Pattern NULL = Pattern.compile("~|null|Null|NULL|");
  private static final Pattern WHOLE =
      Pattern.compile("[-+]?(?:0b[01_]+|0x[0-9a-fA-F_]+|0o?[0-7_]+|0|[1-9][0-9_]*)");
  private static final Pattern FRACTION =
      Pattern.compile("[-+]?(?:[0-9][0-9_]*\\.?[0-9_]*|\\.[0-9][0-9_]*)(?:[eE][-+]?[0-9]+)?");
  private static final Pattern NOT_FINITE =
      Pattern.compile("[-+]?\\.(?:inf|Inf|INF)|\\.(?:nan|NaN|NAN)");
  private static final String TAGS = "tag:yaml.org,2002:";

  private record Anchored(Optional<Object> value, int nodes) {}

  private final ParserImpl events;
  private final Limits limits;
  private final NodeCount count;
  private final Map<String, Anchored> anchors = new HashMap<>();
  private int aliases;

  private YamlTree(String text, Limits limits) {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(Integer.MAX_VALUE);
    this.events = new ParserImpl(new StreamReader(text), options);
    this.limits = limits;
    this.count = new NodeCount(limits);
  }

  /** The document's value; empty when it holds nothing or null. */
  static Optional<Object> parse(String text, Limits limits) throws Malformed {
    try {
      return new YamlTree(text, limits).document();
    } catch (MarkedYAMLException e) {
      int line = Optional.ofNullable(e.getProblemMark()).map(m -> m.getLine() + 1).orElse(0);
      throw new Malformed("It is no valid YAML (line " + line + " of the document)");
    } catch (YAMLException e) {
      throw new Malformed("It is no valid YAML text");
    }
  }

  private Optional<Object> document() throws Malformed {
    events.getEvent();
    if (events.checkEvent(Event.ID.StreamEnd)) {
      return Optional.empty();
    }
    events.getEvent();
    Optional<Object> value = value(0);
    if (!events.checkEvent(Event.ID.DocumentEnd)) {
      throw new Malformed("It is no valid YAML document");
    }
    events.getEvent();
    if (!events.checkEvent(Event.ID.StreamEnd)) {
      throw new Malformed("Something stands behind its end");
    }
    return value;
  }

  private Optional<Object> value(int depth) throws Malformed {
    count.take(1, depth);
    int before = count.left();
    return switch (events.getEvent()) {
      case AliasEvent alias -> repeated(alias.getAnchor(), depth);
      case ScalarEvent scalar -> anchored(scalar, before, scalar(scalar));
      case SequenceStartEvent list -> {
        known(list.getTag(), "seq");
        yield anchored(list, before, Optional.of(list(depth)));
      }
      case MappingStartEvent map -> {
        known(map.getTag(), "map");
        yield anchored(map, before, Optional.of(map(depth)));
      }
      default -> throw new Malformed("It is no valid YAML document");
    };
  }

  private static void known(@Nullable String tag, String type) throws Malformed {
    if (tag != null && !tag.equals(TAGS + type)) {
      throw new Malformed("It has a tag that Kubernetes does not know");
    }
  }

  private Optional<Object> repeated(String anchor, int depth) throws Malformed {
    Anchored known = anchors.get(anchor);
    if (known == null) {
      throw new Malformed("An alias stands before what it names, or inside it");
    }
    if (++aliases > limits.aliases()) {
      throw new Malformed("It has more than " + limits.aliases() + " aliases");
    }
    count.take(known.nodes(), depth);
    return known.value();
  }

  private Optional<Object> anchored(NodeEvent event, int before, Optional<Object> value) {
    String anchor = event.getAnchor();
    if (anchor != null) {
      anchors.put(anchor, new Anchored(value, before - count.left()));
    }
    return value;
  }

  private List<Object> list(int depth) throws Malformed {
    List<Object> list = new ArrayList<>();
    while (!events.checkEvent(Event.ID.SequenceEnd)) {
      value(depth + 1).ifPresent(list::add);
    }
    events.getEvent();
    return list;
  }

  private Map<String, Object> map(int depth) throws Malformed {
    Map<String, Object> own = new LinkedHashMap<>();
    Map<String, Object> merged = new LinkedHashMap<>();
    Set<String> empty = new HashSet<>();
    while (!events.checkEvent(Event.ID.MappingEnd)) {
      count.take(1, depth);
      if (!(events.getEvent() instanceof ScalarEvent key)) {
        throw new Malformed("A key is no text");
      }
      Optional<Object> value = value(depth + 1);
      if (key.isPlain() && key.getValue().equals("<<")) {
        merge(merged, value);
      } else if (value.isPresent()) {
        NodeCount.putOnce(own, key.getValue(), value.get());
      } else if (!empty.add(key.getValue())) {
        throw new Malformed("A key stands twice in one map");
      }
      if (own.containsKey(key.getValue()) && empty.contains(key.getValue())) {
        throw new Malformed("A key stands twice in one map");
      }
    }
    events.getEvent();
    merged.forEach(own::putIfAbsent);
    return own;
  }

  private static void merge(Map<String, Object> into, Optional<Object> value) throws Malformed {
    List<?> maps =
        value.orElse("") instanceof List<?> several ? several : List.of(value.orElse(""));
    for (Object one : maps) {
      if (!(one instanceof Map<?, ?> map)) {
        throw new Malformed("A merge key names no map");
      }
      map.forEach((k, v) -> into.putIfAbsent(String.valueOf(k), v));
    }
  }

  private static Optional<Object> scalar(ScalarEvent event) throws Malformed {
    String text = event.getValue();
    @Nullable String tag = event.getTag();
    if (tag != null && !tag.startsWith(TAGS)) {
      throw new Malformed("It has a tag that Kubernetes does not know");
    }
    String type = tag == null ? "" : tag.substring(TAGS.length());
    return switch (type) {
      case "str" -> Optional.of(text);
      case "" -> event.isPlain() ? plain(text) : Optional.of(text);
      case "int", "float", "bool", "null" -> plain(text);
      default -> throw new Malformed("It has a tag that Kubernetes does not know");
    };
  }

  private static Optional<Object> plain(String text) throws Malformed {
    if (NULL.matcher(text).matches()) {
      return Optional.empty();
    }
    if (BOOLEAN.matcher(text).matches()) {
      char second = Character.toLowerCase(text.charAt(1));
      return Optional.of(second == 'r' || second == 'e' || second == 'n');
    }
    if (text.length() <= 40 && WHOLE.matcher(text).matches()) {
      return Optional.of(whole(text.replace("_", "")));
    }
    if (text.length() <= 40 && FRACTION.matcher(text).matches()) {
      double number = Double.parseDouble(text.replace("_", ""));
      if (Double.isFinite(number)) {
        return Optional.of(number);
      }
    }
    if (NOT_FINITE.matcher(text).matches()) {
      throw new Malformed("A number is not finite");
    }
    return Optional.of(text);
  }

  private static Object whole(String text) throws Malformed {
    boolean negative = text.startsWith("-");
    String digits = text.replaceFirst("^[-+]", "");
    int radix = 10;
    for (var prefix : Map.of("0b", 2, "0x", 16, "0o", 8).entrySet()) {
      if (digits.startsWith(prefix.getKey())) {
        radix = prefix.getValue();
        digits = digits.substring(2);
      }
    }
    if (radix == 10 && digits.length() > 1 && digits.startsWith("0")) {
      radix = 8;
    }
    try {
      BigInteger value = new BigInteger((negative ? "-" : "") + digits, radix);
      return value.bitLength() < 32
          ? (Object) value.intValue()
          : value.bitLength() < 64 ? (Object) value.longValue() : value;
    } catch (NumberFormatException e) {
      throw new Malformed("A number makes no sense");
    }
  }
}
