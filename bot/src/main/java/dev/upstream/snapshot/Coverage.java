package dev.upstream.snapshot;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What of a cluster's objects was read completely: only there does absence prove anything (RULES.md
 * R1 and R2).
 *
 * @param read what was listed to its end
 * @param missing what a gap names, whatever else was said
 */
public record Coverage(List<Entry> read, List<Missing> missing) {
  private static final Pattern SCOPE =
      Pattern.compile("([a-z*]+)(?:\\.[a-z0-9.]+)?(?: in (\\S+))?.*");

  /**
   * @param namespaces empty for the whole cluster
   * @param labels only objects that carry these labels were asked for; {@code metadata.name}, which
   *     no label has as its key, stands for the one object of that name
   */
  public record Entry(Set<Kind> kinds, Set<String> namespaces, Map<String, String> labels) {
    public Entry {
      kinds = Collections.unmodifiableSortedSet(new TreeSet<>(kinds));
      namespaces = Collections.unmodifiableSortedSet(new TreeSet<>(namespaces));
      labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
    }

    public static Entry everywhere(Kind kind) {
      return new Entry(Set.of(kind), Set.of(), Map.of());
    }

    public static Entry in(Kind kind, String namespace) {
      return new Entry(Set.of(kind), Set.of(namespace), Map.of());
    }

    boolean holds(Kind kind, String namespace, Map<String, String> wanted) {
      return kinds.contains(kind)
          && (namespaces.isEmpty() || namespaces.contains(namespace))
          && Selectors.holds(labels, wanted);
    }
  }

  /**
   * @param plural the resource's plural name, or {@code *}
   * @param namespace empty for the whole cluster
   */
  public record Missing(String plural, String namespace) implements Comparable<Missing> {
    @Override
    public int compareTo(Missing other) {
      int byPlural = plural.compareTo(other.plural);
      return byPlural != 0 ? byPlural : namespace.compareTo(other.namespace);
    }
  }

  public Coverage {
    read = List.copyOf(read);
    missing = missing.stream().distinct().sorted().toList();
  }

  /** Everything that the gaps name is taken out. */
  public Coverage without(List<Gap> gaps) {
    List<Missing> all = new ArrayList<>(missing);
    for (Gap gap : gaps) {
      Matcher scope = SCOPE.matcher(gap.scope());
      if ((gap.source() == Source.OBJECTS || gap.source() == Source.EVENTS)
          && gap.cause() != Gap.Cause.UNSUPPORTED
          && scope.matches()) {
        String namespace = scope.group(2);
        all.add(new Missing(scope.group(1), namespace == null ? "" : namespace));
      }
    }
    return new Coverage(read, all);
  }

  /**
   * Whether every object of a kind in a namespace that carries the labels was read.
   *
   * @param namespace ignored for a cluster-scoped kind; empty asks for the whole cluster
   */
  public boolean complete(Kind kind, String namespace, Map<String, String> labels) {
    boolean lacking =
        missing.stream()
            .anyMatch(
                m ->
                    (m.plural().equals("*") || m.plural().equals(kind.plural()))
                        && (m.namespace().isEmpty()
                            || namespace.isEmpty()
                            || m.namespace().equals(namespace)));
    return !lacking
        && read.stream()
            .anyMatch(
                e ->
                    e.holds(kind, namespace, labels)
                        && (!namespace.isEmpty()
                            || !kind.namespaced()
                            || e.namespaces().isEmpty()));
  }

  /** What a recording without a {@code collected} list holds (RULES.md R2). */
  public static Coverage inferred(Objects objects) {
    List<Entry> entries = new ArrayList<>();
    boolean anyWorkload =
        java.util.Arrays.stream(Kind.values())
            .anyMatch(k -> k.workload() && !objects.all(k).isEmpty());
    for (Kind kind : Kind.values()) {
      boolean whole =
          kind.absentMeansNone() || (kind.workload() ? anyWorkload : !objects.all(kind).isEmpty());
      if (kind != Kind.POD && kind != Kind.ENDPOINT_SLICE && whole) {
        entries.add(Entry.everywhere(kind));
      }
    }
    Set<String> namespaces = new TreeSet<>();
    for (Kind kind : Kind.values()) {
      objects.all(kind).forEach(r -> namespaces.add(r.namespace()));
    }
    for (String namespace : namespaces) {
      List<Service> selecting =
          objects.services(namespace).stream().filter(s -> !s.selector().isEmpty()).toList();
      boolean sliced = selecting.stream().anyMatch(s -> !objects.endpointSlicesOf(s).isEmpty());
      if (!namespace.isEmpty() && (selecting.isEmpty() || sliced)) {
        entries.add(Entry.in(Kind.POD, namespace));
        entries.add(Entry.in(Kind.ENDPOINT_SLICE, namespace));
      }
    }
    return new Coverage(entries, List.of());
  }
}
