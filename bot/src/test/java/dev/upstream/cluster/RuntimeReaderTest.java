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
            (namespace, pod, page) ->
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
            (namespace, pod, page) -> {
              throw new PodPorts.Unread("403", 403);
            });

    assertThat(read.value()).isEmpty();
    assertThat(read.gaps())
        .extracting(g -> g.scope() + " " + g.cause())
        .containsExactly("istio-system/istiod-1 FORBIDDEN");
    assertThat(view(read.gaps()).unreadSync()).hasSize(1);
  }
}
