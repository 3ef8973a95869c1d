package dev.upstream.snapshot;

import java.util.List;
import java.util.Map;

/** Label selectors, with the semantics of k8s.io/apimachinery/pkg/labels. */
public final class Selectors {
  private Selectors() {}

  /** Whether labels hold every pair of the selector; an empty selector matches nothing here. */
  public static boolean matches(Map<String, String> selector, Map<String, String> labels) {
    return !selector.isEmpty() && holds(selector, labels);
  }

  /** Whether labels hold every pair; nothing asked for is always held. */
  public static boolean holds(Map<String, String> wanted, Map<String, String> labels) {
    return wanted.entrySet().stream().allMatch(e -> e.getValue().equals(labels.get(e.getKey())));
  }

  /** A LabelSelector with matchLabels and matchExpressions. */
  public static boolean matches(Fields selector, Map<String, String> labels) {
    if (!holds(selector.textMap("matchLabels"), labels)) {
      return false;
    }
    return selector.list("matchExpressions").stream().allMatch(e -> expression(e, labels));
  }

  private static boolean expression(Fields e, Map<String, String> labels) {
    String key = e.string("key");
    List<String> values = e.texts("values");
    return switch (e.string("operator")) {
      case "In" -> labels.containsKey(key) && values.contains(labels.get(key));
      case "NotIn" -> !labels.containsKey(key) || !values.contains(labels.get(key));
      case "Exists" -> labels.containsKey(key);
      case "DoesNotExist" -> !labels.containsKey(key);
      default -> false;
    };
  }
}
