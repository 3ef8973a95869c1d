package dev.upstream.slack;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a picker offers for what somebody typed.
 *
 * @param notice above them: that there are more
 */
public record Suggestions(List<Choice> choices, Optional<String> notice) {
  private static final int MOST = 100;

  public Suggestions {
    choices = List.copyOf(choices);
    if (choices.size() > MOST) {
      throw new IllegalArgumentException("at most " + MOST + " choices");
    }
  }

  /**
   * Names that hold what was typed, those that begin with it first; what is no name is left out.
   *
   * @param names what there is, and the person may see
   */
  public static Suggestions of(Collection<String> names, String typed) {
    String wanted = typed.strip().toLowerCase(Locale.ROOT);
    List<Choice> fitting =
        names.stream()
            .distinct()
            .filter(n -> n.toLowerCase(Locale.ROOT).contains(wanted))
            .sorted(
                Comparator.comparing((String n) -> !n.toLowerCase(Locale.ROOT).startsWith(wanted))
                    .thenComparing(Comparator.naturalOrder()))
            .flatMap(n -> Choice.named(n).stream())
            .toList();
    return fitting.size() <= MOST
        ? new Suggestions(fitting, Optional.empty())
        : new Suggestions(
            fitting.subList(0, MOST),
            Optional.of("The first " + MOST + " of " + fitting.size() + ": type to see others"));
  }
}
