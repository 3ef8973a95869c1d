package dev.upstream.diagnosis;

import dev.upstream.snapshot.AccessLogLine;
import java.util.Comparator;
import java.util.List;

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

  /** The lines in the order of time; only those after the last failure when it is over. */
  static List<AccessLogLine> sinceThen(List<AccessLogLine> unordered) {
    List<AccessLogLine> lines =
        unordered.stream().sorted(Comparator.comparing(AccessLogLine::at)).toList();
    int last = -1;
    int failed = 0;
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).failed()) {
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
