package dev.upstream.lab.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.upstream.lab.LabCluster;
import dev.upstream.lab.LabExtension;
import dev.upstream.lab.Witness;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Case 2: many countries behind ServiceEntries; one is defined twice, and it alone fails. */
@Tag("lab")
@ExtendWith(LabExtension.class)
class EgressLiveTest {
  @BeforeEach
  void apply(LabCluster east) {
    EgressFixture.apply(east);
    Fixture.expect(east, "at.api.example.com", 200, "200 -");
  }

  @AfterEach
  void clean(LabCluster east) {
    EgressFixture.clean(east);
  }

  @Test
  void oneCountryIsDefinedTwice(LabCluster east, Witness witness) {
    Fixture.expect(east, "de.api.example.com", 503, "503 UH no_healthy_upstream");
    for (int i = 0; i < 25; i++) {
      assertThat(east.request("de.api.example.com", "/", Map.of()).status()).isEqualTo(503);
    }
    witness.wire("se-duplicate-host-port", "503 UH no_healthy_upstream for one country of three");
    witness.wire("envoy-no-healthy-upstream", "503 UH no_healthy_upstream");

    JsonNode answer = Bot.check("de.api.example.com", east);
    assertThat(answer.get("verdict").asText()).isEqualTo("broken");
    assertThat(Bot.cause(answer)).isEqualTo("se-duplicate-host-port");
    String findings = answer.get("findings").toString();
    assertThat(findings)
        .contains("countries/de", "countries-b/germany", "knows 2 definitions", "0 of 0 endpoints");
    assertThat(Bot.check("at.api.example.com", east).get("verdict").asText()).isEqualTo("healthy");

    EgressFixture.dropTheOldGermany(east);
    Fixture.expect(east, "de.api.example.com", 200, "200 -");
    assertThat(east.requests(10, "de.api.example.com", "/")).isEqualTo(Map.of(200, 10));
    Fixture.await()
        .untilAsserted(
            () ->
                assertThat(Bot.check("de.api.example.com", east).get("verdict").asText())
                    .isEqualTo("healthy"));
  }
}
