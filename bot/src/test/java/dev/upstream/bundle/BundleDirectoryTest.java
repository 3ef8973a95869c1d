package dev.upstream.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upstream.answer.ClusterStatus;
import dev.upstream.snapshot.ClusterView;
import dev.upstream.snapshot.Coverage;
import dev.upstream.snapshot.Gap;
import dev.upstream.snapshot.Kind;
import dev.upstream.snapshot.Objects;
import dev.upstream.snapshot.Resource;
import dev.upstream.snapshot.Snapshot;
import dev.upstream.snapshot.Source;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BundleDirectoryTest {
  private static final Instant AT = Instant.parse("2026-11-21T10:16:00Z");

  private static Resource object(Kind kind, String namespace, String name) {
    return new Resource(kind, Map.of("metadata", Map.of("namespace", namespace, "name", name)));
  }

  private static BundleDirectory of(ClusterView... views) {
    return new BundleDirectory(Snapshot.of(AT, List.of(views)));
  }

  private static ClusterView view(String name, Resource... objects) {
    Objects all = new Objects(List.of(objects));
    return new ClusterView(
        name,
        all,
        Coverage.inferred(all),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }

  @Test
  void namesAreThoseOfTheObjects() {
    BundleDirectory directory =
        of(
            view(
                "east",
                object(Kind.SERVICE, "shop", "web"),
                object(Kind.SERVICE, "shop", "cart"),
                object(Kind.POD, "billing", "p"),
                new Resource(Kind.NAMESPACE, Map.of("metadata", Map.of("name", "empty"))),
                new Resource(Kind.NODE, Map.of("metadata", Map.of("name", "n1")))));

    assertThat(directory.clusters()).containsExactly("east");
    assertThat(directory.namespaces("east")).containsExactly("billing", "empty", "shop");
    assertThat(directory.services("east", "shop")).containsExactly("cart", "web");
    assertThat(directory.services("east", "billing")).isEmpty();
    assertThat(directory.namespaces("west")).isEmpty();
    assertThat(directory.services("west", "shop")).isEmpty();
  }

  @Test
  void itsStatusSaysThatItIsARecordingAndFromWhen() {
    Resource istiod =
        new Resource(
            Kind.POD,
            Map.of(
                "metadata",
                Map.of(
                    "namespace",
                    "istio-system",
                    "name",
                    "istiod",
                    "labels",
                    Map.of("app", "istiod")),
                "spec",
                Map.of("containers", List.of(Map.of("name", "discovery", "image", "pilot:1.24.2"))),
                "status",
                Map.of("phase", "Running")));

    assertThat(of(view("east", istiod)).status())
        .containsExactly(
            new ClusterStatus(
                "east",
                true,
                true,
                Optional.empty(),
                List.of("1.24.2"),
                List.of(),
                Optional.empty(),
                Optional.of(AT)));
  }

  @Test
  void aPartWithoutObjectsSaysWhy() {
    Gap gap =
        new Gap(
            "west",
            Source.OBJECTS,
            "*",
            Gap.Cause.UNREACHABLE,
            "It could not be reached.",
            "Look.");

    assertThat(of(ClusterView.unseen("west", List.of(gap), List.of())).status())
        .singleElement()
        .satisfies(
            s ->
                assertThat(s.trouble())
                    .contains(
                        "The recording holds no object of this cluster. It could not be reached."));
  }
}
