package dev.upstream.path;

import dev.upstream.snapshot.ClusterView;
import dev.upstream.snapshot.Fields;
import dev.upstream.snapshot.Kind;
import dev.upstream.snapshot.Resource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** ServiceEntries that define a host, and the addresses they lead to. */
public final class ServiceEntries {
  private ServiceEntries() {}

  /**
   * The definitions of a host that a client's namespace sees, in object order: those with the most
   * specific pattern.
   */
  public static List<Resource> of(ClusterView cluster, String clientNamespace, String host) {
    List<Resource> seen =
        cluster.objects().all(Kind.SERVICE_ENTRY).stream()
            .filter(e -> Visibility.sees(clientNamespace, e))
            .toList();
    Optional<String> best =
        seen.stream()
            .flatMap(e -> pattern(e, host).stream())
            .max(
                Comparator.comparing(HostNames::specificity)
                    .thenComparing(Comparator.naturalOrder()));
    return seen.stream().filter(e -> best.isPresent() && pattern(e, host).equals(best)).toList();
  }

  /** The host as an entry writes it, or the most specific wildcard for it. */
  static Optional<String> pattern(Resource entry, String host) {
    return entry.at("spec").texts("hosts").stream()
        .map(h -> h.toLowerCase(Locale.ROOT))
        .filter(h -> HostNames.covers(h, host))
        .max(Comparator.comparing(HostNames::specificity).thenComparing(Comparator.naturalOrder()));
  }

  /** What an entry declares of a port, in capitals; empty when it has no such port. */
  public static Optional<String> protocol(Resource entry, int port) {
    return entry.at("spec").list("ports").stream()
        .filter(p -> p.number("number").orElse(0) == port)
        .map(p -> p.text("protocol").orElse("TCP").toUpperCase(Locale.ROOT))
        .findFirst();
  }

  /** The ports of an entry by number. */
  public static List<Integer> ports(Resource entry) {
    return entry.at("spec").list("ports").stream().map(p -> p.number("number").orElse(0)).toList();
  }

  /** Where a request to a port of an entry arrives: the endpoint's own port, else targetPort. */
  static int entryPort(Resource entry, int port) {
    Fields declared =
        entry.at("spec").list("ports").stream()
            .filter(p -> p.number("number").orElse(0) == port)
            .findFirst()
            .orElse(Fields.of(null));
    return entry.at("spec").list("endpoints").stream()
        .flatMap(e -> e.number("ports", declared.string("name")).stream().boxed())
        .findFirst()
        .orElse(declared.number("targetPort").orElse(port));
  }

  /**
   * Addresses, names and VIPs that a request to the entry may go to: its endpoints; for DNS without
   * endpoints its hosts; and its addresses.
   */
  public static List<String> leadsTo(Resource entry) {
    List<String> found = new ArrayList<>();
    List<Fields> endpoints = entry.at("spec").list("endpoints");
    endpoints.forEach(e -> e.text("address").ifPresent(found::add));
    if (endpoints.isEmpty()) {
      Stream.concat(
              entry.at("spec").texts("addresses").stream(),
              entry.at("spec").texts("hosts").stream())
          .forEach(found::add);
    }
    return found;
  }
}
