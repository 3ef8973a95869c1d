package dev.upstream.slack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upstream.diagnosis.Diagnosis;
import dev.upstream.diagnosis.Headline;
import dev.upstream.diagnosis.Verdict;
import dev.upstream.path.Hop;
import dev.upstream.snapshot.Kind;
import dev.upstream.snapshot.ObjectRef;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The lines of a request's path. */
class PathBlocksTest {
  private static Diagnosis.HopState hop(
      String cluster, Kind kind, String detail, double share, Diagnosis.State state) {
    return new Diagnosis.HopState(
        new Hop(cluster, ObjectRef.of(kind, "shop", "web"), detail, share), state);
  }

  private static String shown(Diagnosis.HopState... hops) {
    return Seen.of(
        PathBlocks.of(
            new Diagnosis(
                "shop.example.com",
                "edge",
                Case1.NOW,
                Verdict.DEGRADED,
                Optional.of(0.95),
                Optional.empty(),
                Headline.of("95 % fail", ""),
                Optional.empty(),
                List.of(hops),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of())));
  }

  @Test
  void theClusterIsNamedWhereThePathCrossesOver() {
    Diagnosis.HopState gateway =
        hop("east", Kind.GATEWAY, "takes shop.example.com", 1, Diagnosis.State.DEGRADED);
    Diagnosis.HopState rule =
        hop(
            "west",
            Kind.VIRTUAL_SERVICE,
            "http[0] -> web subset v1",
            0.95,
            Diagnosis.State.FAILING);
    assertThat(shown(gateway, rule))
        .endsWith(
            """
            \u26A0\uFE0F 100 %  Gateway shop/web in cluster east (takes shop.example.com): some fail behind it
            \u274C 95 %  VirtualService shop/web in cluster west (sends them to web, subset v1): fails\
            """);
    assertThat(shown(gateway)).doesNotContain("in cluster");
  }
}
