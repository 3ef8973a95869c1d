package dev.upstream.path;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upstream.snapshot.ClusterView;
import dev.upstream.snapshot.ControlPlaneView;
import dev.upstream.snapshot.ControlPlaneView.SyncRow;
import dev.upstream.snapshot.Coverage;
import dev.upstream.snapshot.Gap;
import dev.upstream.snapshot.Kind;
import dev.upstream.snapshot.Objects;
import dev.upstream.snapshot.Resource;
import dev.upstream.snapshot.Snapshot;
import dev.upstream.target.TargetParser;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MeshClientTest {
  private static Resource object(Kind kind, String namespace, String name, Object spec) {
    return new Resource(
        kind,
        Map.of(
            "metadata",
            Map.of(
                "namespace", namespace, "name", name, "creationTimestamp", "2026-11-20T08:00:00Z"),
            "spec",
            spec));
  }

  private static Resource pod(String namespace, String name, String... containers) {
    return new Resource(
        Kind.POD,
        Map.of(
            "metadata",
            Map.of("namespace", namespace, "name", name, "uid", name),
            "spec",
            Map.of("containers", Arrays.stream(containers).map(c -> Map.of("name", c)).toList()),
            "status",
            Map.of("phase", "Running")));
  }

  private static RequestPath path(String client, SyncRow... rows) {
    Objects objects =
        new Objects(
            List.of(
                object(Kind.SERVICE, "shop", "web", Map.of("ports", List.of(Map.of("port", 80)))),
                pod("cart", "client-a", "client", "istio-proxy"),
                pod("cart", "plain-b", "plain")));
    ControlPlaneView istiod =
        new ControlPlaneView(
            "istio-system",
            "istiod-1",
            Optional.of(List.of(rows)),
            List.of(),
            List.of(),
            Map.of(),
            Map.of());
    ClusterView view =
        new ClusterView(
            "east",
            objects,
            new Coverage(
                Arrays.stream(Kind.values()).map(Coverage.Entry::everywhere).toList(), List.of()),
            List.of(),
            List.of(istiod),
            List.of(),
            List.of(),
            List.of(),
            List.of());
    Ask ask =
        new Ask(
            TargetParser.parse("web.shop").orElseThrow(),
            "east",
            Optional.of(client),
            Optional.empty());
    Resolution found = PathFinder.find(Snapshot.of(Instant.EPOCH, List.of(view)), ask);
    return ((Resolution.Found) found).paths().getFirst();
  }

  private static SyncRow row(String proxy, String state) {
    return new SyncRow("east", proxy, Map.of("cluster", state), Map.of(), Map.of());
  }

  private static String firstDetail(RequestPath path) {
    return path.hops().getFirst().detail();
  }

  @Test
  void theClientsOwnProxyIsTheFirstHopAndItsSyncRowIsTold() {
    RequestPath path = path("cart/client-a", row("client-a.cart", "SYNCED"));
    assertThat(path.hops().getFirst().ref().words()).isEqualTo("Pod cart/client-a");
    assertThat(firstDetail(path)).isEqualTo("calls web.shop; its proxy is in sync with istiod");
    assertThat(firstDetail(path("cart", row("client-a.cart", "STALE"))))
        .isEqualTo("calls web.shop; its proxy has not acknowledged istiod's last cluster");
    assertThat(firstDetail(path("cart/client-a", row("other.cart", "SYNCED"))))
        .isEqualTo("calls web.shop; its proxy is connected to no istiod");
  }

  @Test
  void aClientWithoutProxyIsNoHop() {
    RequestPath path = path("cart/plain-b");
    assertThat(path.leg(0).caller()).isInstanceOf(Caller.Plain.class);
    assertThat(path.hops()).extracting(h -> h.ref().kind()).containsExactly("Service");
    assertThat(path.gaps()).isEmpty();
  }

  @Test
  void whatAClientMeetsThatDoesNotRunIsNotKnown() {
    assertThat(path("cart/nobody").gaps())
        .extracting(Gap::scope, Gap::cause)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("client cart/nobody", Gap.Cause.NOT_COLLECTED));
  }

  @ParameterizedTest
  @CsvSource({
    "web,shop,true",
    "web.shop,cart,true",
    "web.shop:80,cart,true",
    "Web.Shop.svc,cart,true",
    "web.shop.svc.cluster,cart,true",
    "web.shop.svc.cluster.local:8080,cart,true",
    "web,cart,false",
    "web.cart,shop,false",
    "web.shop.example.com,shop,false"
  })
  void aServiceHasSeveralNames(String authority, String namespace, boolean same) {
    assertThat(HostNames.means(authority, "web.shop.svc.cluster.local", namespace)).isEqualTo(same);
  }
}
