package dev.upstream.path;

import dev.upstream.snapshot.Fields;
import dev.upstream.snapshot.Selectors;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Whether a rule of a VirtualService takes a request (istio.io/api HTTPMatchRequest). */
final class RuleMatch {
  /** The better the larger. */
  enum Fit {
    NO,
    /** It looks at something that is not known of the request. */
    MAYBE,
    YES
  }

  /**
   * Who routes the request.
   *
   * @param gateway {@code mesh}, or a Gateway as {@code namespace/name}
   * @param namespace of the proxy
   * @param labels of the proxies, as far as they are known
   * @param port that the request comes in by at a Gateway, when it has only one for the host
   */
  record Router(
      String gateway, String namespace, List<Map<String, String>> labels, Optional<Integer> port) {
    Router {
      labels = List.copyOf(labels);
    }
  }

  private RuleMatch() {}

  static Fit of(VirtualServices.Rule rule, Request request, Router router) {
    List<Fields> matches = rule.http().list("match");
    return matches.isEmpty()
        ? Fit.YES
        : matches.stream()
            .map(m -> of(m, rule.virtualService().namespace(), request, router))
            .max(Comparator.naturalOrder())
            .orElse(Fit.NO);
  }

  /** The first match that takes the request's path, if one is needed. */
  static Optional<Fields> taking(VirtualServices.Rule rule, Request request, Router router) {
    return rule.http().list("match").stream()
        .filter(m -> of(m, rule.virtualService().namespace(), request, router) != Fit.NO)
        .findFirst();
  }

  private static Fit of(Fields match, String owner, Request request, Router router) {
    List<String> gateways = VirtualServices.full(match.texts("gateways"), owner);
    boolean elsewhere =
        (!gateways.isEmpty() && !gateways.contains(router.gateway()))
            || match
                .text("sourceNamespace")
                .filter(n -> !n.isEmpty() && !n.equals(router.namespace()))
                .isPresent()
            || !uri(match.at("uri"), request.pathOrRoot(), match.flag("ignoreUriCase"))
            || !text(match.at("method"), request.method().orElse("GET"))
            || !text(match.at("authority"), request.host());
    if (elsewhere) {
      return Fit.NO;
    }
    return Stream.of(
            sent(match, request),
            known(match.number("port").stream().boxed().findFirst(), port(request, router)),
            scheme(match.at("scheme"), request),
            source(match.textMap("sourceLabels"), router))
        .min(Comparator.naturalOrder())
        .orElse(Fit.YES);
  }

  /** Headers and parameters: a plain request has none of them. */
  private static Fit sent(Fields match, Request request) {
    Map<String, Fields> headers = match.map("headers");
    boolean special =
        headers.keySet().stream()
            .map(h -> h.toLowerCase(Locale.ROOT))
            .anyMatch(h -> h.startsWith(":") || h.equals("host"));
    boolean asked = !headers.isEmpty() || !match.map("queryParams").isEmpty();
    boolean refused = !match.map("withoutHeaders").isEmpty();
    if (request.plain()) {
      return special ? Fit.MAYBE : asked ? Fit.NO : Fit.YES;
    }
    return asked || refused ? Fit.MAYBE : Fit.YES;
  }

  private static Optional<Integer> port(Request request, Router router) {
    return router.gateway().equals("mesh") ? request.port() : router.port();
  }

  private static Fit known(Optional<Integer> wanted, Optional<Integer> port) {
    return wanted
        .map(w -> port.map(p -> p.equals(w) ? Fit.YES : Fit.NO).orElse(Fit.MAYBE))
        .orElse(Fit.YES);
  }

  private static Fit scheme(Fields scheme, Request request) {
    Function<String, Fit> compared = s -> text(scheme, s) ? Fit.YES : Fit.NO;
    return scheme.present() ? request.scheme().map(compared).orElse(Fit.MAYBE) : Fit.YES;
  }

  private static Fit source(Map<String, String> wanted, Router router) {
    if (wanted.isEmpty()) {
      return Fit.YES;
    }
    long fitting = router.labels().stream().filter(l -> Selectors.holds(wanted, l)).count();
    boolean some = fitting > 0 || router.labels().isEmpty();
    return !some ? Fit.NO : fitting == router.labels().size() && fitting > 0 ? Fit.YES : Fit.MAYBE;
  }

  private static boolean text(Fields match, String value) {
    return uri(match, value, false);
  }

  private static boolean uri(Fields uri, String path, boolean ignoreCase) {
    Function<String, String> fold = t -> ignoreCase ? t.toLowerCase(Locale.ROOT) : t;
    String p = fold.apply(path);
    return uri.text("exact").map(e -> fold.apply(e).equals(p)).orElse(true)
        && uri.text("prefix").map(e -> p.startsWith(fold.apply(e))).orElse(true)
        && uri.text("regex").map(r -> PathRegex.whole(r, p) == PathRegex.Match.YES).orElse(true);
  }
}
