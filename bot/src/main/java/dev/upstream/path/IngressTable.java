package dev.upstream.path;

import dev.upstream.path.IngressRules.Entry;
import dev.upstream.path.IngressRules.PathType;
import dev.upstream.snapshot.Resource;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What one controller serves for a host, as ingress-nginx does it (internal/ingress/controller:
 * controller.go createServers and getBackendServers, location.go, template.go buildLocation): an
 * exact host before a wildcard before rules without a host, and never a mixture of them.
 *
 * @param entries older Ingresses first
 * @param fallback what takes the paths that no entry takes
 * @param regex whether one Ingress of the host has made regular expressions of all its paths
 * @param canaries Ingresses for the host that only take a part of another one's requests
 */
public record IngressTable(
    List<Entry> entries, Optional<Entry> fallback, boolean regex, List<Resource> canaries) {
  private static final String NGINX = "nginx.ingress.kubernetes.io/";
  private static final Comparator<Resource> AGE =
      Comparator.comparing((Resource i) -> i.createdAt().orElse(Instant.EPOCH))
          .thenComparing(Resource::namespace)
          .thenComparing(Resource::name);

  public IngressTable {
    entries = List.copyOf(entries);
    canaries = List.copyOf(canaries);
  }

  /** The table for a host that rules name; empty where none does. */
  static IngressTable named(List<Resource> ingresses, String host) {
    boolean exact = ingresses.stream().anyMatch(i -> IngressRules.hosts(i).contains(host));
    Predicate<String> server =
        exact ? h -> h.equals(host) : h -> !h.isEmpty() && IngressRules.wildcard(h, host);
    return of(
        ingresses.stream().filter(i -> IngressRules.hosts(i).stream().anyMatch(server)).toList(),
        server,
        found -> found.stream().findFirst().flatMap(IngressRules::defaultBackend));
  }

  /** The table for requests whose host no rule names. */
  static IngressTable catchAll(List<Resource> ingresses) {
    return of(
        ingresses,
        String::isEmpty,
        found ->
            found.stream()
                .filter(i -> IngressRules.hosts(i).isEmpty())
                .flatMap(i -> IngressRules.defaultBackend(i).stream())
                .findFirst());
  }

  private static IngressTable of(
      List<Resource> ingresses,
      Predicate<String> server,
      Function<List<Resource>, Optional<Entry>> fallback) {
    List<Resource> main = ingresses.stream().filter(i -> !canary(i)).sorted(AGE).toList();
    List<Entry> entries =
        main.stream().flatMap(i -> IngressRules.entries(i, server).stream()).toList();
    return new IngressTable(
        entries,
        fallback.apply(main),
        entries.stream().anyMatch(IngressTable::asksForRegex),
        ingresses.stream()
            .filter(i -> canary(i) && !IngressRules.entries(i, server).isEmpty())
            .toList());
  }

  private static boolean canary(Resource ingress) {
    return ingress.annotations().getOrDefault(NGINX + "canary", "").equals("true");
  }

  private static boolean asksForRegex(Entry entry) {
    String rewrite = entry.ingress().annotations().getOrDefault(NGINX + "rewrite-target", "");
    return entry.ingress().annotations().getOrDefault(NGINX + "use-regex", "").equals("true")
        || (!rewrite.isEmpty() && !rewrite.equals(entry.path()));
  }

  /** The entry that stands at a place. */
  Optional<Entry> entry(Leg.Place place) {
    return Stream.concat(entries.stream(), fallback.stream())
        .filter(e -> e.place().equals(place))
        .findFirst();
  }

  /** The entry that a request takes. */
  public Optional<Entry> taking(String path) {
    return (regex ? byExpression(path) : byPath(path)).or(() -> fallback);
  }

  /** nginx tries expressions in the order they stand, and they stand the longest first. */
  private Optional<Entry> byExpression(String path) {
    return inOrder()
        .filter(e -> PathRegex.begins(e.path(), path) == PathRegex.Match.YES)
        .findFirst();
  }

  private Stream<Entry> inOrder() {
    return entries.stream()
        .sorted(
            Comparator.comparing((Entry e) -> -e.path().length())
                .thenComparing(Entry::path, Comparator.reverseOrder()));
  }

  /** An entry whose expression could not be compared, and which would come before the one taken. */
  Optional<Entry> undecided(String path) {
    return regex
        ? inOrder()
            .takeWhile(e -> PathRegex.begins(e.path(), path) != PathRegex.Match.YES)
            .filter(e -> PathRegex.begins(e.path(), path) == PathRegex.Match.GIVEN_UP)
            .findFirst()
        : Optional.empty();
  }

  private Optional<Entry> byPath(String path) {
    return entries.stream()
        .filter(e -> takes(e, path))
        .min(
            Comparator.comparing((Entry e) -> exactly(e, path) ? 0 : 1)
                .thenComparing(e -> e.type() == PathType.EXACT ? 0 : 1)
                .thenComparing(e -> e.path().equals(path) ? 0 : 1)
                .thenComparing(e -> -element(e).length()));
  }

  private static boolean takes(Entry entry, String path) {
    return switch (entry.type()) {
      case EXACT -> entry.path().equals(path);
      case PREFIX ->
          exactly(entry, path) || path.startsWith(element(entry)) || redirected(entry, path);
      case IMPLEMENTATION_SPECIFIC -> path.startsWith(entry.path()) || redirected(entry, path);
      case DEFAULT_BACKEND -> true;
    };
  }

  /**
   * A location that ends with a slash takes the path without it too: nginx answers 301 to its own
   * path (src/http/ngx_http_core_module.c, auto_redirect), which is what Prefix asks for.
   */
  private static boolean redirected(Entry entry, String path) {
    return entry.path().length() > 1 && entry.path().equals(path + "/");
  }

  private static boolean exactly(Entry entry, String path) {
    return switch (entry.type()) {
      case EXACT -> entry.path().equals(path);
      case PREFIX -> !path.equals("/") && entry.path().equals(path);
      case IMPLEMENTATION_SPECIFIC, DEFAULT_BACKEND -> false;
    };
  }

  /** A prefix ends at the end of a path element; nginx says so by a slash. */
  private static String element(Entry entry) {
    boolean open = entry.type() == PathType.PREFIX && !entry.path().endsWith("/");
    return open ? entry.path() + "/" : entry.path();
  }
}
