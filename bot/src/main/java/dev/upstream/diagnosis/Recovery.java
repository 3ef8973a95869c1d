package dev.upstream.diagnosis;

import dev.upstream.snapshot.AccessLogLine;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Tells failures that ended from failures that go on. Deleting an object is an edit that leaves no
 * trace, so that the window (RULES.md R3) can't begin there; but when so many requests succeeded
 * after the last failure that, at the rate before, this would be luck of less than one in a
 * hundred, the failures are history.
 */
final class Recovery {
  private static final double LUCK = 0.01;
  private static final int LEAST = 3;

  private Recovery() {}

  static List<AccessLogLine> sinceThen(List<AccessLogLine> lines) {
    return sinceThen(lines, AccessLogLine::at, AccessLogLine::failed);
  }

  /** The lines in the order of time; only those after the last failure when it is over. */
  static <T> List<T> sinceThen(List<T> unordered, Function<T, Instant> time, Predicate<T> failing) {
    List<T> lines = unordered.stream().sorted(Comparator.comparing(time)).toList();
    int last = -1;
    int failed = 0;
    for (int i = 0; i < lines.size(); i++) {
      if (failing.test(lines.get(i))) {
        last = i;
        failed++;
      }
    }
    int after = lines.size() - last - 1;
    double rate = last < 0 ? 0 : (double) failed / (last + 1);
    return last >= 0 && after >= LEAST && Math.pow(1 - rate, after) < LUCK
        ? lines.subList(last + 1, lines.size())
        : lines;
  }
}
