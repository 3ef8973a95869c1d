package dev.upstream.bundle;

import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes a file of Kubernetes objects apart: YAML documents, JSON values, and the items of Lists,
 * each on its own, so that a bad one costs no other.
 */
final class Documents {
  private static final Pattern HEAD =
      Pattern.compile("(?m)^(apiVersion|kind):[ \\t]*[\"']?([A-Za-z0-9./-]{1,100})");
  private static final Pattern NAMESPACE =
      Pattern.compile(
          "(?m)^metadata:[ \\t]*\\r"
              + "?\\n"
              + "(?: .*\\n"
              + ")*?  namespace:[ \\t]*[\"']?([A-Za-z0-9.-]{1,100})");

  /** Takes what was found. */
  interface Sink {
    void object(Spot spot, Map<String, Object> tree);

    /**
     * @param head what could be read of apiVersion, kind and namespace
     */
    void broken(Spot spot, Map<String, String> head, String why);

    /** What was read well and is no object, such as a list of patches. */
    void other(Spot spot, Object value);
  }

  private final Limits limits;
  private final Sink sink;

  Documents(Limits limits, Sink sink) {
    this.limits = limits;
    this.sink = sink;
  }

  void read(String file, InputStream in) throws IOException {
    if (file.endsWith(".json")) {
      json(file, in);
    } else {
      byte[] bytes = in.readNBytes(limits.document() + 1);
      if (bytes.length > limits.document()) {
        sink.broken(
            new Spot(file, 1, 0),
            Map.of(),
            "It is larger than "
                + Budget.bytes(limits.document())
                + "; save it as JSON or in parts");
        return;
      }
      yaml(file, TextBytes.decoded(bytes));
    }
  }

  private void yaml(String file, String text) {
    int number = 0;
    for (String document : split(text)) {
      if (saysNothing(document)) {
        continue;
      }
      Spot spot = new Spot(file, ++number, 0);
      try {
        Optional<Object> value = YamlTree.parse(document, limits);
        if (value.isPresent()) {
          emit(spot, value.get());
        }
      } catch (Malformed e) {
        sink.broken(spot, head(document), e.why());
      }
    }
  }

  /** Only comments, directives and marks. */
  private static boolean saysNothing(String document) {
    return document
        .lines()
        .map(String::strip)
        .allMatch(l -> l.isEmpty() || l.startsWith("#") || l.startsWith("%") || l.equals("---"));
  }

  /** At lines that begin with three dashes: inside a document none can. */
  static List<String> split(String text) {
    List<String> documents = new ArrayList<>();
    int from = 0;
    int at = from;
    while (at < text.length()) {
      int end = text.indexOf('\n', at);
      int next = end < 0 ? text.length() : end + 1;
      boolean mark =
          text.startsWith("---", at)
              && (at + 3 >= text.length() || Character.isWhitespace(text.charAt(at + 3)));
      if (mark && at > from) {
        documents.add(text.substring(from, at));
        from = at;
      }
      at = next;
    }
    documents.add(text.substring(from));
    return documents;
  }

  private static Map<String, String> head(String document) {
    Map<String, String> head = new HashMap<>();
    Matcher m = HEAD.matcher(document);
    while (m.find()) {
      head.putIfAbsent(m.group(1), m.group(2));
    }
    Matcher namespace = NAMESPACE.matcher(document);
    if (namespace.find()) {
      head.put("namespace", namespace.group(1));
    }
    return head;
  }

  private static Map<String, String> head(Map<?, ?> tree) {
    Map<String, String> head = new HashMap<>();
    for (String key : List.of("apiVersion", "kind")) {
      if (tree.get(key) instanceof String text) {
        head.put(key, text);
      }
    }
    if (tree.get("metadata") instanceof Map<?, ?> m && m.get("namespace") instanceof String n) {
      head.put("namespace", n);
    }
    return head;
  }

  private void emit(Spot spot, Object value) {
    if (!(value instanceof Map<?, ?> map)) {
      sink.other(spot, value);
      return;
    }
    Map<String, Object> tree = new LinkedHashMap<>();
    map.forEach((k, v) -> tree.put(String.valueOf(k), v));
    if (isList(tree) && tree.get("items") instanceof List<?> items) {
      int number = 0;
      for (Object item : items) {
        emit(spot.item(++number), withHead(item, tree));
      }
    } else {
      sink.object(spot, tree);
    }
  }

  private static boolean isList(Map<String, Object> tree) {
    return tree.get("kind") instanceof String kind && kind.endsWith("List");
  }

  /** The items of a typed list come without apiVersion and kind when they were read raw. */
  private static Object withHead(Object item, Map<String, Object> list) {
    boolean typed = list.get("kind") instanceof String kind && kind.length() > 4;
    if (!(item instanceof Map<?, ?> map) || map.containsKey("kind") || !typed) {
      return item;
    }
    Map<String, Object> out = new LinkedHashMap<>();
    Optional.ofNullable(list.get("apiVersion")).ifPresent(v -> out.put("apiVersion", v));
    out.put("kind", String.valueOf(list.get("kind")).replaceFirst("List$", ""));
    map.forEach((k, v) -> out.put(String.valueOf(k), v));
    return out;
  }

  private void json(String file, InputStream in) throws IOException {
    int number = 1;
    Map<String, String> seen = new HashMap<>();
    try {
      JsonTree tree = new JsonTree(in, limits);
      for (JsonToken t = tree.next(); t != JsonToken.NOT_AVAILABLE; t = tree.next()) {
        tree.fresh();
        seen.clear();
        Spot spot = new Spot(file, number, 0);
        if (t == JsonToken.START_OBJECT) {
          object(tree, spot, seen);
        } else {
          sink.other(spot, tree.value(0).orElse(Map.of()));
        }
        number++;
      }
    } catch (BadBundle refused) {
      throw refused;
    } catch (Malformed e) {
      sink.broken(new Spot(file, number, 0), seen, e.why());
    } catch (IOException e) {
      sink.broken(new Spot(file, number, 0), seen, "It is no valid JSON");
    }
  }

  /** A List's items are handed on one by one: a capture of a whole cluster is never held. */
  private void object(JsonTree tree, Spot spot, Map<String, String> seen)
      throws IOException, Malformed {
    Map<String, Object> fields = new LinkedHashMap<>();
    boolean list = false;
    while (tree.next() == JsonToken.FIELD_NAME) {
      String key = tree.fieldName();
      if (tree.next() == JsonToken.START_ARRAY && key.equals("items")) {
        list = true;
        items(tree, spot, fields);
      } else {
        Optional<Object> value = tree.value(1);
        if (value.isPresent()) {
          NodeCount.putOnce(fields, key, value.get());
        }
        if (!list) {
          seen.putAll(head(fields));
        }
      }
    }
    if (!list) {
      emit(spot, fields);
    }
  }

  private void items(JsonTree tree, Spot spot, Map<String, Object> list)
      throws IOException, Malformed {
    int number = 0;
    while (tree.next() != JsonToken.END_ARRAY) {
      tree.fresh();
      Object item = withHead(tree.value(2).orElse(Map.of()), list);
      emit(spot.item(++number), item);
    }
  }
}
