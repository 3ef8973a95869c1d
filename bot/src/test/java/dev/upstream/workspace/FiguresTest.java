package dev.upstream.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is counted is no violation. */
class FiguresTest {
  @Test
  void lateAndMissingAcknowledgementsAreCounted() {
    Figures figures = new Figures();
    IntStream.rangeClosed(1, 99)
        .forEach(i -> figures.acknowledged(Ack.of(200, "", Duration.ofMillis(i))));
    figures.acknowledged(Ack.of(200, "", Duration.ofMillis(3_001)));
    figures.acknowledged(Ack.of(0, "", Duration.ofSeconds(30)));
    assertThat(figures.acknowledged()).isEqualTo(100);
    assertThat(figures.late()).isEqualTo(1);
    assertThat(figures.unanswered()).isEqualTo(1);
    assertThat(figures.acknowledgement(0.5)).isEqualTo(Duration.ofMillis(51));
    assertThat(figures.acknowledgement(0.99)).isEqualTo(Duration.ofMillis(3_001));
    assertThat(figures.toString()).startsWith("100 acknowledged (p50 51 ms");
  }
}
