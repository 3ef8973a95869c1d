package dev.upstream.path;

import dev.upstream.snapshot.ClusterView;
import dev.upstream.snapshot.Fields;
import dev.upstream.snapshot.Kind;
import dev.upstream.snapshot.Resource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Ingress matching (k8s.io/api/networking/v1 types.go): hosts, path types, precedence. */
public final class IngressRules {
  private IngressRules() {}

  /** One path of one rule. */
  public record Entry(
      Resource ingress, String fieldPath, String path, String type, Fields backend) {
    boolean takes(String requested) {
      return switch (type) {
        case "Exact" -> path.equals(requested);
        case "Prefix" -> prefix(path, requested);
        default -> implementationSpecific(requested);
      };
    }

    private boolean implementationSpecific(String requested) {
      boolean regex =
          ingress
              .annotations()
              .getOrDefault("nginx.ingress.kubernetes.io/use-regex", "")
              .equals("true");
      try {
        return regex
            ? Pattern.compile(path).matcher(requested).lookingAt()
            : prefix(path, requested);
      } catch (PatternSyntaxException e) {
        return false;
      }
    }

    private static boolean prefix(String path, String requested) {
      String p = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
      return p.isEmpty() || requested.equals(p) || requested.startsWith(p + "/");
    }
  }

  /** Every path of every rule that has the host, over all Ingresses. */
  public static List<Entry> forHost(ClusterView cluster, String host) {
    List<Entry> entries = new ArrayList<>();
    for (Resource ingress : cluster.objects().all(Kind.INGRESS)) {
      List<Fields> rules = ingress.at("spec").list("rules");
      for (int r = 0; r < rules.size(); r++) {
        String ruleHost = rules.get(r).string("host");
        if (hostTakes(ruleHost, host)) {
          entries.addAll(entries(ingress, rules.get(r), "spec.rules[" + r + "].http"));
        }
      }
    }
    return entries;
  }

  /** Whether an Ingress names the host at all. */
  public static boolean names(Resource ingress, String host) {
    return ingress.at("spec").list("rules").stream()
        .anyMatch(r -> hostTakes(r.string("host"), host));
  }

  private static List<Entry> entries(Resource ingress, Fields rule, String at) {
    List<Entry> entries = new ArrayList<>();
    List<Fields> paths = rule.list("http", "paths");
    for (int p = 0; p < paths.size(); p++) {
      Fields path = paths.get(p);
      entries.add(
          new Entry(
              ingress,
              at + ".paths[" + p + "]",
              path.text("path").orElse("/"),
              path.text("pathType").orElse("ImplementationSpecific"),
              path.at("backend")));
    }
    return entries;
  }

  /** A wildcard covers exactly one label; a rule without a host takes none by name here. */
  private static boolean hostTakes(String rule, String host) {
    if (rule.startsWith("*.")) {
      int dot = host.indexOf('.');
      return dot > 0 && host.substring(dot).equals(rule.substring(1));
    }
    return !rule.isEmpty() && rule.equals(host);
  }

  /**
   * The entry that takes a path: exact before prefix, longer before shorter, older before newer.
   */
  public static Optional<Entry> taking(List<Entry> entries, String path) {
    return entries.stream()
        .filter(e -> e.takes(path))
        .min(
            Comparator.comparing((Entry e) -> e.type().equals("Exact") ? 0 : 1)
                .thenComparing(e -> -e.path().length())
                .thenComparing(e -> e.ingress().createdAt().orElse(Instant.EPOCH))
                .thenComparing(e -> e.ingress().ref()));
  }

  /** The class an Ingress asks for, by field or by the old annotation. */
  public static Optional<String> className(Resource ingress) {
    return ingress
        .at("spec")
        .text("ingressClassName")
        .or(() -> Optional.ofNullable(ingress.annotations().get("kubernetes.io/ingress.class")));
  }
}
