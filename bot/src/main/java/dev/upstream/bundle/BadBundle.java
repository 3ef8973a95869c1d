package dev.upstream.bundle;

import java.io.IOException;

/**
 * A container that is refused whole (RULES.md R16): its message is one sentence for a person, and
 * the caller ends with status 64.
 */
public final class BadBundle extends IOException {
  private static final long serialVersionUID = 1L;
  private static final int LONGEST_NAME = 120;

  BadBundle(String where, String what, String remedy) {
    super(shown(where) + " " + what + "; " + remedy + ".");
  }

  /** The sentence to show. */
  public String sentence() {
    return String.valueOf(getMessage());
  }

  /** Names come from strangers: one short line, no control characters. */
  static String shown(String name) {
    String line = name.replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Zl}\\p{Zp}]+", "?");
    return line.length() > LONGEST_NAME ? line.substring(0, LONGEST_NAME) + "..." : line;
  }
}
