package dev.upstream.path;

import dev.upstream.snapshot.ClusterView;
import dev.upstream.snapshot.Service;
import java.util.Locale;
import java.util.Optional;

/**
 * Host names as Istio resolves them: a short name belongs to the namespace of the object that holds
 * it (istio.io/istio pkg/config/model ResolveShortnameToFQDN).
 */
public final class HostNames {
  private static final String DOMAIN = ".svc.cluster.local";

  private HostNames() {}

  /** The full name of a destination host written in an object of a namespace. */
  public static String full(String host, String namespace) {
    String lower = host.toLowerCase(Locale.ROOT);
    return lower.contains(".") || lower.startsWith("*") ? lower : lower + "." + namespace + DOMAIN;
  }

  /** How a person reads it: {@code web.shop} for a Service's full name. */
  public static String shown(String host) {
    return host.endsWith(DOMAIN) ? host.substring(0, host.length() - DOMAIN.length()) : host;
  }

  /**
   * Whether an authority, as clients of a namespace write it, names the host: {@code web}, {@code
   * web.shop}, {@code web.shop.svc} and the full name are one.
   */
  public static boolean means(String authority, String host, String namespace) {
    String name = withoutPort(authority);
    return host.endsWith(DOMAIN)
        ? shown(host).equals(shown(full(name, namespace)).replaceAll("\\.svc(\\.cluster)?$", ""))
        : host.equals(name);
  }

  static String withoutPort(String authority) {
    return authority.replaceAll(":\\d+$", "").toLowerCase(Locale.ROOT);
  }

  /** The Service that a full name or one of its usual short forms names. */
  /** The Service that a destination host names; Istio knows it by its full name only. */
  static Optional<Service> destination(ClusterView cluster, String full) {
    return full.endsWith(DOMAIN) ? service(cluster, full) : Optional.empty();
  }

  /** The Service that a person, or a client's DNS, means by a full name or a short form of it. */
  public static Optional<Service> service(ClusterView cluster, String host) {
    String[] parts = host.split("\\.", -1);
    boolean form =
        parts.length == 2
            || (parts.length >= 3 && parts[2].equals("svc") && (DOMAIN + ".").contains(tail(host)));
    return form ? cluster.objects().service(parts[1], parts[0]) : Optional.empty();
  }

  private static String tail(String host) {
    int first = host.indexOf('.');
    return host.substring(host.indexOf('.', first + 1)) + ".";
  }

  /** Whether a host or a wildcard of one leading label-group covers a name. */
  public static boolean covers(String pattern, String host) {
    String p = pattern.toLowerCase(Locale.ROOT);
    String h = host.toLowerCase(Locale.ROOT);
    return p.equals("*")
        || p.equals(h)
        || (p.startsWith("*.") && h.endsWith(p.substring(1)) && h.length() > p.length() - 1);
  }

  /** How specific a host pattern is: exact before long wildcards before short ones. */
  public static int specificity(String pattern) {
    return pattern.startsWith("*") ? pattern.length() : 10_000 + pattern.length();
  }
}
