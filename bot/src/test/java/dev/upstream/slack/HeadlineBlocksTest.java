package dev.upstream.slack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upstream.answer.Reply;
import dev.upstream.diagnosis.Diagnosis;
import dev.upstream.diagnosis.Headline;
import dev.upstream.diagnosis.Verdict;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The words of the headline in every verdict. */
class HeadlineBlocksTest {
  private static final ZoneId UTC = ZoneId.of("UTC");

  private static String shown(Message message) {
    return Seen.of(message);
  }

  private static Telling telling(ZoneId zone, Duration later) {
    return Telling.of(Cases.CHECK, "ana", zone, Case1.NOW.plus(later));
  }

  private static Diagnosis plain(Verdict verdict, Headline headline) {
    return new Diagnosis(
        "shop.example.com",
        "checkout/api",
        Case1.NOW,
        verdict,
        Optional.empty(),
        Optional.empty(),
        headline,
        Optional.empty(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }

  private static String verdict(Verdict verdict, Headline headline) {
    return shown(
        HeadlineBlocks.answered(
            new Reply.Answered(List.of(plain(verdict, headline))), telling(UTC, Duration.ZERO)));
  }

  @Test
  void theFirstCase() {
    assertThat(
            shown(
                HeadlineBlocks.answered(
                    Case1.reply("shop.example.com"), telling(UTC, Duration.ofSeconds(2)))))
        .isEqualTo(
            """
            ## \uD83D\uDD34 95 % of requests to shop.example.com fail with 503 "no healthy upstream"
            Requests go to web v1, which has no pods: Deployment shop/web-v1 is scaled to 0.
            *Where*  Deployment `shop/web-v1` in cluster `east`
            *Since*  09:58:12 UTC, 18 minutes ago
            *Changed*  09:58:12 UTC, 18 minutes ago, by `kubectl`: `spec.replicas` of Deployment `shop/web-v1`
            *Also changed*  09:41:30 UTC, 35 minutes ago, by `kubectl-edit`: `spec.http` of VirtualService `shop/web`
            - Seen at 10:16:00 UTC, for requests from outside the cluster. More in the thread. Asked by ana.
            [Show evidence] [Explain] [Re-check] [Mute\u2026] [JSON]\
            """);
  }

  @Test
  void otherZonesAndRecordings() {
    String shown =
        shown(
            HeadlineBlocks.answered(
                Case1.reply("shop.example.com"),
                telling(ZoneId.of("Europe/Madrid"), Duration.ofDays(3))));
    assertThat(shown)
        .contains("*Since*  10:58:12 CET, 18 minutes ago")
        .contains("Recorded at 21 Nov 2026 11:16:00 CET, from which \"ago\" counts");
  }

  @Test
  void verdictsWithoutACause() {
    assertThat(verdict(Verdict.HEALTHY, Headline.of("Requests to shop.example.com are served", "")))
        .isEqualTo(
            """
            *\uD83D\uDFE2 shop.example.com works*
            Requests to shop.example.com are served.
            - Seen at 10:16:00 UTC, for requests from workload checkout/api inside the cluster. Asked by ana.
            [Show evidence] [Re-check] [JSON]\
            """);
    assertThat(verdict(Verdict.UNKNOWN, Headline.of("Nothing failing was seen", "")))
        .startsWith("*\u26AA shop.example.com could not be checked in full*\nNothing failing");
    assertThat(verdict(Verdict.AT_RISK, Headline.of("There is a risk", "")))
        .startsWith("*\uD83D\uDD35 shop.example.com works, with a risk*\nThere is a risk.");
    assertThat(
            verdict(
                Verdict.BROKEN,
                Headline.of("All requests to shop.example.com fail", "")
                    .open("The cause was not found; look.")))
        .startsWith(
            "## \uD83D\uDD34 All requests to shop.example.com fail\n"
                + "The cause was not found; look.");
    assertThat(verdict(Verdict.DEGRADED, Headline.of("Some of it fails", "")))
        .startsWith("## \uD83D\uDFE0 shop.example.com: Some of it fails\nThe cause was not found.");
  }

  @Test
  void theShareLeadsWhateverElseIsSaid() {
    String effect = "95 % of requests to web.shop fail with 503";
    String pod = "Pod shop/web-v2-1 is ready.";
    assertThat(verdict(Verdict.DEGRADED, new Headline(effect, "It is scaled to 0.", "", pod)))
        .startsWith("## \uD83D\uDFE0 " + effect + "\nIt is scaled to 0. " + pod);
    String elsewhere = "The cause lies in a namespace that the asker may not read.";
    assertThat(verdict(Verdict.DEGRADED, Headline.of(effect, "").open(elsewhere)))
        .startsWith("## \uD83D\uDFE0 " + effect + "\n" + elsewhere);
  }

  @Test
  void timesInTheWordsOfTheCoreAreReadableToo() {
    Times times = new Times(UTC, Case1.NOW);
    assertThat(times.told("the last at 2026-11-21T10:15:29Z: refused"))
        .isEqualTo("the last at 10:15:29 UTC, 31 seconds ago: refused");
    assertThat(times.told("Pod shop/web is ready since 2026-11-21T09:16:00.5Z."))
        .isEqualTo("Pod shop/web is ready since 09:16:00 UTC, 1 hour ago.");
    for (String same : List.of("[2026-11-21T10:15:29Z] GET", "seen at 2026-13-99T10:15:29Z")) {
      assertThat(times.told(same)).isEqualTo(same);
    }
  }

  @Test
  void timesAreReadable() {
    Times times = new Times(UTC, Case1.NOW);
    assertThat(times.since(Case1.NOW)).isEqualTo("10:16:00 UTC, just now");
    assertThat(times.ago(Case1.NOW.minusSeconds(1))).isEqualTo("1 second ago");
    assertThat(times.ago(Case1.NOW.minusSeconds(119))).isEqualTo("119 seconds ago");
    assertThat(times.ago(Case1.NOW.minusMillis(13_780))).isEqualTo("14 seconds ago");
    assertThat(times.ago(Case1.NOW.minusSeconds(120))).isEqualTo("2 minutes ago");
    assertThat(times.ago(Case1.NOW.minusSeconds(7200))).isEqualTo("2 hours ago");
    assertThat(times.since(Case1.NOW.minusSeconds(86_400)))
        .isEqualTo("20 Nov 2026 10:16:00 UTC, 24 hours ago");
    assertThat(times.ago(Case1.NOW.minusSeconds(3 * 86_400))).isEqualTo("3 days ago");
    assertThat(times.ago(Case1.NOW.plusSeconds(90))).isEqualTo("just now");
  }
}
