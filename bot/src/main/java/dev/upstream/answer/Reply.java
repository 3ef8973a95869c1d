package dev.upstream.answer;

import dev.upstream.diagnosis.Diagnosis;
import java.util.Comparator;
import java.util.List;

/** What a question led to. */
public sealed interface Reply {
  /** One diagnosis for each starting point, worst first. */
  record Answered(List<Diagnosis> diagnoses) implements Reply {
    public Answered {
      diagnoses =
          diagnoses.stream()
              .sorted(
                  Comparator.comparing(Diagnosis::verdict)
                      .thenComparing(d -> -d.share().orElse(-1d)))
              .toList();
    }

    public Diagnosis worst() {
      return diagnoses.getFirst();
    }
  }

  /** Wrong usage: a sentence that says what to do (exit status 64). */
  record Refused(String sentence) implements Reply {}
}
