package dev.upstream.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IstiodVersionsTest {
  private static Pod pod(String app, String phase, String image) {
    return new Pod(
        new Resource(
            Kind.POD,
            Map.of(
                "metadata",
                Map.of("name", "istiod-" + image.hashCode(), "labels", Map.of("app", app)),
                "spec",
                Map.of("containers", List.of(Map.of("name", "discovery", "image", image))),
                "status",
                Map.of("phase", phase))));
  }

  @ParameterizedTest
  @CsvSource({
    "docker.io/istio/pilot:1.24.2, 1.24.2",
    "docker.io/istio/pilot:1.24.2-distroless, 1.24.2",
    "mirror.example.com:5000/istio/pilot:1.25.0-debug, 1.25.0",
    "pilot:1.26-alpha.0@sha256:0123456789abcdef, 1.26-alpha.0",
    "pilot@sha256:0123456789abcdef, unknown",
    "mirror.example.com:5000/istio/pilot, unknown",
    "'pilot:<@U012>', unknown"
  })
  void theTagOfItsImageSaysIt(String image, String version) {
    assertThat(IstiodVersions.of(List.of(pod("istiod", "Running", image))))
        .containsExactly(version);
  }

  @Test
  void onlyIstiodsThatRunAreNamedAndEachVersionOnce() {
    assertThat(
            IstiodVersions.of(
                List.of(
                    pod("istiod", "Running", "pilot:1.25.1"),
                    pod("istiod", "Running", "a/pilot:1.24.2"),
                    pod("istiod", "Running", "b/pilot:1.24.2"),
                    pod("istiod", "Failed", "pilot:1.20.0"),
                    pod("web", "Running", "web:3"))))
        .containsExactly("1.24.2", "1.25.1");
  }
}
