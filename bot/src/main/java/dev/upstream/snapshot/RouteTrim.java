package dev.upstream.snapshot;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Routes without the values that people put into headers, parameters, bodies and keys. */
final class RouteTrim {
  private static final Pattern TOKEN_HEADER =
      Pattern.compile("(?i).*(authorization|cookie|token|secret|api-?key|password|credential).*");
  private static final Set<String> PATHS = Set.of("uri", "path", "uriRegexRewrite");

  /** Where set and add change headers: those of VirtualServices, and of HTTPRoutes. */
  private static final Set<String> HEADERS =
      Set.of("headers", "requestHeaderModifier", "responseHeaderModifier");

  private RouteTrim() {}

  /** The spec of a VirtualService or HTTPRoute. */
  static Map<String, Object> routes(Map<String, Object> spec) {
    return route(spec, false);
  }

  /** Key and certificates of a Route stand in the object itself. */
  static Map<String, Object> openShift(Map<String, Object> spec) {
    Map<String, Object> out = new LinkedHashMap<>(spec);
    if (out.containsKey("tls")) {
      out.put(
          "tls",
          Trim.only(
              Trim.map(out.get("tls")), Set.of("termination", "insecureEdgeTerminationPolicy")));
    }
    out.remove("httpHeaders");
    return out;
  }

  private static Map<String, Object> route(Map<String, Object> node, boolean insideHeaders) {
    Map<String, Object> out = new LinkedHashMap<>();
    boolean token = node.get("name") instanceof String name && TOKEN_HEADER.matcher(name).matches();
    node.forEach(
        (key, value) -> {
          boolean operation =
              insideHeaders && Set.of("set", "add").contains(key.toLowerCase(Locale.ROOT));
          boolean secret =
              TOKEN_HEADER.matcher(key).matches()
                  || operation
                  || key.equals("body")
                  || (key.equals("value") && token);
          if (secret) {
            out.put(key, hidden(value));
          } else if (key.equals("queryParams")) {
            out.put(key, hiddenValues(value));
          } else if (value instanceof String s && PATHS.contains(key)) {
            out.put(key, LogRedaction.credentials(s).equals(s) ? s : "(redacted)");
          } else if (PATHS.contains(key) && value instanceof Map<?, ?> m) {
            out.put(key, pathMatch(Trim.map(m)));
          } else {
            out.put(key, routeValue(value, insideHeaders || HEADERS.contains(key)));
          }
        });
    return out;
  }

  /** Here a question mark is part of an expression, not the beginning of a query. */
  private static Map<String, Object> pathMatch(Map<String, Object> match) {
    Map<String, Object> out = new LinkedHashMap<>();
    match.forEach(
        (k, v) ->
            out.put(
                k,
                v instanceof String s && !LogRedaction.credentials(s).equals(s)
                    ? "(redacted)"
                    : v instanceof String ? v : routeValue(v, false)));
    return out;
  }

  /** Which parameters a route looks at may be seen, their values not. */
  private static Object hiddenValues(Object value) {
    return switch (value) {
      case Map<?, ?> m -> hidden(m);
      case List<?> l -> {
        List<Object> out = new ArrayList<>();
        for (Object item : l) {
          Map<String, Object> parameter = Trim.map(item);
          parameter.computeIfPresent("value", (k, v) -> "(redacted)");
          out.add(parameter);
        }
        yield out;
      }
      default -> "(redacted)";
    };
  }

  private static Object routeValue(Object value, boolean insideHeaders) {
    return switch (value) {
      case Map<?, ?> m -> route(Trim.map(m), insideHeaders);
      case List<?> l ->
          l.stream()
              .filter(java.util.Objects::nonNull)
              .map(v -> routeValue(v, insideHeaders))
              .toList();
      case String s -> LogRedaction.mask(s).equals(s) ? s : "(redacted)";
      default -> value;
    };
  }

  private static Object hidden(Object value) {
    if (value instanceof Map<?, ?> m) {
      Map<String, Object> out = new LinkedHashMap<>();
      m.forEach((k, v) -> out.put(String.valueOf(k), hidden(v)));
      return out;
    }
    return "(redacted)";
  }
}
