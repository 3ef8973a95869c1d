package dev.upstream.policy;

/**
 * A name as a rule gives it: exact, or with {@code *} for any signs or none.
 *
 * <p>Matching takes at most as many steps as the product of both lengths, whatever the pattern.
 */
public record NamePattern(String text) {
  /** Every name, and what has none: objects that belong to no namespace. */
  public static final NamePattern ANY = new NamePattern("*");

  public boolean matches(String name) {
    int p = 0;
    int n = 0;
    int star = -1;
    int resume = 0;
    while (n < name.length()) {
      if (p < text.length() && text.charAt(p) == '*') {
        star = p++;
        resume = n;
      } else if (p < text.length() && text.charAt(p) == name.charAt(n)) {
        p++;
        n++;
      } else if (star >= 0) {
        p = star + 1;
        n = ++resume;
      } else {
        return false;
      }
    }
    while (p < text.length() && text.charAt(p) == '*') {
      p++;
    }
    return p == text.length();
  }

  /** Whether every name that the other one matches is matched by this one as well. */
  boolean covers(NamePattern other) {
    return matches(other.text);
  }
}
