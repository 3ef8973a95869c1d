package dev.upstream.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ShapeTest {
  @Test
  void what_is_said_does_not_matter_and_how_it_is_said_does() {
    Map<String, Object> one = Map.of("a", Map.of("b", 1), "c", List.of("x", true));
    Map<String, Object> turned = new LinkedHashMap<>();
    turned.put("c", List.of("y", false));
    turned.put("a", Map.of("b", 2));

    assertThat(Shape.of(one)).isEqualTo(Shape.of(turned));
    assertThat(
            List.of(
                Shape.of(one),
                Shape.of(Map.of("a", Map.of("b", "1"), "c", List.of("x", true))),
                Shape.of(Map.of("a", Map.of("b", 1), "c", List.of(true, "x"))),
                Shape.of(Map.of("a", Map.of("b", 1), "c", List.of("x", true, true))),
                Shape.of(Map.of("a", Map.of("d", 1), "c", List.of("x", true))),
                Shape.of(Map.of("a", Map.of("b", 1.5), "c", List.of("x", true))),
                Shape.of(Map.of("a", List.of("b", 1), "c", List.of("x", true))),
                Shape.of(Map.of("b", 1, "c", List.of("x", true))),
                Shape.of(Map.of("a", Map.of("b", 1)))))
        .doesNotHaveDuplicates();
  }
}
