package dev.upstream.path;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import dev.upstream.snapshot.ClusterView;
import dev.upstream.snapshot.Kind;
import dev.upstream.snapshot.Objects;
import dev.upstream.snapshot.Resource;
import dev.upstream.snapshot.Service;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** What someone may have meant: known hosts and Services close to a name that does not exist. */
public final class NearNames {
  private static final int MOST = 3;

  private NearNames() {}

  /** A name that could have been meant; a Service's own name is enough for it. */
  private record Known(String shown, Optional<String> service, String namespace) {
    /** Edits from the whole name; of a Service also from its name alone, whatever namespace. */
    int from(String wanted) {
      String first = wanted.substring(0, (wanted + ".").indexOf('.'));
      boolean mayBeService = wanted.indexOf('.') == wanted.lastIndexOf('.');
      int whole = distance(shown, wanted);
      return mayBeService
          ? service.map(s -> Math.min(whole, distance(s, first))).orElse(whole)
          : whole;
    }
  }

  static List<Choice> of(ClusterView cluster, String wanted) {
    if (wanted.startsWith("pod/")) {
      return objects(cluster, Kind.POD, wanted);
    }
    if (wanted.startsWith("ingress/")) {
      return objects(cluster, Kind.INGRESS, wanted);
    }
    Stream<Known> services =
        cluster.objects().services().stream()
            .map(s -> new Known(choice(s).shown(), Optional.of(s.name()), s.namespace()));
    Stream<Known> hosts =
        Stream.of(
                hosts(cluster, Kind.VIRTUAL_SERVICE, r -> r.at("spec").texts("hosts")),
                hosts(
                    cluster,
                    Kind.INGRESS,
                    r -> r.at("spec").list("rules").stream().map(x -> x.string("host")).toList()),
                hosts(cluster, Kind.SERVICE_ENTRY, r -> r.at("spec").texts("hosts")))
            .flatMap(s -> s);
    Map<String, List<Known>> sorted =
        Stream.concat(hosts, services)
            .distinct()
            .filter(k -> k.from(wanted) <= Math.max(2, wanted.length() / 3))
            .sorted(
                Comparator.comparing((Known k) -> k.from(wanted))
                    .thenComparing(k -> distance(k.shown(), wanted))
                    .thenComparing(Known::shown)
                    .thenComparing(Known::namespace))
            .collect(groupingBy(Known::shown, LinkedHashMap::new, toList()));
    return sorted.values().stream()
        .limit(MOST)
        .flatMap(List::stream)
        .map(k -> new Choice(k.shown(), k.namespace()))
        .toList();
  }

  private static Stream<Known> hosts(
      ClusterView cluster, Kind kind, Function<Resource, List<String>> hosts) {
    return cluster.objects().all(kind).stream()
        .flatMap(
            r ->
                hosts.apply(r).stream()
                    .filter(h -> !h.isEmpty())
                    .map(h -> new Known(h, Optional.empty(), r.namespace())));
  }

  static Choice choice(Service service) {
    return new Choice(service.name() + "." + service.namespace(), service.namespace());
  }

  /** Objects of a kind by their names, whatever namespace: {@code pod/shop/web-1}. */
  private static List<Choice> objects(ClusterView cluster, Kind kind, String wanted) {
    String prefix = wanted.substring(0, wanted.indexOf('/') + 1);
    String name = wanted.substring(wanted.lastIndexOf('/') + 1);
    return cluster.objects().all(kind).stream()
        .filter(r -> close(r.name(), name))
        .sorted(
            Comparator.comparing((Resource r) -> distance(r.name(), name))
                .thenComparing(Resource::ref))
        .map(r -> new Choice(prefix + r.namespace() + "/" + r.name(), r.namespace()))
        .limit(MOST)
        .toList();
  }

  /** Of known words those near to what was typed. */
  public static List<String> among(Collection<String> known, String wanted) {
    return known.stream()
        .filter(k -> close(k, wanted))
        .sorted(
            Comparator.comparing((String k) -> distance(k, wanted))
                .thenComparing(Comparator.naturalOrder()))
        .limit(MOST)
        .toList();
  }

  private static boolean close(String known, String wanted) {
    return distance(known, wanted) <= Math.max(2, wanted.length() / 3);
  }

  /** The Service of a namespace whose name is so near that it may have been meant. */
  public static Optional<String> service(Objects objects, String namespace, String wanted) {
    return objects.services(namespace).stream()
        .map(Service::name)
        .filter(n -> distance(n, wanted) <= Math.max(2, wanted.length() / 3))
        .min(
            Comparator.comparing((String n) -> distance(n, wanted))
                .thenComparing(Comparator.naturalOrder()));
  }

  /** Whether anything shows that there is a namespace of this name. */
  public static boolean namespaceSeen(ClusterView cluster, String wanted) {
    return cluster.objects().all().stream()
        .anyMatch(
            r ->
                r.namespace().equals(wanted)
                    || (r.kind() == Kind.NAMESPACE && r.name().equals(wanted)));
  }

  /** Names near that of a namespace that is certainly not there; empty when it may be. */
  public static Optional<List<String>> namespace(ClusterView cluster, String wanted) {
    if (namespaceSeen(cluster, wanted)
        || cluster.manifestsOnly()
        || !cluster.complete(Kind.NAMESPACE, "")) {
      return Optional.empty();
    }
    return Optional.of(
        among(cluster.objects().all(Kind.NAMESPACE).stream().map(r -> r.name()).toList(), wanted));
  }

  /** Levenshtein distance. */
  static int distance(String a, String b) {
    int[] previous = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] current = new int[b.length() + 1];
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        current[j] =
            Math.min(Math.min(current[j - 1] + 1, previous[j] + 1), previous[j - 1] + change);
      }
      previous = current;
    }
    return previous[b.length()];
  }
}
