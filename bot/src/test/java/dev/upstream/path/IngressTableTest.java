package dev.upstream.path;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upstream.snapshot.Kind;
import dev.upstream.snapshot.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IngressTableTest {
  private static final String HOST = "shop.example.com";

  private record Path(String host, String type, String path, String service) {}

  private static Resource ingress(String name, Map<String, String> annotations, Path... paths) {
    List<Object> rules = new ArrayList<>();
    for (Path p : paths) {
      rules.add(
          Map.of(
              "host",
              p.host(),
              "http",
              Map.of(
                  "paths",
                  List.of(
                      Map.of(
                          "path",
                          p.path(),
                          "pathType",
                          p.type(),
                          "backend",
                          Map.of(
                              "service",
                              Map.of("name", p.service(), "port", Map.of("number", 80))))))));
    }
    return resource(name, annotations, Map.of("rules", rules));
  }

  private static Resource resource(
      String name, Map<String, String> annotations, Map<String, Object> spec) {
    return new Resource(
        Kind.INGRESS,
        Map.of(
            "metadata",
            Map.of("name", name, "namespace", "shop", "annotations", annotations),
            "spec",
            spec));
  }

  private static String taken(IngressTable table, String path) {
    return table.taking(path).map(e -> e.backend().string("service", "name")).orElse("404");
  }

  @ParameterizedTest
  @CsvSource({
    "/, root",
    "/other, root",
    "/api, api-exact",
    "/api/, api-prefix",
    "/api/orders, orders",
    "/api/ordersx, api-prefix",
    "/apix, root",
    "/im, implementation",
    "/imX/y, implementation",
    "/API, root"
  })
  void takesByTypeAndLength(String path, String service) {
    IngressTable table =
        IngressTable.named(
            List.of(
                ingress(
                    "web",
                    Map.of(),
                    new Path(HOST, "Prefix", "/", "root"),
                    new Path(HOST, "Prefix", "/api", "api-prefix"),
                    new Path(HOST, "Exact", "/api", "api-exact"),
                    new Path(HOST, "Prefix", "/api/orders", "orders"),
                    new Path(HOST, "ImplementationSpecific", "/im", "implementation"))),
            HOST);
    assertThat(taken(table, path)).isEqualTo(service);
  }

  @ParameterizedTest
  @CsvSource({
    "/api, slash",
    "/api/, slash",
    "/v1, plain",
    "/v1/, slashed",
    "/im, im",
    "/apix, root"
  })
  void aPathThatEndsWithASlashTakesThePathWithoutIt(String path, String service) {
    IngressTable table =
        IngressTable.named(
            List.of(
                ingress(
                    "web",
                    Map.of(),
                    new Path(HOST, "Prefix", "/", "root"),
                    new Path(HOST, "Prefix", "/api/", "slash"),
                    new Path(HOST, "ImplementationSpecific", "/im/", "im"),
                    new Path(HOST, "ImplementationSpecific", "/v1", "plain"),
                    new Path(HOST, "ImplementationSpecific", "/v1/", "slashed"))),
            HOST);
    assertThat(taken(table, path)).isEqualTo(service);
  }

  @Test
  void exactHostKeepsWildcardOut() {
    List<Resource> ingresses =
        List.of(
            ingress("any", Map.of(), new Path("*.example.com", "Prefix", "/", "wild")),
            ingress("web", Map.of(), new Path(HOST, "Prefix", "/api", "api")));
    assertThat(taken(IngressTable.named(ingresses, HOST), "/")).isEqualTo("404");
    assertThat(taken(IngressTable.named(ingresses, "a.example.com"), "/")).isEqualTo("wild");
    assertThat(taken(IngressTable.named(ingresses, "a.b.example.com"), "/")).isEqualTo("404");
    assertThat(taken(IngressTable.named(ingresses, "example.com"), "/")).isEqualTo("404");
  }

  @Test
  void oneUseRegexTurnsAllPathsOfTheHost() {
    IngressTable table =
        IngressTable.named(
            List.of(
                ingress("web", Map.of(), new Path(HOST, "Exact", "/api", "api")),
                ingress(
                    "other",
                    Map.of("nginx.ingress.kubernetes.io/use-regex", "true"),
                    new Path(HOST, "ImplementationSpecific", "/v[0-9]+/", "versions"))),
            HOST);
    assertThat(taken(table, "/v12/x")).isEqualTo("versions");
    assertThat(taken(table, "/API/orders")).isEqualTo("api");
    assertThat(taken(table, "/x/v12/")).isEqualTo("404");
  }

  @Test
  void givesUpOnAnExpressionThatRunsAway() {
    IngressTable table =
        IngressTable.named(
            List.of(
                ingress(
                    "web",
                    Map.of("nginx.ingress.kubernetes.io/use-regex", "true"),
                    new Path(HOST, "ImplementationSpecific", "/(a+)+$", "evil"),
                    new Path(HOST, "ImplementationSpecific", "/(", "broken"))),
            HOST);
    assertThat(taken(table, "/" + "a".repeat(500) + "!")).isEqualTo("404");
    assertThat(taken(table, "/" + "a".repeat(100_000))).isEqualTo("404");
  }

  @Test
  void defaultBackendTakesTheRestOfItsOwnHosts() {
    Map<String, Object> service = Map.of("name", "rest", "port", Map.of("number", 80));
    Map<String, Object> spec = new java.util.HashMap<>();
    spec.put("defaultBackend", Map.of("service", service));
    Resource alone = resource("alone", Map.of(), spec);
    spec.put("rules", List.of(Map.of("host", HOST)));
    Resource ruled = resource("ruled", Map.of(), spec);
    assertThat(taken(IngressTable.named(List.of(ruled), HOST), "/x")).isEqualTo("rest");
    assertThat(taken(IngressTable.catchAll(List.of(ruled)), "/x")).isEqualTo("404");
    assertThat(taken(IngressTable.catchAll(List.of(alone)), "/x")).isEqualTo("rest");
    assertThat(taken(IngressTable.named(List.of(alone), HOST), "/x")).isEqualTo("404");
  }

  @Test
  void canariesTakeNothingByThemselves() {
    Resource canary =
        ingress(
            "canary",
            Map.of("nginx.ingress.kubernetes.io/canary", "true"),
            new Path(HOST, "Prefix", "/", "canary"));
    Resource web = ingress("web", Map.of(), new Path(HOST, "Prefix", "/", "web"));
    IngressTable table = IngressTable.named(List.of(canary, web), HOST);
    assertThat(taken(table, "/")).isEqualTo("web");
    assertThat(table.canaries()).containsExactly(canary);
  }
}
