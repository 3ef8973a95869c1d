package dev.upstream.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upstream.snapshot.ClusterView;
import dev.upstream.snapshot.ControlPlaneView;
import dev.upstream.snapshot.Coverage;
import dev.upstream.snapshot.Gap;
import dev.upstream.snapshot.Kind;
import dev.upstream.snapshot.LogExcerpt;
import dev.upstream.snapshot.NodeView;
import dev.upstream.snapshot.Objects;
import dev.upstream.snapshot.ProxyView;
import dev.upstream.snapshot.Snapshot;
import dev.upstream.snapshot.Source;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleRoundTripTest {
  @TempDir Path directory;

  private Bundle again(Bundle bundle, String name) throws IOException {
    Path where = directory.resolve(name);
    new BundleWriter().write(bundle, where);
    return new BundleReader().read(where);
  }

  @Test
  void what_is_written_reads_back_equal_as_directory_and_as_archive() throws IOException {
    Bundle bundle =
        new BundleReader().read(Archives.directory(directory.resolve("in"), Samples.files()));
    ClusterView east = bundle.snapshot().cluster("east").orElseThrow();

    assertThat(east.objects().all()).hasSize(9);
    assertThat(east.proxies()).hasSize(2);
    assertThat(east.controlPlanes()).hasSize(1);
    assertThat(east.logs())
        .extracting(LogExcerpt::container)
        .containsOnly("istio-proxy", "discovery");
    assertThat(east.nodes()).hasSize(1);
    assertThat(east.gaps()).isEmpty();
    assertThat(again(bundle, "out")).isEqualTo(bundle);
    assertThat(again(bundle, "out.tgz")).isEqualTo(bundle);
    assertThat(again(bundle, "out.tar.gz")).isEqualTo(bundle);
  }

  @Test
  void a_recording_that_says_nothing_of_what_it_holds_keeps_what_was_inferred() throws IOException {
    Map<String, String> files = new TreeMap<>(Samples.files());
    files.remove("bundle.yaml");
    files.put(
        "clusters/east/resources/bad.yaml", "apiVersion: v1\nkind: Pod\nmetadata: {name: [}\n");
    Bundle bundle = new BundleReader().read(Archives.directory(directory.resolve("in"), files));

    assertThat(bundle.snapshot().gaps()).hasSize(1);
    assertThat(bundle.snapshot().at()).isEqualTo(Instant.parse("2026-11-21T10:15:59Z"));
    assertThat(again(bundle, "out.tgz")).isEqualTo(bundle);
  }

  @Test
  void names_that_are_no_file_names_and_parts_that_were_not_read_survive() throws IOException {
    Gap gap =
        new Gap(
            "arn:aws:eks:eu-1:12:cluster/prod",
            Source.NODE,
            "node-a",
            Gap.Cause.NOT_COLLECTED,
            "line one\n\"quoted\": yes",
            "");
    Coverage.Entry some =
        new Coverage.Entry(
            Set.of(Kind.POD, Kind.ISTIO_GATEWAY, Kind.GATEWAY),
            Set.of("b", "a"),
            Map.of("app.kubernetes.io/name", "x", "y", "z"));
    ClusterView odd =
        new ClusterView(
            "arn:aws:eks:eu-1:12:cluster/prod",
            new Objects(List.of()),
            new Coverage(List.of(some, Coverage.Entry.everywhere(Kind.NODE)), List.of()),
            List.of(new ProxyView("a", "p", List.of(), Optional.of(List.of()))),
            List.of(
                new ControlPlaneView(
                    "mesh",
                    "istiod-1",
                    Optional.empty(),
                    List.of(),
                    List.of(),
                    Map.of(),
                    Map.of())),
            List.of(
                new NodeView(
                    "n1",
                    Map.of(),
                    Optional.empty(),
                    Optional.of(List.of()),
                    Optional.empty(),
                    Optional.empty())),
            List.of(
                new LogExcerpt("a", "p", "istio-proxy", true, List.of(), true),
                new LogExcerpt("a", "p", "istio-proxy", false, List.of("", "x", ""), false)),
            List.of(gap),
            List.of("*.example.com"));
    ClusterView unseen = ClusterView.unseen("..", List.of(), List.of());
    Bundle bundle =
        new Bundle(
            Snapshot.of(Instant.parse("2026-11-21T10:16:00.123Z"), List.of(odd, unseen)),
            Optional.of("no"),
            Optional.of("two\nlines: #1"));

    assertThat(again(bundle, "out.tgz")).isEqualTo(bundle);
    assertThat(again(bundle, "out")).isEqualTo(bundle);
  }

  @Test
  void the_same_snapshot_gives_the_same_bytes() throws IOException {
    Bundle bundle =
        new BundleReader().read(Archives.directory(directory.resolve("in"), Samples.files()));
    new BundleWriter().write(bundle, directory.resolve("a.tgz"));
    new BundleWriter().write(again(bundle, "b"), directory.resolve("c.tgz"));

    assertThat(Files.readAllBytes(directory.resolve("a.tgz")))
        .isEqualTo(Files.readAllBytes(directory.resolve("c.tgz")));
  }

  @Test
  void a_directory_with_something_in_it_is_not_written_over() throws IOException {
    Bundle bundle =
        new BundleReader().read(Archives.directory(directory.resolve("in"), Samples.files()));
    assertThatThrownBy(() -> new BundleWriter().write(bundle, directory.resolve("in")))
        .isInstanceOf(BadBundle.class)
        .hasMessageContaining("something is there already");
  }

  @Test
  void no_secret_of_a_raw_capture_is_in_any_byte_that_is_written() throws IOException {
    Map<String, String> files = new TreeMap<>(Samples.files());
    files.put("clusters/east/resources/secret.yaml", SECRETS);
    files.put(
        "clusters/east/logs/shop/web/controller.log",
        """
        2026-11-21T10:15:00.000000000Z stdout P connecting with Authorization: Bear
        2026-11-21T10:15:00.000000001Z stdout F er SECRETinparts.abcdef
        2026-11-21T10:15:01.000Z 198.51.100.9 - SECRETuser [21/Nov/2026:10:15:01 +0000] "GET /a?SECRETquery=1 HTTP/1.1" 502 150 "http://x/?SECRETreferrer" "SECRETagent" 100 0.001 [shop-web-80] [] 10.244.0.12:8080 0 0.000 502 5f
        2026/11/21 10:15:02 [error] 30#30: *5 connect() failed (111: Connection refused) while connecting to upstream, client: 198.51.100.9, server: x, request: "GET /?SECRETerror HTTP/1.1", upstream: "http://10.244.0.12:8080/?SECRETupstream", host: "x", referrer: "http://SECRETreferrer2/"
        postgres://app:SECRETpassword@db/shop password=SECRETplain set-cookie: sid=SECRETcookie
        """);
    files.put(
        "clusters/east/nodes/node-a/sysctl.txt",
        "net.ipv4.tcp_fastopen_key = SECRETkey\nnet.ipv4.ip_forward = 1\n");
    Bundle bundle = new BundleReader().read(Archives.directory(directory.resolve("in"), files));
    assertThat(bundle.snapshot().cluster("east").orElseThrow().objects().all()).hasSize(15);

    new BundleWriter().write(bundle, directory.resolve("out"));
    try (var written = Files.walk(directory.resolve("out"))) {
      for (Path file : written.filter(Files::isRegularFile).toList()) {
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        assertThat(text)
            .as(file.toString())
            .doesNotContain("SECRET")
            .doesNotContain("s3cr3t")
            .doesNotContain("198.51.100");
      }
    }
    assertThat(Files.walk(directory.resolve("out")).filter(Files::isRegularFile).count())
        .isGreaterThan(15);
  }

  private static final String SECRETS =
      """
      apiVersion: v1
      kind: Secret
      metadata: {name: token, namespace: shop}
      stringData: {password: SECRETvalue}
      ---
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: api
        namespace: shop
        annotations:
          kubectl.kubernetes.io/last-applied-configuration: '{"env": "SECRETapplied"}'
          vault: SECRETannotation
      spec:
        selector: {matchLabels: {app: api}}
        template:
          metadata:
            labels: {app: api}
            annotations: {x: SECRETtemplate}
          spec:
            volumes: [{name: v, csi: {driver: x, volumeAttributes: {key: SECRETvolume}}}]
            initContainers: [{name: i, image: x, env: [{name: A, value: SECRETinit}]}]
            containers:
              - name: api
                image: shop/api:1
                env: [{name: DB_PASSWORD, value: SECRETenv}]
                args: ["--token=SECRETargument", "--controller-class=k8s.io/x", SECRETbare]
                command: ["/bin/sh", "-c", "login SECRETcommand"]
                lifecycle: {preStop: {exec: {command: ["SECRETprestop"]}}}
                livenessProbe:
                  exec: {command: ["check", "SECRETprobe"]}
                readinessProbe:
                  httpGet:
                    path: /ready?key=SECRETpath
                    port: 8080
                    httpHeaders: [{name: Authorization, value: SECRETheader}]
      ---
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: settings, namespace: shop}
      data: {password: SECRETconfig, mesh: "defaultConfig:\\n  secret: SECRETmesh\\n"}
      ---
      apiVersion: networking.istio.io/v1alpha3
      kind: EnvoyFilter
      metadata: {name: add-header, namespace: shop}
      spec:
        configPatches:
          - applyTo: HTTP_FILTER
            patch:
              operation: ADD
              value: {request_headers_to_add: [{header: {key: x-auth, value: SECRETfilter}}]}
      ---
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata: {name: api, namespace: shop}
      spec:
        hosts: [api]
        http:
          - match:
              - headers: {authorization: {exact: SECRETmatch}, x-version: {exact: v2}}
            headers: {request: {set: {x-key: SECRETset}, add: {x-other: SECRETadd}}}
            route: [{destination: {host: api}}]
      ---
      apiVersion: v1
      kind: Event
      metadata:
        name: api.17b
        namespace: shop
        annotations: {x: SECRETeventannotation}
      involvedObject: {kind: Pod, namespace: shop, name: api}
      reason: Failed
      message: "pull failed: Authorization: Bearer SECRETbearertoken at https://u:SECRETurl@r/x?k=SECRETq"
      lastTimestamp: "2026-11-21T08:59:30Z"
      ---
      apiVersion: networking.k8s.io/v1
      kind: Ingress
      metadata:
        name: api
        namespace: shop
        annotations:
          nginx.ingress.kubernetes.io/configuration-snippet: "proxy_set_header X SECRETsnippet;"
      spec:
        rules: [{host: api.example.com, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: api, port: {number: 80}}}}]}}]
      """;
}
