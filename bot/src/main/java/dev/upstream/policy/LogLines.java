package dev.upstream.policy;

import dev.upstream.diagnosis.Diagnosis;
import dev.upstream.diagnosis.Evidence;
import dev.upstream.diagnosis.Finding;
import dev.upstream.snapshot.Source;
import java.util.List;

/**
 * An answer for a channel that is shared with other workspaces: log lines, and what was read from
 * them, stay out of it; that a log proves something is still said. Pure.
 */
public final class LogLines {
  private static final String HIDDEN =
      "A log shows it. Log lines are not posted in a channel that is shared with other workspaces.";

  private LogLines() {}

  public static Diagnosis leftOut(Diagnosis d) {
    List<Finding> findings = d.findings().stream().map(LogLines::without).toList();
    boolean quoted = Retelling.quotes(d.summary(), d.findings(), LogLines::onlyLogs);
    return Retelling.diagnosis(d, quoted ? Retelling.of(d, findings) : d.headline(), findings);
  }

  private static Finding without(Finding f) {
    List<Evidence> evidence =
        f.evidence().stream()
            .map(
                e ->
                    e.source() == Source.LOG
                        ? new Evidence(Source.LOG, HIDDEN, withoutPattern(e.command()))
                        : e)
            .distinct()
            .toList();
    String summary = onlyLogs(f) ? Retelling.title(f) : f.summary();
    return Retelling.finding(f, summary, f.fieldPath(), evidence, f.explains());
  }

  /** What is said of nothing but logs may quote them. */
  private static boolean onlyLogs(Finding f) {
    return !f.evidence().isEmpty() && f.evidence().stream().allMatch(e -> e.source() == Source.LOG);
  }

  /** The pattern that is looked for may come from a log line. */
  private static String withoutPattern(String command) {
    int pipe = command.indexOf(" | ");
    return pipe < 0 ? command : command.substring(0, pipe);
  }
}
