package dev.upstream.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.upstream.snapshot.ClusterView;
import dev.upstream.snapshot.Gap;
import dev.upstream.snapshot.Kind;
import dev.upstream.snapshot.Source;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BundleReaderTest {
  private static final String WEB =
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: web, namespace: shop}
      spec: {replicas: 1}
      """;

  @TempDir Path directory;

  private Bundle read(Map<String, String> files) throws IOException {
    return new BundleReader().read(Archives.directory(directory.resolve("in"), files));
  }

  private ClusterView only(Map<String, String> files) throws IOException {
    Map<String, ClusterView> clusters = read(files).snapshot().clusters();
    assertThat(clusters).hasSize(1);
    return clusters.values().iterator().next();
  }

  @Test
  void every_part_of_a_bundle_is_read() throws IOException {
    Bundle bundle = read(Samples.files());
    ClusterView east = bundle.snapshot().cluster("east").orElseThrow();
    ClusterView west = bundle.snapshot().cluster("west").orElseThrow();

    assertThat(bundle.target()).contains("shop.example.com");
    assertThat(bundle.snapshot().at()).isEqualTo(Instant.parse("2026-11-21T10:16:00Z"));
    assertThat(east.objects().find(Kind.VIRTUAL_SERVICE, "shop", "web")).isPresent();
    assertThat(east.objects().find(Kind.DESTINATION_RULE, "shop", "web")).isPresent();
    assertThat(east.proxy("istio-system", "gw-1").orElseThrow().routes().orElseThrow()).hasSize(1);
    assertThat(east.proxy("istio-system", "gw-2").orElseThrow().routes()).isEmpty();
    assertThat(east.controlPlanes().getFirst().namespace()).isEqualTo("istio-system");
    assertThat(east.controlPlanes().getFirst().sync().orElseThrow().getFirst().types())
        .containsEntry("route", "STALE");
    assertThat(east.controlPlanes().getFirst().registry()).hasSize(2);
    assertThat(east.controlPlanes().getFirst().duplicates()).hasSize(1);
    assertThat(east.log("istio-system", "istiod-7d9", "discovery")).isPresent();
    assertThat(east.nodes().getFirst().kubeProxyMode()).contains("ipvs");
    assertThat(west.objects().services()).hasSize(2);
    assertThat(west.reachedBy()).containsExactly("west.example.com", "203.0.113.0/24");
    assertThat(west.gaps()).hasSize(2);
  }

  @Test
  void what_was_collected_is_complete_and_nothing_else() throws IOException {
    Bundle bundle = read(Samples.files());
    ClusterView east = bundle.snapshot().cluster("east").orElseThrow();
    ClusterView west = bundle.snapshot().cluster("west").orElseThrow();

    assertThat(east.complete(Kind.POD, "shop")).isTrue();
    assertThat(east.complete(Kind.POD, "other")).isFalse();
    assertThat(east.complete(Kind.POD, "other", Map.of("istio", "ingressgateway", "app", "gw")))
        .isTrue();
    assertThat(east.complete(Kind.ENDPOINT_SLICE, "shop")).isTrue();
    assertThat(east.complete(Kind.VIRTUAL_SERVICE, "")).isTrue();
    assertThat(east.complete(Kind.INGRESS, "")).isFalse();
    assertThat(west.complete(Kind.SERVICE, "")).isTrue();
    assertThat(west.complete(Kind.POD, "shop")).isFalse();
  }

  @Test
  void an_archive_of_the_directory_itself_is_the_same() throws IOException {
    Map<String, String> nested = new TreeMap<>();
    Samples.files().forEach((path, text) -> nested.put("./capture/" + path, text));
    Path tgz = Archives.write(directory.resolve("b.tgz"), Archives.tgz(nested));
    Path zip = Archives.write(directory.resolve("b.zip"), Archives.zip(Samples.files()));

    assertThat(new BundleReader().read(tgz)).isEqualTo(read(Samples.files()));
    assertThat(new BundleReader().read(zip)).isEqualTo(read(Samples.files()));
  }

  @Test
  void plain_manifests_are_one_cluster_named_default() throws IOException {
    ClusterView view =
        only(
            Map.of(
                "k8s/base/web.yaml", WEB,
                "k8s/service.yml", "apiVersion: v1\nkind: Service\nmetadata: {name: web}\n",
                "values.yaml", "replicas: 3\nlist: [a, b]\n",
                "Chart.yaml", "apiVersion: v2\nname: shop\n",
                "patch.yaml", "- op: replace\n  path: /spec/replicas\n  value: 3\n",
                "package.json", "{\"name\": \"shop\", \"kind\": 1}",
                "README.md", "# shop"));

    assertThat(view.name()).isEqualTo("default");
    assertThat(view.manifestsOnly()).isTrue();
    assertThat(view.gaps()).isEmpty();
    assertThat(view.objects().find(Kind.DEPLOYMENT, "shop", "web")).isPresent();
    assertThat(view.objects().service("default", "web")).isPresent();
    assertThat(view.complete(Kind.VIRTUAL_SERVICE, "")).isTrue();
    assertThat(view.complete(Kind.INGRESS_CLASS, "")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          spec: {replicas: "three"}                                              | spec.replicas
          spec: {replicas: "3"}                                                  | spec.replicas
          spec: {replicas: 1.5}                                                  | spec.replicas
          spec: {replicas: [1]}                                                  | spec.replicas
          spec: {selector: {matchLabels: {app: true}}}                           | spec.selector.matchLabels.app
          spec: {template: {metadata: {labels: {v: 1}}}}                         | spec.template.metadata.labels.v
          spec: {template: {spec: {containers: {name: web}}}}                    | spec.template.spec.containers
          spec: {template: {spec: {containers: [{name: w, ports: [{containerPort: http}]}]}}} | spec.template.spec.containers[0].ports[0].containerPort
          spec: web                                                              | spec
          """)
  void a_field_of_a_wrong_type_is_a_gap_and_the_rest_is_read(String spec, String field)
      throws IOException {
    String bad =
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: bad, namespace: shop}\n" + spec;
    ClusterView view = only(Map.of("resources/x.yaml", WEB + "---\n" + bad));

    assertThat(view.objects().all()).hasSize(1);
    assertThat(view.gaps())
        .containsExactly(
            new Gap(
                "default",
                Source.OBJECTS,
                "deployments in shop (resources/x.yaml document 2)",
                Gap.Cause.UNPARSED,
                "The type of " + field + " is wrong.",
                "Correct that document and check again."));
    assertThat(view.complete(Kind.DEPLOYMENT, "shop")).isFalse();
    assertThat(view.complete(Kind.DEPLOYMENT, "other")).isTrue();
  }

  @Test
  void wrong_types_in_the_mesh_and_gateway_api_are_gaps_whatever_the_version() throws IOException {
    ClusterView view =
        only(
            Map.of(
                "resources/x.yaml",
                """
                apiVersion: networking.istio.io/v1beta1
                kind: VirtualService
                metadata: {name: a, namespace: shop}
                spec: {hosts: [a], http: [{route: [{destination: {host: a}, weight: "95"}]}]}
                ---
                apiVersion: networking.istio.io/v1alpha3
                kind: DestinationRule
                metadata: {name: b, namespace: shop}
                spec: {host: [b]}
                ---
                apiVersion: networking.istio.io/v1
                kind: ServiceEntry
                metadata: {name: c, namespace: shop}
                spec: {hosts: c.example.com}
                ---
                apiVersion: gateway.networking.k8s.io/v1beta1
                kind: HTTPRoute
                metadata: {name: d, namespace: shop}
                spec: {rules: {}}
                """));

    assertThat(view.objects().all()).isEmpty();
    assertThat(view.gaps())
        .extracting(Gap::detail)
        .containsExactly(
            "The type of spec.host is wrong.",
            "The type of spec.rules is wrong.",
            "The type of spec.hosts is wrong.",
            "The type of spec.http[0].route[0].weight is wrong.");
  }

  @Test
  void every_kind_in_full_bloom_has_right_types() throws IOException {
    ClusterView view = only(Map.of("resources/bloom.yaml", Bloom.YAML));

    assertThat(view.gaps()).isEmpty();
    assertThat(view.objects().all()).hasSize(Bloom.OBJECTS);
  }

  @Test
  void a_document_that_is_no_yaml_names_its_kind_where_it_can_be_read() throws IOException {
    ClusterView view =
        only(
            Map.of(
                "resources/x.yaml",
                WEB
                    + "---\n"
                    + "apiVersion: v1\n"
                    + "kind: Pod\n"
                    + "metadata:\n"
                    + "  name: a\n"
                    + "  namespace: pay\n"
                    + "spec: {\n"
                    + "---\n"
                    + "\t- what\n"
                    + "---\n"
                    + "apiVersion: v1\n"
                    + "kind: Whatever\n"
                    + "spec: [\n",
                "resources/cut.json",
                "{\"apiVersion\": \"v1\", \"kind\": \"List\", \"items\": [{\"apiVersion\": \"v1\","
                    + " \"kind\": \"Node\", \"metadata\": {\"name\": \"n1\"}}, {\"apiVe",
                "resources/wrong.json",
                "[1, 2]"));

    assertThat(view.objects().all()).hasSize(2);
    assertThat(view.gaps())
        .extracting(Gap::scope)
        .containsExactly(
            "* (resources/cut.json document 1)",
            "* (resources/wrong.json document 1)",
            "* (resources/x.yaml document 3)",
            "pods in pay (resources/x.yaml document 2)");
    assertThat(view.complete(Kind.NODE, "")).isFalse();
    assertThat(view.gaps()).allMatch(g -> g.cause() == Gap.Cause.UNPARSED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "apiVersion: v1\n"
            + "kind: List\n"
            + "items:\n"
            + "- apiVersion: v1\n"
            + "  kind: Service\n"
            + "  metadata:\n"
            + "\tname: x\n",
        "apiVersion: v1\nkind: [Service]\nmetadata: {name: x, namespace: shop}\n",
        "apiVersion: {v1: x}\nkind: Service\nmetadata: {name: x, namespace: shop}\n",
        "apiVersion:\nkind: Ingress\nmetadata: {name: x}\nspec: {\n",
        "- apiVersion: v1\n  kind: Service\n  metadata: {name: x}\n",
        "{{- if .Values.x }}\n- nothing: {{ here }}\n",
      })
  void a_file_that_could_have_held_anything_leaves_no_absence(String bad) throws IOException {
    for (String folder : new String[] {"", "resources/"}) {
      ClusterView view = only(Map.of(folder + "a.yaml", WEB, folder + "svc.yaml", bad));

      assertThat(view.gaps())
          .extracting(g -> g.scope() + " " + g.cause())
          .containsExactly("* (" + folder + "svc.yaml document 1) UNPARSED");
      assertThat(view.complete(Kind.VIRTUAL_SERVICE, "shop")).isFalse();
    }
  }

  @Test
  void json_that_is_cut_off_leaves_no_absence() throws IOException {
    String cut =
        "[{\"apiVersion\": \"v1\", \"kind\": \"Service\", \"metadata\": {\"name\": \"web\"";
    ClusterView view = only(Map.of("a.yaml", WEB, "svc.json", cut));

    assertThat(view.gaps()).extracting(Gap::scope).containsExactly("* (svc.json document 1)");
    assertThat(view.complete(Kind.INGRESS, "shop")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE", "UTF-8"})
  void manifests_are_read_in_every_encoding_of_unicode(String encoding) throws IOException {
    for (String mark : new String[] {"", "\uFEFF"}) {
      Path in = Files.createDirectories(directory.resolve("in" + mark.length()));
      Files.write(in.resolve("a.yaml"), (mark + WEB).getBytes(Charset.forName(encoding)));
      ClusterView view = new BundleReader().read(in).snapshot().cluster("default").orElseThrow();

      assertThat(view.gaps()).isEmpty();
      assertThat(view.objects().find(Kind.DEPLOYMENT, "shop", "web")).isPresent();
    }
  }

  @Test
  void a_pod_whose_metadata_cannot_be_read_may_be_in_any_namespace() throws IOException {
    ClusterView view =
        only(
            Map.of(
                "resources/x.yaml",
                WEB
                    + """
                    ---
                    {apiVersion: v1, kind: Pod, metadata: "-1"}
                    ---
                    {apiVersion: v1, kind: Pod, metadata: {name: a, namespace: [shop]}}
                    """));

    assertThat(view.gaps())
        .extracting(Gap::scope)
        .containsExactly(
            "pods (resources/x.yaml document 2)", "pods (resources/x.yaml document 3)");
    assertThat(view.complete(Kind.POD, "shop")).isFalse();
  }

  @Test
  void names_that_kubernetes_would_not_take_are_refused() throws IOException {
    ClusterView view =
        only(
            Map.of(
                "resources/x.yaml",
                """
                {apiVersion: v1, kind: Pod, metadata: {name: "../../x", namespace: shop}}
                ---
                {apiVersion: v1, kind: Pod, metadata: {name: a, namespace: "<!channel>"}}
                ---
                {apiVersion: v1, kind: Pod, metadata: {namespace: shop}}
                ---
                {apiVersion: v1, kind: Pod}
                ---
                {apiVersion: networking.k8s.io/v1beta1, kind: Ingress, metadata: {name: old}}
                """));

    assertThat(view.objects().all()).isEmpty();
    assertThat(view.gaps()).hasSize(5);
    assertThat(view.gaps().toString()).doesNotContain("..").doesNotContain("<");
  }

  @Test
  void of_two_that_differ_the_first_counts_and_the_other_is_a_gap() throws IOException {
    ClusterView view =
        only(
            Map.of(
                "a.yaml", WEB,
                "b.yaml", WEB,
                "c.yaml", WEB.replace("replicas: 1", "replicas: 0")));

    assertThat(view.objects().all()).hasSize(1);
    assertThat(view.objects().all().getFirst().at("spec").string("replicas")).isEqualTo("1");
    assertThat(view.gaps())
        .extracting(Gap::scope)
        .containsExactly("deployments in shop (c.yaml document 1)");
  }

  @Test
  void an_answer_of_a_proxy_that_is_none_is_a_gap_and_not_an_empty_proxy() throws IOException {
    Map<String, String> files = new TreeMap<>(Samples.files());
    files.put("clusters/east/proxies/istio-system/gw-1/clusters.json", "{\"error\": \"404\"}");
    files.put("clusters/east/proxies/istio-system/gw-2/clusters.json", "not found");
    files.put("clusters/east/istiod/istiod-7d9/syncz.json", "{\"cut");
    ClusterView east = read(files).snapshot().cluster("east").orElseThrow();

    assertThat(east.proxies()).isEmpty();
    assertThat(east.controlPlanes().getFirst().sync()).isEmpty();
    assertThat(east.gaps())
        .extracting(g -> g.source() + " " + g.scope() + " " + g.cause())
        .containsExactlyInAnyOrder(
            "PROXY istio-system/gw-1 UNPARSED",
            "PROXY istio-system/gw-1 NOT_COLLECTED",
            "PROXY istio-system/gw-2 UNPARSED",
            "ISTIOD istiod-7d9 UNPARSED");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '#',
      textBlock =
          """
          proxies/a/p/clusters.json    | {"cluster_statuses": [{"name": "x", "host_statuses": ["?"]}]}
          proxies/a/p/clusters.json    | {"cluster_statuses": [{"name": "x", "host_statuses": {}}]}
          proxies/a/p/clusters.json    | {"cluster_statuses": [{"name": "x", "host_statuses": [{"address": "1.2.3.4"}]}]}
          proxies/a/p/clusters.json    | {"cluster_statuses": [{"name": "x", "host_statuses": [{"address": {}, "health_status": {"failed_outlier_check": "true"}}]}]}
          proxies/a/p/clusters.json    | {"cluster_statuses": [{"name": ["x"]}]}
          proxies/a/p/config_dump.json | {"configs": [{"dynamic_route_configs": [{"route_config": {"virtual_hosts": [{"routes": [{"route": {"weighted_clusters": {"clusters": [{"name": "x", "weight": "-"}]}}}]}]}}]}]}
          proxies/a/p/config_dump.json | {"configs": [{"dynamic_route_configs": [{"route_config": {"virtual_hosts": [{"routes": [{"route": {"weighted_clusters": {"clusters": [{"name": "x", "weight": 1.5}]}}}]}]}}]}]}
          proxies/a/p/config_dump.json | {"configs": [{"dynamic_route_configs": [{"route_config": {"virtual_hosts": ["x"]}}]}]}
          proxies/a/p/config_dump.json | {"configs": [null, {"dynamic_route_configs": 3}]}
          istiod/i/syncz.json          | [{"proxy": "p.a", "route_sent": 3}]
          istiod/i/syncz.json          | [3]
          """)
  void a_value_of_an_answer_that_cannot_be_read_is_a_gap_and_counts_for_nothing(
      String path, String content) throws IOException {
    ClusterView view = only(Map.of("resources/a.yaml", WEB, path, content));

    assertThat(view.gaps())
        .extracting(Gap::cause, Gap::detail)
        .contains(tuple(Gap.Cause.UNPARSED, path + ": It is not what the name says."));
    assertThat(view.proxies().stream().filter(p -> p.routes().isPresent())).isEmpty();
    assertThat(view.controlPlanes().stream().filter(c -> c.sync().isPresent())).isEmpty();
  }

  @Test
  void what_a_foreign_bundle_says_in_its_notes_and_keys_is_masked() throws IOException {
    ClusterView view =
        only(
            Map.of(
                "bundle.yaml",
                "gaps: [{source: log, scope: 'token=hunter2', cause: TIMEOUT,"
                    + " detail: 'password=hunter2', remedy: 'Bearer hunter2'}]",
                "resources/a.yaml",
                "{apiVersion: v1, kind: Pod, metadata: {name: q, namespace: shop,"
                    + " labels: {'password=hunter2': [1]}}}"));

    assertThat(view.gaps()).hasSize(2);
    assertThat(view.gaps().toString()).doesNotContain("hunter2");
  }

  @Test
  void an_over_long_log_keeps_its_end_and_says_so() throws IOException {
    Path in =
        Archives.directory(
            directory.resolve("in"), Map.of("logs/shop/web/istio-proxy.log", "a\nb\nc\nd\n"));
    ClusterView view =
        new BundleReader(Limits.USUAL.logLines(2))
            .read(in)
            .snapshot()
            .cluster("default")
            .orElseThrow();

    assertThat(view.logs().getFirst().lines()).containsExactly("c", "d");
    assertThat(view.logs().getFirst().truncated()).isTrue();
    assertThat(view.gaps())
        .extracting(g -> g.source() + " " + g.scope() + " " + g.cause())
        .containsExactly("LOG shop/web/istio-proxy TRUNCATED");
  }

  @Test
  void notes_that_cannot_be_read_leave_nothing_complete() throws IOException {
    for (String notes :
        new String[] {
          "collected: everything", "gaps: [1]", "capturedAt: yesterday", "a: [", "- x"
        }) {
      ClusterView view = only(Map.of("bundle.yaml", notes, "resources/a.yaml", WEB));
      assertThat(view.gaps()).extracting(Gap::scope).containsExactly("* (bundle.yaml)");
      assertThat(view.complete(Kind.INGRESS, "shop")).isFalse();
    }
  }

  @Test
  void now_is_the_newest_time_that_the_recording_shows() throws IOException {
    Map<String, String> files = new TreeMap<>();
    files.put(
        "a.yaml",
        WEB.replace(
            "namespace: shop", "namespace: shop, creationTimestamp: \"2026-01-01T00:00:00Z\""));
    assertThat(read(files).snapshot().at()).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));

    files.put("b.yaml", Samples.SHOP);
    assertThat(read(files).snapshot().at()).isEqualTo(Instant.parse("2026-11-21T09:00:00Z"));

    files.put(
        "c.yaml",
        """
        apiVersion: coordination.k8s.io/v1
        kind: Lease
        metadata: {name: node-a, namespace: kube-node-lease}
        spec: {renewTime: "2026-11-21T09:30:00.000000Z"}
        """);
    assertThat(read(files).snapshot().at()).isEqualTo(Instant.parse("2026-11-21T09:30:00Z"));

    files.put("logs/shop/web/web.log", "2026-11-21T09:31:00.5Z stdout F hello\nno time\n");
    assertThat(read(files).snapshot().at()).isEqualTo(Instant.parse("2026-11-21T09:31:00.5Z"));

    files.put(
        "logs/ingress-nginx/c/controller.log",
        "2026/11/21 09:32:00 [error] 30#30: *5 connect() failed (111: Connection refused)\n");
    assertThat(read(files).snapshot().at()).isEqualTo(Instant.parse("2026-11-21T09:32:00Z"));
  }

  @Test
  void a_container_with_nothing_of_a_capture_is_refused() {
    assertThatThrownBy(() -> read(Map.of("README.md", "# hello", "a.txt", "x")))
        .isInstanceOf(BadBundle.class)
        .hasMessageContaining("holds neither");
  }

  @Test
  void a_document_larger_than_its_cap_is_a_gap() throws IOException {
    Path in =
        Archives.directory(
            directory.resolve("in"),
            Map.of(
                "resources/a.yaml",
                WEB,
                "resources/b.yaml",
                WEB.replace("web", "b") + "#" + "x".repeat(500)));
    ClusterView view =
        new BundleReader(Limits.USUAL.document(400))
            .read(in)
            .snapshot()
            .cluster("default")
            .orElseThrow();

    assertThat(view.objects().all()).hasSize(1);
    assertThat(view.gaps())
        .extracting(Gap::scope)
        .containsExactly("* (resources/b.yaml document 1)");
  }

  @Test
  void cluster_names_survive_as_directories() {
    for (String name :
        new String[] {
          "east", "arn:aws:eks:eu:1:cluster/x", "..", ".", "a b%c", "ä/😀", "x@y_z-1.2"
        }) {
      String directory = ClusterNames.encoded(name);
      assertThat(directory).matches("[A-Za-z0-9%@_-][A-Za-z0-9._@%-]*");
      assertThat(ClusterNames.decoded(directory)).isEqualTo(name);
    }
    assertThat(ClusterNames.decoded("a%0Ab")).isEqualTo("a%0Ab");
  }
}
