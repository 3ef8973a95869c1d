package dev.upstream.workspace;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A call's arguments, from a form or from JSON. */
final class Arguments {
  static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, String> values;

  private Arguments(Map<String, String> values) {
    this.values = values;
  }

  /** Empty when the body is of another type, or broken. */
  static Optional<Arguments> of(String contentType, byte[] body) {
    String text = new String(body, StandardCharsets.UTF_8);
    try {
      if (contentType.startsWith("application/x-www-form-urlencoded")) {
        return Optional.of(new Arguments(form(text)));
      }
      if (contentType.startsWith("application/json")) {
        return Optional.of(new Arguments(object(text)));
      }
      return Optional.empty();
    } catch (JsonProcessingException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Map<String, String> form(String text) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String pair : text.split("&")) {
      if (!pair.isEmpty()) {
        int equals = pair.indexOf('=');
        String key = equals < 0 ? pair : pair.substring(0, equals);
        String value = equals < 0 ? "" : pair.substring(equals + 1);
        values.put(
            URLDecoder.decode(key, StandardCharsets.UTF_8),
            URLDecoder.decode(value, StandardCharsets.UTF_8));
      }
    }
    return values;
  }

  private static Map<String, String> object(String text) throws JsonProcessingException {
    JsonNode node = JSON.readTree(text);
    if (!node.isObject()) {
      throw new IllegalArgumentException("no object");
    }
    Map<String, String> values = new LinkedHashMap<>();
    node.properties()
        .forEach(
            e ->
                values.put(
                    e.getKey(),
                    e.getValue().isTextual() ? e.getValue().asText() : e.getValue().toString()));
    return values;
  }

  Map<String, String> all() {
    return values;
  }

  Optional<String> find(String key) {
    return Optional.ofNullable(values.get(key)).filter(v -> !v.isEmpty());
  }

  /** Whether it was given, be it empty. */
  boolean has(String key) {
    return values.containsKey(key);
  }

  String get(String key) {
    return values.getOrDefault(key, "");
  }

  boolean flag(String key) {
    return get(key).matches("1|true");
  }

  /** The JSON of an argument; missing when there is none, or it is broken. */
  JsonNode json(String key) {
    try {
      return find(key).isPresent() ? JSON.readTree(get(key)) : JSON.missingNode();
    } catch (JsonProcessingException e) {
      return JSON.missingNode();
    }
  }

  /** The blocks; no array when they are no JSON. */
  JsonNode blocks() {
    try {
      return find("blocks").isPresent() ? JSON.readTree(get("blocks")) : JSON.createArrayNode();
    } catch (JsonProcessingException e) {
      return JSON.createObjectNode();
    }
  }
}
