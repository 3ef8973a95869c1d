package dev.upstream.path;

import dev.upstream.path.RuleMatch.Fit;
import dev.upstream.path.VirtualServices.Rule;
import dev.upstream.snapshot.AccessLogLine;
import dev.upstream.snapshot.ClusterView;
import dev.upstream.snapshot.Fields;
import dev.upstream.snapshot.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The rules that one kind of proxy has for a host, in the order in which it tries them. */
public final class RouteTable {
  private final List<Rule> rules;
  private final RuleMatch.Router router;

  private RouteTable(List<Rule> rules, RuleMatch.Router router) {
    this.rules = List.copyOf(rules);
    this.router = router;
  }

  /**
   * Which rules take a request.
   *
   * @param rules one, or several where each is a route of its own
   * @param doubtful rules that would come first, if what they look at were known
   */
  record Chosen(List<Rule> rules, List<Rule> doubtful) {}

  /** A rule among those that a proxy tries. */
  public record Taken(RouteTable table, Rule rule) {}

  /**
   * Gateways join the VirtualServices of a host by age and try rules without a match last; sidecars
   * use one (istio.io/istio pilot/pkg/networking/core/gateway.go, route.CombineVHostRoutes).
   */
  static RouteTable of(ClusterView cluster, RuleMatch.Router router, String host) {
    List<Resource> all =
        VirtualServices.forHost(cluster, router.gateway(), router.namespace(), host);
    boolean mesh = router.gateway().equals("mesh");
    List<Rule> rules =
        (mesh ? all.stream().limit(1) : all.stream())
            .flatMap(v -> VirtualServices.rules(v).stream())
            .toList();
    return new RouteTable(mesh || all.size() == 1 ? rules : catchAllsLast(rules), router);
  }

  private static List<Rule> catchAllsLast(List<Rule> rules) {
    return Stream.concat(
            rules.stream().filter(r -> !r.takesEverything()),
            rules.stream().filter(Rule::takesEverything))
        .toList();
  }

  boolean isEmpty() {
    return rules.isEmpty();
  }

  /**
   * The first rule that takes the request; without a path the one that takes {@code /}, else every
   * rule on its own (RULES.md R6).
   *
   * @param destination the Envoy cluster that a logged request was routed to
   */
  Chosen choose(Request request, Optional<String> destination) {
    Optional<Rule> logged =
        destination.flatMap(
            d ->
                rules.stream()
                    .filter(r -> RuleMatch.of(r, request, router) != Fit.NO && leadsTo(r, d))
                    .findFirst());
    if (logged.isPresent()) {
      return new Chosen(List.of(logged.get()), List.of());
    }
    Request plain =
        new Request(
            request.host(),
            request.port(),
            request.path(),
            request.method(),
            request.scheme(),
            true);
    List<Rule> doubtful = new ArrayList<>();
    for (Rule rule : rules) {
      switch (RuleMatch.of(rule, plain, router)) {
        case YES -> {
          return new Chosen(List.of(rule), doubtful);
        }
        case MAYBE -> doubtful.add(rule);
        case NO -> {}
      }
    }
    boolean given = request.path().isPresent();
    return new Chosen(given ? doubtful : rules, doubtful);
  }

  /** Whether the rule has the destination of {@code outbound|80|v1|web.shop.svc.cluster.local}. */
  private static boolean leadsTo(Rule rule, String envoyCluster) {
    String[] parts = envoyCluster.split("\\|", -1);
    return parts.length == 4
        && rule.http().list("route").stream()
            .map(r -> r.at("destination"))
            .anyMatch(
                d ->
                    HostNames.full(d.string("host"), rule.virtualService().namespace())
                            .equals(parts[3])
                        && d.string("subset").equals(parts[2]));
  }

  /** Whether a logged request may have gone by a rule: by the route's name, else by its match. */
  boolean mayHaveTaken(Rule rule, AccessLogLine line) {
    boolean named = !line.route().isEmpty() && rules.stream().anyMatch(r -> isNamed(r, line));
    if (named) {
      return isNamed(rule, line);
    }
    String path = line.path();
    int query = path.indexOf('?');
    Request request =
        new Request(
            HostNames.withoutPort(line.authority()),
            Optional.empty(),
            Optional.of(query < 0 ? path : path.substring(0, query)),
            Optional.of(line.method()),
            Optional.empty(),
            false);
    for (Rule earlier : rules) {
      Fit fit = RuleMatch.of(earlier, request, router);
      if (earlier.index() == rule.index()
          && earlier.virtualService().ref().equals(rule.virtualService().ref())) {
        return fit != Fit.NO;
      }
      if (fit == Fit.YES) {
        return false;
      }
    }
    return false;
  }

  /** Istio puts a match's own name behind the rule's. */
  private static boolean isNamed(Rule rule, AccessLogLine line) {
    return rule.http()
        .text("name")
        .filter(n -> !n.isEmpty())
        .map(n -> line.route().equals(n) || line.route().startsWith(n + "."))
        .orElse(false);
  }

  /** The path behind a rule that rewrites it; empty where that can't be told. */
  Optional<String> rewritten(Rule rule, Request request) {
    String path = request.pathOrRoot();
    Optional<String> uri = rule.http().text("rewrite", "uri");
    if (rule.http().at("rewrite", "uriRegexRewrite").present()) {
      return Optional.empty();
    }
    if (uri.isEmpty()) {
      return Optional.of(path);
    }
    Fields match =
        RuleMatch.taking(rule, request, router).map(m -> m.at("uri")).orElse(Fields.of(null));
    if (match.text("regex").isPresent()) {
      return Optional.empty();
    }
    if (match.text("exact").isPresent()) {
      return uri;
    }
    String rest =
        path.substring(Math.min(path.length(), match.text("prefix").orElse("/").length()));
    return Optional.of((uri.get() + (rest.startsWith("/") ? "" : "/") + rest).replace("//", "/"))
        .map(p -> rest.isEmpty() ? uri.get() : p);
  }
}
