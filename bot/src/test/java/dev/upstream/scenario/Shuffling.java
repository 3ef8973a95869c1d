package dev.upstream.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Puts documents into other files and another order, and mixes lists whose order says nothing. */
final class Shuffling {
  private static final Set<String> FREE =
      Set.of(
          "conditions",
          "containerStatuses",
          "initContainerStatuses",
          "managedFields",
          "ownerReferences",
          "cluster_statuses",
          "host_statuses");

  private final Random random;

  private Shuffling(long seed) {
    this.random = new Random(seed);
  }

  static Recording of(Recording recording, long seed) {
    return new Shuffling(seed).shuffle(recording);
  }

  private Recording shuffle(Recording recording) {
    SortedMap<String, String> files = new TreeMap<>();
    Map<String, List<JsonNode>> objects = new TreeMap<>();
    recording
        .files()
        .forEach(
            (path, text) -> {
              if (Recording.holdsObjects(path)) {
                String cluster = path.split("/", -1)[1];
                Recording.tree(text)
                    .path("items")
                    .forEach(i -> objects.computeIfAbsent(cluster, c -> new ArrayList<>()).add(i));
              } else if (path.endsWith(".json")) {
                JsonNode tree = Recording.tree(text);
                mix(tree, path.endsWith("syncz.json") ? "conditions" : "");
                files.put(path, Recording.text(tree));
              } else {
                files.put(path, text);
              }
            });
    objects.forEach((cluster, all) -> deal("clusters/" + cluster + "/resources/", all, files));
    return new Recording(files);
  }

  private void mix(JsonNode node, String field) {
    if (node instanceof ArrayNode list) {
      boolean slice = field.equals("endpoints") && list.path(0).has("addresses");
      if (FREE.contains(field) || slice) {
        List<JsonNode> items = new ArrayList<>();
        list.forEach(items::add);
        Collections.shuffle(items, random);
        list.removeAll();
        list.addAll(items);
      }
      list.forEach(n -> mix(n, ""));
    } else {
      node.properties().forEach(e -> mix(e.getValue(), e.getKey()));
    }
  }

  private void deal(String folder, List<JsonNode> objects, Map<String, String> files) {
    Collections.shuffle(objects, random);
    objects.forEach(o -> mix(o, ""));
    YAMLMapper yaml = new YAMLMapper();
    for (int from = 0; from < objects.size(); ) {
      int to = Math.min(objects.size(), from + 1 + random.nextInt(5));
      String name = folder + Integer.toHexString(random.nextInt()) + "/" + from;
      try {
        if (random.nextBoolean()) {
          StringBuilder text = new StringBuilder();
          for (JsonNode object : objects.subList(from, to)) {
            text.append(yaml.writeValueAsString(object));
          }
          files.put(name + ".yml", text.toString());
        } else {
          Map<String, Object> list =
              Map.of("apiVersion", "v1", "kind", "List", "items", objects.subList(from, to));
          files.put(name + ".json", Recording.JSON.writeValueAsString(list));
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      from = to;
    }
  }
}
