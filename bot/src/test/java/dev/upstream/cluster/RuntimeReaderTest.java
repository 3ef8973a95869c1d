package dev.upstream.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upstream.snapshot.ClusterView;
import dev.upstream.snapshot.ControlPlaneView;
import dev.upstream.snapshot.Gap;
import dev.upstream.snapshot.Kind;
import dev.upstream.snapshot.ObjectRef;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** One page of an istiod that does not come costs that page, and not what was read before. */
class RuntimeReaderTest {
  private static final ObjectRef ISTIOD = ObjectRef.of(Kind.POD, "istio-system", "istiod-1");

  private static RuntimeReader.Read<ControlPlaneView> read(AdminPages pages) {
    return new RuntimeReader("east", pages).istiod(ISTIOD, Set.of("web-a.shop"), Set.of("web"));
  }

  private static ClusterView view(List<Gap> gaps) {
    return ClusterView.unseen("east", gaps, List.of());
  }

  @Test
  void sync_rows_stay_when_another_page_fails() {
    RuntimeReader.Read<ControlPlaneView> read =
        read(
            (namespace, pod, page, hosts) ->
                switch (page) {
                  case ISTIOD_SYNC ->
                      "[{\"proxy\": \"web-a.shop\", \"cluster_sent\": \"1\", \"cluster_acked\":"
                          + " \"1\"}]";
                  case ISTIOD_REGISTRY -> throw new PodPorts.Unread("500", 500);
                  case ISTIOD_SHARDS -> "no JSON";
                  default -> "";
                });

    assertThat(read.value().orElseThrow().sync().orElseThrow())
        .extracting(ControlPlaneView.SyncRow::proxy)
        .containsExactly("web-a.shop");
    assertThat(read.gaps())
        .extracting(g -> g.scope() + " " + g.cause())
        .containsExactly(
            "/debug/registryz of istio-system/istiod-1 UNREACHABLE",
            "/debug/endpointShardz of istio-system/istiod-1 UNPARSED");
    assertThat(view(read.gaps()).unreadSync()).isEmpty();
  }

  @Test
  void without_sync_rows_an_istiod_was_not_read() {
    RuntimeReader.Read<ControlPlaneView> read =
        read(
            (namespace, pod, page, hosts) -> {
              throw new PodPorts.Unread("403", 403);
            });

    assertThat(read.value()).isEmpty();
    assertThat(read.gaps())
        .extracting(g -> g.scope() + " " + g.cause())
        .containsExactly("istio-system/istiod-1 FORBIDDEN");
    assertThat(view(read.gaps()).unreadSync()).hasSize(1);
  }

  @Test
  void of_large_pages_only_what_concerns_the_hosts_is_kept() {
    RuntimeReader.Read<ControlPlaneView> read =
        read(
            (namespace, pod, page, hosts) ->
                switch (page) {
                  case ISTIOD_REGISTRY ->
                      """
                      [{"hostname": "other", "Attributes": {"Namespace": "b"}},
                       {"creationTime": "x", "hostname": "web", "ports": [{"port": 80}],
                        "Attributes": {"Name": "web", "Namespace": "a", "ExportTo": {"*": {}}}}]\
                      """;
                  case ISTIOD_SHARDS ->
                      """
                      {"other": {"b": {"Shards": {"k": [{"Addresses": ["9.9.9.9"], "EndpointPort": 1}]}}},
                       "web": {"a": {"Shards": {"k": [{"Addresses": ["1.2.3.4"], "EndpointPort": 80}]}}}}\
                      """;
                  default -> "";
                });

    assertThat(read.gaps()).isEmpty();
    assertThat(read.value().orElseThrow().registry())
        .containsExactly(
            new ControlPlaneView.RegistryService("web", "a", "web", List.of(80), List.of("*")));
    assertThat(read.value().orElseThrow().shards())
        .containsExactly(new ControlPlaneView.Shard("web", "a", "k", List.of("1.2.3.4:80")));
  }

  @Test
  void half_a_page_is_no_page() {
    RuntimeReader.Read<ControlPlaneView> read =
        read(
            (namespace, pod, page, hosts) ->
                page == PodPorts.Page.ISTIOD_SHARDS ? "{\"other\": {\"b\": {}}, \"web\": {" : "");

    assertThat(read.gaps())
        .extracting(g -> g.scope() + " " + g.cause())
        .containsExactly("/debug/endpointShardz of istio-system/istiod-1 UNPARSED");
  }

  @Test
  void envoy_is_asked_for_the_clusters_of_the_hosts_alone() {
    assertThat(PodPorts.Page.ENVOY_CLUSTERS.about(Set.of("web.shop.svc", "a.b")))
        .isEqualTo(
            "/clusters?format=json&filter=.*%5B%7C%5D%28a%5B.%5Db%7Cweb%5B.%5Dshop%5B.%5Dsvc%29%24");
    assertThat(PodPorts.Page.ENVOY_CLUSTERS.about(Set.of("a(b")))
        .as("what is no host name is not put into a regular expression")
        .isEqualTo("/clusters?format=json");
    assertThat(PodPorts.Page.ENVOY_ROUTES.about(Set.of("a.b")))
        .isEqualTo(PodPorts.Page.ENVOY_ROUTES.path());
  }
}
