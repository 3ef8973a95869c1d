package dev.upstream.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.upstream.answer.Question;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Gives everything that people choose another name, the same everywhere: names, namespaces, hosts,
 * label values, subsets, clusters, inside logs and proxies too. A mark goes into each word behind
 * its first letter, which keeps the order of names and is taken out of an answer again by {@link
 * #undone}.
 */
final class Renaming {
  private static final String MARK = "qq";
  private static final Pattern WORD = Pattern.compile("[A-Za-z0-9]+");
  private static final Pattern CHOSEN = Pattern.compile("[a-z][a-z0-9]*[a-z0-9]");
  private static final Pattern SYSTEM =
      Pattern.compile("kube-.*|istio-system|ingress-nginx|default|openshift-.*");

  /** Words that Kubernetes, Istio, nginx and their logs give a meaning of their own. */
  private static final Set<String> KEPT =
      Set.of(
          ("istio istiod ingress ingressgateway egressgateway nginx kube system default proxy http"
               + " https http2 grpc grpcweb tcp udp tls mongo mysql redis mesh edge svc cluster"
               + " local com net org io invalid controller discovery kubernetes outbound inbound"
               + " prefix exact regex upstream client server host request connect while connecting"
               + " to from timed out reading header response closed no live via healthy stdout"
               + " stderr true false all error probe failed pod pods in of the and container ms")
              .split(" "));

  private static final Set<String> KEPT_FIELDS =
      Set.of("apiVersion", "kind", "image", "controller", "manager", "cause", "source", "reason");
  private static final Set<String> NAMING =
      Set.of("name", "namespace", "host", "hosts", "hostname", "hostnames", "subset", "address");

  private final Set<String> chosen = new HashSet<>();

  Renaming(Recording recording) {
    recording
        .files()
        .forEach(
            (path, text) -> {
              if (path.startsWith("clusters/")) {
                choose(path.split("/", -1)[1]);
              }
              if (Recording.holdsObjects(path)) {
                Recording.tree(text).path("items").forEach(this::collect);
              }
            });
  }

  Recording renamed(Recording recording) {
    SortedMap<String, String> files = new TreeMap<>();
    recording.files().forEach((path, text) -> files.put(path(path), file(path, text)));
    return new Recording(files);
  }

  Question renamed(Question question) {
    return new Question(
        words(question.target()),
        question.clusters().stream().map(this::words).toList(),
        question.client().map(this::words),
        question.namespace().map(this::words));
  }

  /** An answer in the old names. */
  static String undone(String answer) {
    return answer.replace(MARK, "");
  }

  private void choose(String name) {
    Arrays.stream(name.split("[^A-Za-z0-9]+", -1))
        .filter(w -> CHOSEN.matcher(w).matches() && !KEPT.contains(w))
        .forEach(chosen::add);
  }

  private void collect(JsonNode object) {
    JsonNode metadata = object.path("metadata");
    if (SYSTEM.matcher(metadata.path("namespace").asText()).matches()) {
      return;
    }
    choose(metadata.path("name").asText());
    choose(metadata.path("namespace").asText());
    collect(object.path("spec"), "");
    collect(metadata.path("labels"), "labels");
  }

  private void collect(JsonNode node, String field) {
    boolean labels = Set.of("labels", "matchLabels", "selector").contains(field);
    switch (node) {
      case ObjectNode map ->
          map.fields()
              .forEachRemaining(
                  e -> {
                    if (labels && e.getValue().isTextual()) {
                      choose(e.getValue().asText());
                    } else if (!field.equals("ports") && !field.equals("port")) {
                      collect(e.getValue(), e.getKey());
                    }
                  });
      case ArrayNode list -> list.forEach(n -> collect(n, field));
      default -> {
        if (NAMING.contains(field) && node.isTextual()) {
          choose(node.asText());
        }
      }
    }
  }

  String words(String text) {
    return WORD.matcher(text)
        .replaceAll(
            m ->
                chosen.contains(m.group())
                    ? m.group().charAt(0) + MARK + m.group().substring(1)
                    : m.group());
  }

  private String path(String path) {
    String[] steps = path.split("/", -1);
    for (int i = 0; i < steps.length; i++) {
      boolean fixed = i == 0 || i == 2 || steps[i].matches(".*\\.(?:json|txt|yaml)");
      steps[i] = fixed ? steps[i] : words(steps[i]);
    }
    return String.join("/", steps);
  }

  private String file(String path, String text) {
    if (path.endsWith(".json")) {
      return Recording.text(tree(Recording.tree(text), "", !Recording.holdsObjects(path)));
    }
    if (path.equals("bundle.yaml")) {
      try {
        YAMLMapper yaml = new YAMLMapper();
        return yaml.writeValueAsString(tree(yaml.readTree(text), "", true));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return words(text);
  }

  private JsonNode tree(JsonNode node, String field, boolean keys) {
    return switch (node) {
      case ObjectNode map -> {
        ObjectNode out = Recording.JSON.createObjectNode();
        for (Map.Entry<String, JsonNode> e : map.properties()) {
          out.set(keys ? words(e.getKey()) : e.getKey(), tree(e.getValue(), e.getKey(), keys));
        }
        yield out;
      }
      case ArrayNode list -> {
        ArrayNode out = Recording.JSON.createArrayNode();
        list.forEach(n -> out.add(tree(n, field, keys)));
        yield out;
      }
      case TextNode text when KEPT_FIELDS.contains(field) -> text;
      case TextNode text when keys && field.equals("kinds") -> text;
      case TextNode text when keys && field.equals("selector") ->
          new TextNode(
              String.join(
                  ",",
                  List.of(text.asText().split(",", -1)).stream()
                      .map(
                          p ->
                              p.substring(0, p.indexOf('=') + 1)
                                  + words(p.substring(p.indexOf('=') + 1)))
                      .toList()));
      case TextNode text -> new TextNode(words(text.asText()));
      default -> node;
    };
  }
}
