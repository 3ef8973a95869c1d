package dev.upstream.snapshot;

import java.util.Comparator;

/**
 * Something that a check would have wanted to see and could not.
 *
 * @param scope what was not seen, such as {@code pods in shop} or {@code istio-system/istiod-7d9}
 * @param detail what happened, in a sentence
 * @param remedy what a person can do to allow it
 */
public record Gap(
    String cluster, Source source, String scope, Cause cause, String detail, String remedy)
    implements Comparable<Gap> {
  private static final Comparator<Gap> ORDER =
      Comparator.comparing(Gap::cluster)
          .thenComparing(Gap::source)
          .thenComparing(Gap::scope)
          .thenComparing(Gap::cause)
          .thenComparing(Gap::detail);

  /** Why it was not seen. */
  public enum Cause {
    FORBIDDEN,
    UNAUTHORIZED,
    UNREACHABLE,
    TIMEOUT,
    TRUNCATED,
    UNPARSED,
    NOT_COLLECTED,
    UNSUPPORTED
  }

  @Override
  public int compareTo(Gap other) {
    return ORDER.compare(this, other);
  }
}
