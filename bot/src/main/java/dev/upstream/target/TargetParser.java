package dev.upstream.target;

import dev.upstream.snapshot.Fields;
import dev.upstream.snapshot.LogRedaction;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns what a person typed or pasted into a {@link Target}. */
public final class TargetParser {
  private static final int LONGEST = 20_000;

  /** A name of DNS and a port: more is no host, and patterns for one are recursive. */
  private static final int LONGEST_HOST = 270;

  private static final String LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
  private static final String PORT =
      "([1-9]\\d{0,3}|[1-5]\\d{4}|6[0-4]\\d{3}|65[0-4]\\d\\d|655[0-2]\\d|6553[0-5])";
  private static final Pattern NAME = Pattern.compile("[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?");
  private static final Pattern HOST =
      Pattern.compile("((?:\\*\\.)?" + LABEL + "(?:\\." + LABEL + ")+)(?::" + PORT + ")?\\.?");
  private static final Pattern SERVICE =
      Pattern.compile("(?:(" + LABEL + ")/)?(" + LABEL + ")(?::" + PORT + ")?");
  private static final Pattern SERVICE_FQDN =
      Pattern.compile(
          "(" + LABEL + ")\\.(" + LABEL + ")\\.svc(?:\\.[a-z0-9.-]+)?(?::" + PORT + ")?\\.?");
  private static final Pattern SLACK_LINK = Pattern.compile("<((?:https?://)[^|>]+)(?:\\|[^>]*)?>");

  /** Requests go to no such object: what serves it has to be named. */
  private static final Pattern WORKLOAD =
      Pattern.compile(
          "(?:deploy|deployments?|sts|statefulsets?|ds|daemonsets?|rs|replicasets?|virtualservices?"
              + "|destinationrules?|httproutes?)/[^/]*");

  private TargetParser() {}

  /** The target, or empty when the words name nothing that could be checked. */
  public static Optional<Target> parse(String words) {
    String text = visible(words);
    if (text.isEmpty() || text.length() > LONGEST) {
      return Optional.empty();
    }
    Matcher link = SLACK_LINK.matcher(text);
    if (link.matches()) {
      text = link.group(1);
    }
    Optional<Target> line = new PastedLine(text).target();
    if (line.isPresent()) {
      return line;
    }
    String lower = text.toLowerCase(Locale.ROOT);
    if (lower.startsWith("http://") || lower.startsWith("https://")) {
      return url(text);
    }
    if (lower.startsWith("pod/")) {
      return named(lower.substring(4)).map(n -> new Target.PodName(n[1], namespace(n)));
    }
    if (lower.startsWith("ingress/")) {
      return named(lower.substring(8)).map(n -> new Target.IngressName(n[1], namespace(n)));
    }
    if (WORKLOAD.matcher(lower).matches()) {
      return Optional.empty();
    }
    if (lower.startsWith("service/") || lower.startsWith("svc/")) {
      lower = lower.substring(lower.indexOf('/') + 1);
    }
    int slash = lower.indexOf('/');
    if ((slash < 0 ? lower.length() : slash) > LONGEST_HOST) {
      return Optional.empty();
    }
    Matcher fqdn = SERVICE_FQDN.matcher(lower);
    if (fqdn.matches()) {
      return Optional.of(
          new Target.ServiceName(fqdn.group(1), Optional.of(fqdn.group(2)), port(fqdn.group(3))));
    }
    Matcher host = HOST.matcher(lower);
    if (host.matches()) {
      return Optional.of(new Target.Host(host.group(1), port(host.group(2))));
    }
    if (slash > 0 && HOST.matcher(lower.substring(0, slash)).matches()) {
      return url("http://" + text);
    }
    Matcher service = SERVICE.matcher(lower);
    if (service.matches()) {
      return Optional.of(
          new Target.ServiceName(
              service.group(2), Optional.ofNullable(service.group(1)), port(service.group(3))));
    }
    return Optional.empty();
  }

  /** Without what nobody sees, such as a mark of direction that was copied along. */
  private static String visible(String words) {
    return words.replaceAll("\\p{Cf}+", "").replace('\u00A0', ' ').strip();
  }

  /** The target of a line of a log; empty for what is none. */
  public static Optional<Target> line(String pasted) {
    String text = pasted.strip();
    return text.length() > LONGEST ? Optional.empty() : new PastedLine(text).target();
  }

  /** What to ask for instead of a pasted line that is understood and names nothing. */
  public static Optional<String> trouble(String words) {
    String text = words.strip();
    return text.length() > LONGEST || parse(text).isPresent()
        ? Optional.empty()
        : new PastedLine(text).trouble();
  }

  private static Optional<Target> url(String text) {
    try {
      URI uri = new URI(text.replaceAll("[?#].*$", ""));
      String host = Fields.of(uri.getHost()).string().toLowerCase(Locale.ROOT);
      if (host.isEmpty() || uri.getPort() == 0 || uri.getPort() > 65_535) {
        return Optional.empty();
      }
      String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
      int port = uri.getPort() > 0 ? uri.getPort() : scheme.equals("https") ? 443 : 80;
      String path = uri.getPath().isEmpty() ? "/" : LogRedaction.path(uri.getPath());
      return Optional.of(
          uri.getPath().isEmpty()
              ? new Target.Host(host, Optional.of(port).filter(p -> uri.getPort() > 0))
              : new Target.Url(scheme, host, port, path));
    } catch (java.net.URISyntaxException e) {
      return Optional.empty();
    }
  }

  private static Optional<String[]> named(String text) {
    int slash = text.indexOf('/');
    String namespace = slash < 0 ? "" : text.substring(0, slash);
    String name = text.substring(slash + 1);
    return NAME.matcher(name).matches() && (slash < 0 || NAME.matcher(namespace).matches())
        ? Optional.of(new String[] {namespace, name})
        : Optional.empty();
  }

  private static Optional<String> namespace(String[] named) {
    return named[0].isEmpty() ? Optional.empty() : Optional.of(named[0]);
  }

  private static Optional<Integer> port(@org.jspecify.annotations.Nullable String digits) {
    return digits == null ? Optional.empty() : Optional.of(Integer.parseInt(digits));
  }
}
