package dev.upstream.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names and patterns of names. */
class NamePatternTest {
  @ParameterizedTest
  @CsvSource({
    "shop, shop, true",
    "shop, shops, false",
    "shop, sho, false",
    "shop, Shop, false",
    "shop-*, shop-a, true",
    "shop-*, shop-, true",
    "shop-*, shop, false",
    "shop-*, my-shop-a, false",
    "*-shop, my-shop, true",
    "*-shop, my-shop-a, false",
    "*shop*, shop, true",
    "a*b*c, abc, true",
    "a*b*c, axxbxxc, true",
    "a*b*c, axxcxxb, false",
    "a*b*c, aabbcbc, true",
    "**, x, true",
    "*, '', true",
    "'', '', true",
    "'', x, false",
    "shop*, '', false",
    "a.c, abc, false",
    "a?c, abc, false",
    "[a-z]*, abc, false",
  })
  void aStarStandsForAnySignsAndEverySignForItself(String pattern, String name, boolean fits) {
    assertThat(new NamePattern(pattern).matches(name)).isEqualTo(fits);
  }

  @Test
  void theSameAsARegularExpressionOverManyWords() {
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      String pattern = word(random, "ab*");
      String name = word(random, "ab");
      assertThat(new NamePattern(pattern).matches(name))
          .as(pattern + " over " + name)
          .isEqualTo(Pattern.matches(pattern.replace("*", ".*"), name));
    }
  }

  private static String word(Random random, String signs) {
    StringBuilder word = new StringBuilder();
    for (int n = random.nextInt(9); n > 0; n--) {
      word.append(signs.charAt(random.nextInt(signs.length())));
    }
    return word.toString();
  }

  /** A matcher that goes back to every star would not end in this life. */
  @Test
  void hostilePatternsAndNamesCostNoMoreThanTheirLengths() {
    String name = "a".repeat(20_000);
    assertThat(new NamePattern("*a".repeat(500) + "*b").matches(name)).isFalse();
    assertThat(new NamePattern("a*".repeat(500) + "b").matches(name)).isFalse();
    assertThat(new NamePattern("*".repeat(10_000)).matches(name)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "*, shop, true",
    "*, shop-*, true",
    "shop-*, shop-a*, true",
    "shop-*, *, false",
    "shop-a, shop-*, false",
    "*-a, shop-*-a, true",
    "shop, shop, true",
  })
  void coveringIsMatchingWhateverTheOtherMatches(String wide, String narrow, boolean covers) {
    assertThat(new NamePattern(wide).covers(new NamePattern(narrow))).isEqualTo(covers);
  }
}
