package dev.upstream.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.SortedMap;
import java.util.TreeMap;

/** Puts a secret wherever clusters have them: none may come out, and no answer may change. */
final class Secrets {
  static final String SECRET = "hunter2SECRET";

  private Secrets() {}

  static Recording of(Recording recording) {
    SortedMap<String, String> files = new TreeMap<>();
    recording
        .files()
        .forEach(
            (path, text) -> {
              if (Recording.holdsObjects(path)) {
                JsonNode tree = Recording.tree(text);
                tree.path("items").forEach(Secrets::plant);
                files.put(path, Recording.text(tree));
              } else {
                files.put(path, text);
              }
            });
    return new Recording(files);
  }

  private static void plant(JsonNode object) {
    if (object.path("metadata") instanceof ObjectNode metadata) {
      metadata
          .withObject("/annotations")
          .put("kubectl.kubernetes.io/last-applied-configuration", "{\"x\": \"" + SECRET + "\"}");
    }
    containers(object);
    if (object instanceof ObjectNode event && object.path("kind").asText().equals("Event")) {
      event.put("message", object.path("message").asText() + " Bearer " + SECRET);
    }
  }

  private static void containers(JsonNode node) {
    for (JsonNode container : node.path("containers")) {
      if (container instanceof ObjectNode c) {
        c.withArray("env").addObject().put("name", "PASSWORD").put("value", SECRET);
        ArrayNode arguments = c.withArray("args");
        arguments.add("--token=" + SECRET).add(SECRET);
      }
    }
    node.forEach(Secrets::containers);
  }
}
