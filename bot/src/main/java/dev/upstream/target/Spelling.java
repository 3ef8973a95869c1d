package dev.upstream.target;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** How near two words are, to guess what someone meant. */
public final class Spelling {
  private Spelling() {}

  /** The nearest of the known words, if it is at most so many edits away, not minding case. */
  public static Optional<String> nearest(String word, Collection<String> known, int most) {
    String wanted = word.toLowerCase(Locale.ROOT);
    return known.stream()
        .filter(k -> Math.abs(k.length() - wanted.length()) <= most)
        .min(Comparator.comparingInt(k -> distance(k.toLowerCase(Locale.ROOT), wanted)))
        .filter(k -> distance(k.toLowerCase(Locale.ROOT), wanted) <= most);
  }

  /** Levenshtein distance. */
  public static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(Math.min(row[j], row[j - 1]) + 1, change);
      }
    }
    return row[b.length()];
  }
}
