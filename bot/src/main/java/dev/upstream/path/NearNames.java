package dev.upstream.path;

import dev.upstream.snapshot.ClusterView;
import dev.upstream.snapshot.Kind;
import dev.upstream.snapshot.Objects;
import dev.upstream.snapshot.Service;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What someone may have meant: known hosts and Services close to a name that does not exist. */
public final class NearNames {
  private static final int MOST = 3;

  private NearNames() {}

  static List<String> of(ClusterView cluster, String wanted) {
    Stream<String> services =
        cluster.objects().services().stream().map(s -> s.namespace() + "/" + s.name());
    Stream<String> hosts =
        Stream.of(
                cluster.objects().all(Kind.VIRTUAL_SERVICE).stream()
                    .flatMap(v -> v.at("spec").texts("hosts").stream()),
                cluster.objects().all(Kind.INGRESS).stream()
                    .flatMap(i -> i.at("spec").list("rules").stream())
                    .map(r -> r.string("host")),
                cluster.objects().all(Kind.SERVICE_ENTRY).stream()
                    .flatMap(e -> e.at("spec").texts("hosts").stream()))
            .flatMap(s -> s);
    return Stream.concat(hosts, services)
        .filter(n -> !n.isEmpty())
        .distinct()
        .filter(n -> distance(plain(n), plain(wanted)) <= Math.max(2, plain(wanted).length() / 3))
        .sorted(
            Comparator.comparing((String n) -> distance(plain(n), plain(wanted)))
                .thenComparing(n -> n))
        .limit(MOST)
        .toList();
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

  private static String plain(String name) {
    return name.substring(name.indexOf('/') + 1);
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
