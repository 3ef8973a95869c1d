package dev.upstream.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What differs from run to run becomes the same. */
class PlaceholdersTest {
  @Test
  void timesAddressesPodsAndCountsAreReplaced() {
    Placeholders placeholders = Placeholders.usual();
    assertThat(
            placeholders.in(
                """
                Since 09:58:12 UTC, 18 minutes ago, recorded at 21 Nov 2026 10:16:00 UTC, took 1.2 s
                10.1.0.7:8080 refuses, 10.1.0.8 answers, 10.1.0.7:8080 again
                19 of 19 logged requests to web-5d8f9c6b7-m7k2p failed, the last at 2026-11-21T10:15:29Z
                95 % of requests to shop.example.com fail with 503
                """))
        .isEqualTo(
            """
            Since <time>, <age>, recorded at <time>, took <duration>
            <address 1> refuses, <address 2> answers, <address 1> again
            <counts> logged requests to web-<pod 1> failed, the last at <time>
            95 % of requests to shop.example.com fail with 503
            """);
    assertThat(placeholders.in("web-5d8f9c6b7-m7k2p at 10.1.0.8, web-5d8f9c6b7-x2x4z just now"))
        .isEqualTo("web-<pod 1> at <address 2>, web-<pod 2> <age>");
  }

  @Test
  void aTestMayAddItsOwn() {
    assertThat(Placeholders.none().with("\\b\\d+ %", "share").in("95 % fail"))
        .isEqualTo("<share> fail");
  }
}
