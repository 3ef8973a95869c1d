package dev.upstream.path;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A regular expression out of a cluster object against a requested path. Both are hostile text: an
 * expression that would run away, or that Java reads otherwise than its owner, is given up: then
 * nobody knows what it takes.
 */
final class PathRegex {
  private static final int LONGEST = 1_024;
  private static final int MOST_STEPS = 200_000;

  private PathRegex() {}

  /** What became of a comparison. */
  enum Match {
    YES,
    NO,
    GIVEN_UP
  }

  /** Whether the whole path matches. */
  static Match whole(String expression, String path) {
    return matcher(expression, path, 0, Matcher::matches);
  }

  /** Whether the path begins with a match, whatever the case of its letters. */
  static Match begins(String expression, String path) {
    return matcher(expression, path, Pattern.CASE_INSENSITIVE, Matcher::lookingAt);
  }

  private static Match matcher(
      String expression, String path, int flags, java.util.function.Predicate<Matcher> wanted) {
    if (expression.length() > LONGEST || path.length() > LONGEST) {
      return Match.GIVEN_UP;
    }
    try {
      return wanted.test(Pattern.compile(expression, flags).matcher(new Counted(path)))
          ? Match.YES
          : Match.NO;
    } catch (PatternSyntaxException | GivenUp e) {
      return Match.GIVEN_UP;
    }
  }

  private static final class GivenUp extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** A text that counts how often it is looked at: backtracking shows there, without a clock. */
  private static final class Counted implements CharSequence {
    private final String text;
    private int steps;

    Counted(String text) {
      this.text = text;
    }

    @Override
    public char charAt(int index) {
      if (++steps > MOST_STEPS) {
        throw new GivenUp();
      }
      return text.charAt(index);
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.substring(start, end);
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
