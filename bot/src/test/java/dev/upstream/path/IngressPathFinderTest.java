package dev.upstream.path;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upstream.snapshot.ClusterView;
import dev.upstream.snapshot.Coverage;
import dev.upstream.snapshot.Kind;
import dev.upstream.snapshot.Objects;
import dev.upstream.snapshot.Resource;
import dev.upstream.snapshot.Snapshot;
import dev.upstream.target.TargetParser;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class IngressPathFinderTest {
  private static final Map<String, Object> BACKEND =
      Map.of("service", Map.of("name", "web", "port", Map.of("number", 80)));

  private static Resource object(
      Kind kind, String namespace, String name, Map<String, Object> spec) {
    return new Resource(
        kind, Map.of("metadata", Map.of("namespace", namespace, "name", name), "spec", spec));
  }

  /** An Ingress of class nginx with one rule a host; an empty host is left out. */
  private static Resource ingress(String namespace, String name, String... hosts) {
    List<Object> rules = new ArrayList<>();
    for (String host : hosts) {
      Map<String, Object> rule = new HashMap<>();
      if (!host.isEmpty()) {
        rule.put("host", host);
      }
      rule.put(
          "http",
          Map.of("paths", List.of(Map.of("path", "/", "pathType", "Prefix", "backend", BACKEND))));
      rules.add(rule);
    }
    return object(
        Kind.INGRESS, namespace, name, Map.of("ingressClassName", "nginx", "rules", rules));
  }

  private static Resolution find(String target, Resource... more) {
    List<Resource> all = new ArrayList<>(Arrays.asList(more));
    all.add(object(Kind.INGRESS_CLASS, "", "nginx", Map.of("controller", "k8s.io/ingress-nginx")));
    all.add(object(Kind.SERVICE, "shop", "web", Map.of("ports", List.of(Map.of("port", 80)))));
    Objects objects = new Objects(all);
    ClusterView view =
        new ClusterView(
            "east",
            objects,
            Coverage.inferred(objects),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of());
    return PathFinder.find(
        Snapshot.of(Instant.EPOCH, List.of(view)),
        new Ask(
            TargetParser.parse(target).orElseThrow(), "east", Optional.empty(), Optional.empty()));
  }

  private static List<RequestPath> paths(String target, Resource... more) {
    assertThat(find(target, more)).isInstanceOf(Resolution.Found.class);
    return ((Resolution.Found) find(target, more)).paths();
  }

  @Test
  void eachHostOfAnIngressIsARouteOfItsOwn() {
    assertThat(paths("ingress/shop/web", ingress("shop", "web", "a.example.com", "b.example.com")))
        .extracting(RequestPath::host)
        .containsExactly("a.example.com", "b.example.com");
  }

  @Test
  void aRuleWithoutHostTakesWhatNobodyNames() {
    Resource any = ingress("shop", "any", "");
    Resource named = ingress("shop", "named", "a.example.com");
    assertThat(paths("b.example.com", any, named))
        .singleElement()
        .satisfies(p -> assertThat(p.hops().getFirst().ref().name()).isEqualTo("any"));
    assertThat(paths("a.example.com", any, named))
        .singleElement()
        .satisfies(p -> assertThat(p.hops().getFirst().ref().name()).isEqualTo("named"));
    assertThat(paths("ingress/any", any, named))
        .extracting(RequestPath::host)
        .containsExactly(IngressRules.ANY_HOST);
  }

  @Test
  void aNameInSeveralNamespacesIsAsked() {
    assertThat(
            find(
                "ingress/web",
                ingress("shop", "web", "a.example.com"),
                ingress("other", "web", "b.example.com")))
        .isEqualTo(
            new Resolution.Ambiguous(
                List.of(
                    new Choice("ingress/other/web", "other"),
                    new Choice("ingress/shop/web", "shop"))));
  }

  @Test
  void aHostThatNothingTakesIsNotFound() {
    assertThat(find("b.example.com", ingress("shop", "named", "a.example.com")))
        .isInstanceOf(Resolution.NotFound.class);
  }
}
