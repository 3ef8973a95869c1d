package dev.upstream.slack;

import dev.upstream.snapshot.LogRedaction;
import java.util.Arrays;
import java.util.stream.Collectors;

/** What broke, for the bot's own log: messages of exceptions may quote what must not be logged. */
final class Trace {
  private static final int FRAMES = 8;
  private static final int CAUSES = 4;

  private Trace() {}

  static String of(Throwable broken) {
    StringBuilder out = new StringBuilder();
    Throwable current = broken;
    for (int i = 0; i < CAUSES && current != null; i++) {
      out.append(i == 0 ? "" : " caused by ")
          .append(LogRedaction.mask(current.toString()))
          .append(" at ")
          .append(
              Arrays.stream(current.getStackTrace())
                  .limit(FRAMES)
                  .map(StackTraceElement::toString)
                  .collect(Collectors.joining(" < ")));
      current = current.getCause();
    }
    return out.toString();
  }
}
