package dev.upstream.bundle;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** JSON as plain maps, lists and values, every value counted before it exists. */
final class JsonTree {
  private final JsonParser parser;
  private final Limits limits;
  private final Set<String> unread;
  private NodeCount count;

  JsonTree(InputStream in, Limits limits) throws IOException {
    this(in, limits, Set.of());
  }

  /**
   * @param unread keys whose values nobody asks for, at any depth
   */
  private JsonTree(InputStream in, Limits limits, Set<String> unread) throws IOException {
    JsonFactory factory =
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(limits.nesting() + 10)
                    .maxStringLength(limits.document())
                    .maxNumberLength(100)
                    .build())
            .build();
    this.parser = factory.createParser(in);
    this.limits = limits;
    this.unread = unread;
    this.count = new NodeCount(limits);
  }

  /** The whole of a file that holds one value. */
  static Object parse(InputStream in, Limits limits, Set<String> unread)
      throws BadBundle, Malformed {
    try {
      JsonTree tree = new JsonTree(in, limits, unread);
      if (tree.next() == JsonToken.NOT_AVAILABLE) {
        throw new Malformed("It is empty");
      }
      Object value = tree.value(0).orElse(Map.of());
      if (tree.next() != JsonToken.NOT_AVAILABLE) {
        throw new Malformed("Something stands behind its end");
      }
      return value;
    } catch (BadBundle refused) {
      throw refused;
    } catch (IOException e) {
      throw new Malformed("It is no valid JSON");
    }
  }

  /** Moves on; NOT_AVAILABLE at the end. */
  JsonToken next() throws IOException {
    JsonToken token = parser.nextToken();
    return token == null ? JsonToken.NOT_AVAILABLE : token;
  }

  String fieldName() throws IOException {
    return parser.currentName();
  }

  /** What is read from here on is a document of its own, with a count of its own. */
  void fresh() {
    count = new NodeCount(limits);
  }

  /** The value at the current token; empty for null. */
  Optional<Object> value(int depth) throws IOException, Malformed {
    count.take(1, depth);
    return switch (parser.currentToken()) {
      case VALUE_NULL -> Optional.empty();
      case VALUE_TRUE -> Optional.of(true);
      case VALUE_FALSE -> Optional.of(false);
      case VALUE_STRING -> Optional.of(parser.getText());
      case VALUE_NUMBER_FLOAT -> Optional.of(finite(parser.getDoubleValue()));
      case VALUE_NUMBER_INT -> Optional.of(whole(parser.getBigIntegerValue()));
      case START_ARRAY -> Optional.of(list(depth));
      case START_OBJECT -> Optional.of(map(depth));
      default -> throw new Malformed("It is no valid JSON");
    };
  }

  private static Object finite(double number) throws Malformed {
    if (!Double.isFinite(number)) {
      throw new Malformed("A number is not finite");
    }
    return number;
  }

  private static Object whole(BigInteger value) {
    return value.bitLength() < 32
        ? (Object) value.intValue()
        : value.bitLength() < 64 ? (Object) value.longValue() : value;
  }

  private List<Object> list(int depth) throws IOException, Malformed {
    List<Object> list = new ArrayList<>();
    while (next() != JsonToken.END_ARRAY) {
      value(depth + 1).ifPresent(list::add);
    }
    return list;
  }

  private Map<String, Object> map(int depth) throws IOException, Malformed {
    Map<String, Object> map = new LinkedHashMap<>();
    while (next() == JsonToken.FIELD_NAME) {
      String key = fieldName();
      next();
      if (unread.contains(key)) {
        parser.skipChildren();
        continue;
      }
      Optional<Object> value = value(depth + 1);
      if (value.isPresent()) {
        NodeCount.putOnce(map, key, value.get());
      }
    }
    return map;
  }
}
