package dev.upstream.path;

import dev.upstream.snapshot.Fields;
import dev.upstream.snapshot.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What Ingress objects say (k8s.io/api/networking/v1 types.go): hosts, paths and backends. */
public final class IngressRules {
  /** Stands for the host of a request that only rules without a host take. */
  public static final String ANY_HOST = "any host";

  private IngressRules() {}

  /** How a path is compared. */
  public enum PathType {
    EXACT("Exact"),
    PREFIX("Prefix"),
    IMPLEMENTATION_SPECIFIC("ImplementationSpecific"),
    DEFAULT_BACKEND("default backend");

    private final String word;

    PathType(String word) {
      this.word = word;
    }

    static PathType of(String word) {
      return switch (word) {
        case "Exact" -> EXACT;
        case "Prefix" -> PREFIX;
        default -> IMPLEMENTATION_SPECIFIC;
      };
    }
  }

  /**
   * One path of one rule, or the default backend of an Ingress.
   *
   * @param backendField where in the Ingress the backend stands
   */
  public record Entry(
      Resource ingress, String backendField, String path, PathType type, Fields backend) {

    /** The part of the Ingress that decides where the request goes. */
    public Leg.Place place() {
      return new Leg.Place(ingress.ref(), backendField + ".service");
    }

    /** The port as the Ingress gives it, by number or by name. */
    public String port() {
      return backend
          .text("service", "port", "number")
          .orElse(backend.string("service", "port", "name"));
    }

    /** What ingress-nginx calls this backend in its log: namespace, Service and port, joined. */
    public String upstreamName() {
      return ingress.namespace() + "-" + backend.string("service", "name") + "-" + port();
    }

    public String words() {
      return type == PathType.DEFAULT_BACKEND ? type.word : type.word + " " + path;
    }
  }

  /** The entries of the rules whose host fits. */
  static List<Entry> entries(Resource ingress, Predicate<String> host) {
    List<Entry> entries = new ArrayList<>();
    List<Fields> rules = ingress.at("spec").list("rules");
    for (int r = 0; r < rules.size(); r++) {
      List<Fields> paths = rules.get(r).list("http", "paths");
      for (int p = 0; p < paths.size() && host.test(rules.get(r).string("host")); p++) {
        entries.add(
            new Entry(
                ingress,
                "spec.rules[" + r + "].http.paths[" + p + "].backend",
                paths.get(p).text("path").filter(t -> !t.isEmpty()).orElse("/"),
                PathType.of(paths.get(p).string("pathType")),
                paths.get(p).at("backend")));
      }
    }
    return entries;
  }

  static Optional<Entry> defaultBackend(Resource ingress) {
    Fields backend = ingress.at("spec", "defaultBackend");
    return backend.at("service").present()
        ? Optional.of(
            new Entry(ingress, "spec.defaultBackend", "/", PathType.DEFAULT_BACKEND, backend))
        : Optional.empty();
  }

  /** The hosts of the rules; empty for a rule that takes any. */
  public static List<String> hosts(Resource ingress) {
    return ingress.at("spec").list("rules").stream().map(r -> r.string("host")).distinct().toList();
  }

  /** Whether an Ingress names the host, also by a wildcard. */
  public static boolean names(Resource ingress, String host) {
    return hosts(ingress).stream().anyMatch(h -> h.equals(host) || wildcard(h, host));
  }

  /** Whether it takes requests whose host no rule names. */
  static boolean takesAnyHost(Resource ingress) {
    List<String> hosts = hosts(ingress);
    return hosts.contains("") || (hosts.isEmpty() && defaultBackend(ingress).isPresent());
  }

  /** A wildcard covers exactly one label. */
  static boolean wildcard(String rule, String host) {
    int dot = host.indexOf('.');
    return rule.startsWith("*.") && dot > 0 && host.substring(dot).equals(rule.substring(1));
  }
}
