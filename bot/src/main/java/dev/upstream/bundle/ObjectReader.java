package dev.upstream.bundle;

import dev.upstream.snapshot.Fields;
import dev.upstream.snapshot.Gap;
import dev.upstream.snapshot.Kind;
import dev.upstream.snapshot.LogRedaction;
import dev.upstream.snapshot.Resource;
import dev.upstream.snapshot.Source;
import dev.upstream.snapshot.Trim;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Reads one cluster's objects: typed, trimmed, and what could not be read as gaps. */
final class ObjectReader {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9._:-]{0,252})");
  private static final String CORRECT = "Correct that document and check again.";

  private static final Set<String> HEAD = Set.of("apiVersion", "kind", "metadata");

  /** A form of objects of a kind whose types were found right. */
  private record Form(Kind kind, long shape) {}

  private final String cluster;
  private final boolean lint;
  private final Set<Form> sound = new HashSet<>();
  private final Documents documents;
  private final SortedMap<Spot, Resource> found = new TreeMap<>();
  private final List<Gap> gaps = new ArrayList<>();
  private final NewestTime newest;

  ObjectReader(String cluster, boolean lint, Limits limits, NewestTime newest) {
    this.cluster = cluster;
    this.lint = lint;
    this.newest = newest;
    this.documents =
        new Documents(
            limits,
            new Documents.Sink() {
              @Override
              public void object(Spot spot, Map<String, Object> tree) {
                take(spot, tree);
              }

              @Override
              public void broken(Spot spot, Map<String, String> head, String why) {
                refuse(spot, head, why);
              }

              @Override
              public void other(Spot spot, Object value) {
                if (!lint || holdsObject(value)) {
                  refuse(spot, Map.of(), "It is no Kubernetes object");
                }
              }
            });
  }

  void read(String file, InputStream in) throws IOException {
    documents.read(file, in);
  }

  private void take(Spot spot, Map<String, Object> tree) {
    Fields fields = Fields.of(tree);
    String apiVersion = fields.string("apiVersion");
    String kindName = fields.string("kind");
    if (apiVersion.isEmpty() || kindName.isEmpty()) {
      if (!lint || holdsObject(tree)) {
        refuse(spot, Map.of(), "It names no apiVersion and kind");
      }
      return;
    }
    newest.lease(kindName, fields);
    Optional<Kind> known =
        Kind.of(apiVersion.replaceFirst("^extensions/", "networking.k8s.io/"), kindName)
            .or(() -> Kind.of(apiVersion, kindName));
    if (known.isEmpty()) {
      return;
    }
    Kind kind = known.get();
    String namespace =
        kind.namespaced() ? fields.text("metadata", "namespace").orElse("default") : "";
    if (!knowsWhere(fields)) {
      gaps.add(gap(kind, "", spot, "Its metadata is of a wrong type."));
      return;
    }
    Optional<String> wrong = wrong(kind, fields, namespace, tree);
    if (wrong.isPresent()) {
      gaps.add(gap(kind, safe(namespace), spot, wrong.get()));
      return;
    }
    Resource resource = Trim.trim(kind, placed(kind, namespace, tree));
    newest.object(resource);
    found.put(spot, resource);
  }

  /** A namespace that cannot be read may be any. */
  private static boolean knowsWhere(Fields fields) {
    boolean map = fields.tree().get("metadata") instanceof Map<?, ?>;
    Fields namespace = fields.at("metadata", "namespace");
    return map && namespace.present() == namespace.text().isPresent();
  }

  private Optional<String> wrong(
      Kind kind, Fields fields, String namespace, Map<String, Object> tree) {
    String apiVersion = fields.string("apiVersion");
    if (!served(kind, apiVersion)) {
      return Optional.of(BadBundle.shown(apiVersion) + " is a version that is read here no more.");
    }
    boolean named =
        NAME.matcher(fields.string("metadata", "name")).matches()
            && (namespace.isEmpty() || NAME.matcher(namespace).matches());
    if (!named) {
      return Optional.of("Its metadata has no name that Kubernetes would take.");
    }
    if (sound.contains(new Form(kind, Shape.of(tree)))) {
      return Optional.empty();
    }
    Optional<String> wrong = ObjectTypes.wrongField(kind, tree);
    if (wrong.isEmpty()) {
      sound.add(new Form(kind, Shape.of(tree)));
    }
    return wrong.map(f -> "The type of " + LogRedaction.mask(f) + " is wrong.");
  }

  /** Of the mesh and of Gateway API every version says the same; elsewhere fields were renamed. */
  private static boolean served(Kind kind, String apiVersion) {
    return kind.apiVersion().equals(apiVersion)
        || kind.group().endsWith(".istio.io")
        || kind.group().equals("gateway.networking.k8s.io")
        || kind.group().equals("argoproj.io");
  }

  private static Map<String, Object> placed(Kind kind, String namespace, Map<String, Object> tree) {
    Map<String, Object> metadata = new LinkedHashMap<>();
    if (tree.get("metadata") instanceof Map<?, ?> m) {
      m.forEach((k, v) -> metadata.put(String.valueOf(k), v));
    }
    if (kind.namespaced()) {
      metadata.put("namespace", namespace);
    } else {
      metadata.remove("namespace");
    }
    Map<String, Object> out = new LinkedHashMap<>(tree);
    out.put("metadata", metadata);
    return out;
  }

  /** Among manifests stand files of other programs, such as values of a chart. */
  private static boolean holdsObject(Object value) {
    return switch (value) {
      case Map<?, ?> m -> HEAD.stream().filter(m::containsKey).count() > 1;
      case List<?> l ->
          l.stream().filter(java.util.Objects::nonNull).anyMatch(ObjectReader::holdsObject);
      default -> false;
    };
  }

  /** What a document held that names no kind is not known: it may have been any object. */
  private void refuse(Spot spot, Map<String, String> head, String why) {
    String kindName = head.getOrDefault("kind", "").replaceFirst("List$", "");
    String apiVersion = head.getOrDefault("apiVersion", "");
    Optional<Kind> kind = Kind.of(apiVersion, kindName);
    if (kind.isPresent()) {
      gaps.add(gap(kind.get(), safe(head.getOrDefault("namespace", "")), spot, why + "."));
    } else if (kindName.isEmpty() || apiVersion.isEmpty()) {
      gaps.add(
          new Gap(
              cluster,
              Source.OBJECTS,
              "* (" + spot.words() + ")",
              Gap.Cause.UNPARSED,
              why + ".",
              CORRECT));
    }
  }

  private static String safe(String namespace) {
    return NAME.matcher(namespace).matches() ? namespace : "";
  }

  private Gap gap(Kind kind, String namespace, Spot spot, String why) {
    return new Gap(
        cluster,
        kind == Kind.EVENT ? Source.EVENTS : Source.OBJECTS,
        kind.plural() + (namespace.isEmpty() ? "" : " in " + namespace) + " (" + spot.words() + ")",
        Gap.Cause.UNPARSED,
        why,
        CORRECT);
  }

  /** The objects in the order of where they stand; of two that differ, a gap names the second. */
  List<Resource> objects() {
    Map<dev.upstream.snapshot.ObjectRef, Spot> first = new LinkedHashMap<>();
    List<Resource> objects = new ArrayList<>();
    found.forEach(
        (spot, resource) -> {
          Spot before = first.putIfAbsent(resource.ref(), spot);
          if (before == null) {
            objects.add(resource);
          } else if (!resource.equals(found.get(before))) {
            gaps.add(
                gap(
                    resource.kind(),
                    resource.namespace(),
                    spot,
                    resource.ref().words()
                        + " also stands, differently, in "
                        + before.words()
                        + "."));
          }
        });
    return objects;
  }

  List<Gap> gaps() {
    return gaps;
  }
}
