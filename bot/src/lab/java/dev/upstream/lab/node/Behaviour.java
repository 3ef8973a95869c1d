package dev.upstream.lab.node;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How the backend of a pod answers, read from the pod's annotations. */
public record Behaviour(
    Optional<List<Integer>> listen,
    Map<String, Integer> paths,
    Optional<Integer> status,
    Duration delay,
    boolean reset,
    Duration acceptAfter,
    boolean blackhole) {
  static final String PREFIX = "lab.upstream.dev/";
  private static final ObjectMapper JSON = new ObjectMapper();

  static Behaviour of(Map<String, String> annotations) {
    return new Behaviour(
        get(annotations, "listen").map(Behaviour::ports),
        get(annotations, "paths").map(Behaviour::paths).orElse(Map.of()),
        get(annotations, "status").map(Integer::valueOf),
        get(annotations, "delay").map(Behaviour::duration).orElse(Duration.ZERO),
        get(annotations, "reset").map(Boolean::valueOf).orElse(false),
        get(annotations, "accept-after").map(Behaviour::duration).orElse(Duration.ZERO),
        get(annotations, "blackhole").map(Boolean::valueOf).orElse(false));
  }

  /**
   * The status for a path: as listed, else the given status, else 404 where paths are listed and
   * 200 where none are.
   */
  int answer(String path) {
    Integer listed = paths.get(path);
    return listed != null ? listed : status.orElse(paths.isEmpty() ? 200 : 404);
  }

  boolean sameListeners(Behaviour other) {
    return listen.equals(other.listen)
        && acceptAfter.equals(other.acceptAfter)
        && blackhole == other.blackhole;
  }

  static Optional<String> get(Map<String, String> annotations, String name) {
    return Optional.ofNullable(annotations.get(PREFIX + name));
  }

  /** "5s", "200ms" or "2m". */
  static Duration duration(String text) {
    return Duration.parse(
        text.endsWith("ms")
            ? "PT" + Long.parseLong(text.replace("ms", "")) / 1000.0 + "S"
            : "PT" + text);
  }

  private static List<Integer> ports(String text) {
    return text.equals("none")
        ? List.of()
        : Arrays.stream(text.split(",")).map(String::strip).map(Integer::valueOf).toList();
  }

  private static Map<String, Integer> paths(String text) {
    try {
      return JSON.readValue(text, new TypeReference<>() {});
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          PREFIX + "paths is no JSON object of path to status: " + text, e);
    }
  }
}
