package dev.upstream.bundle;

import dev.upstream.snapshot.Coverage;
import dev.upstream.snapshot.Fields;
import dev.upstream.snapshot.Gap;
import dev.upstream.snapshot.Kind;
import dev.upstream.snapshot.LogRedaction;
import dev.upstream.snapshot.Source;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What {@code bundle.yaml} says of a bundle as a whole.
 *
 * @param reachedBy by cluster: hosts and CIDRs that lead to its edge
 * @param collected by cluster: what was listed to its end; empty when the file does not say
 * @param cut logs of which older lines were left out, as {@code cluster/namespace/pod/container}
 * @param controlPlanes namespaces of istiods by {@code cluster/pod} where it is not istio-system
 */
record BundleNotes(
    Optional<Instant> capturedAt,
    Optional<String> target,
    Optional<String> notes,
    SortedMap<String, List<String>> reachedBy,
    Optional<SortedMap<String, List<Coverage.Entry>>> collected,
    List<Gap> gaps,
    Set<String> cut,
    Map<String, String> controlPlanes) {
  static final BundleNotes NONE =
      new BundleNotes(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          new TreeMap<>(),
          Optional.empty(),
          List.of(),
          Set.of(),
          Map.of());

  /** The names of every cluster that the notes speak of. */
  Set<String> clusters() {
    Set<String> names = new TreeSet<>(reachedBy.keySet());
    collected.ifPresent(c -> names.addAll(c.keySet()));
    gaps.forEach(g -> names.add(g.cluster()));
    return names;
  }

  /** Reads the file; a value of another type refuses it whole. */
  static BundleNotes parse(String text, Limits limits) throws Malformed {
    Object tree = YamlTree.parse(text, limits).orElse(Map.of());
    if (!(tree instanceof Map)) {
      throw new Malformed("It is no map");
    }
    Fields root = Fields.of(tree);
    SortedMap<String, List<String>> reachedBy = new TreeMap<>();
    root.map("reachedBy").forEach((cluster, hosts) -> reachedBy.put(cluster, hosts.texts()));
    Map<String, String> controlPlanes = new TreeMap<>();
    for (Fields row : root.list("controlPlanes")) {
      controlPlanes.put(cluster(row) + "/" + row.string("pod"), row.string("namespace"));
    }
    Set<String> cut = new TreeSet<>();
    for (Fields row : root.list("truncatedLogs")) {
      cut.add(cluster(row) + "/" + row.string("log"));
    }
    return new BundleNotes(
        time(root.at("capturedAt")),
        root.text("target").map(LogRedaction::mask),
        root.text("notes").map(LogRedaction::mask),
        reachedBy,
        collected(root.at("collected")),
        gaps(root.at("gaps")),
        cut,
        controlPlanes);
  }

  private static String cluster(Fields row) {
    return row.text("cluster").orElse(Place.ONLY);
  }

  private static Optional<Instant> time(Fields at) throws Malformed {
    Optional<Instant> time = at.time();
    if (at.present() && time.isEmpty()) {
      throw new Malformed("capturedAt is no time");
    }
    return time;
  }

  private static Optional<SortedMap<String, List<Coverage.Entry>>> collected(Fields collected)
      throws Malformed {
    if (!collected.present()) {
      return Optional.empty();
    }
    SortedMap<String, List<Coverage.Entry>> entries = new TreeMap<>();
    for (Fields row : rows(collected, "collected")) {
      entries
          .computeIfAbsent(cluster(row), c -> new ArrayList<>())
          .add(new Coverage.Entry(kinds(row), namespaces(row), selector(row.string("selector"))));
    }
    return Optional.of(entries);
  }

  private static List<Fields> rows(Fields list, String name) throws Malformed {
    List<Fields> rows = list.list();
    if (list.present() && rows.isEmpty() && !list.equals(Fields.of(List.of()))) {
      throw new Malformed(name + " is no list");
    }
    if (rows.stream().anyMatch(r -> r.map().isEmpty())) {
      throw new Malformed("A row of " + name + " is no map");
    }
    return rows;
  }

  private static Set<Kind> kinds(Fields row) throws Malformed {
    List<String> words = row.text("kinds").map(List::of).orElseGet(() -> row.texts("kinds"));
    if (words.isEmpty()) {
      throw new Malformed("A row of collected names no kinds");
    }
    Set<Kind> kinds = EnumSet.noneOf(Kind.class);
    for (Kind kind : Kind.values()) {
      Set<String> names =
          Set.of("*", kind.kind(), kind.plural(), kind.plural() + "." + kind.group());
      if (words.stream().anyMatch(names::contains)) {
        kinds.add(kind);
      }
    }
    return kinds;
  }

  private static Set<String> namespaces(Fields row) throws Malformed {
    Fields namespaces = row.at("namespaces");
    if (!namespaces.present() || namespaces.string().equals("*")) {
      return Set.of();
    }
    List<String> names = namespaces.texts();
    if (names.isEmpty()) {
      throw new Malformed("namespaces of a row of collected is neither a list nor \"*\"");
    }
    return new TreeSet<>(names);
  }

  private static Map<String, String> selector(String text) throws Malformed {
    Map<String, String> labels = new TreeMap<>();
    for (String pair : text.isBlank() ? new String[0] : text.split(",", -1)) {
      int equals = pair.indexOf('=');
      if (equals < 1) {
        throw new Malformed("A selector of collected is not of the form a=b,c=d");
      }
      labels.put(pair.substring(0, equals).strip(), pair.substring(equals + 1).strip());
    }
    return labels;
  }

  private static List<Gap> gaps(Fields list) throws Malformed {
    List<Gap> gaps = new ArrayList<>();
    for (Fields row : rows(list, "gaps")) {
      gaps.add(
          new Gap(
              cluster(row),
              word(Source.values(), row.string("source"), "source"),
              LogRedaction.mask(row.string("scope")),
              word(Gap.Cause.values(), row.string("cause"), "cause"),
              LogRedaction.mask(row.string("detail")),
              LogRedaction.mask(row.string("remedy"))));
    }
    return gaps;
  }

  private static <E extends Enum<E>> E word(E[] all, String word, String field) throws Malformed {
    return Arrays.stream(all)
        .filter(e -> e.name().equals(word.toUpperCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(() -> new Malformed("A gap has an unknown " + field));
  }
}
