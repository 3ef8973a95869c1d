package dev.upstream.answer;

import dev.upstream.diagnosis.Diagnosis;
import dev.upstream.policy.Place;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a question led to. */
public sealed interface Reply {
  /**
   * One diagnosis for each starting point, worst first.
   *
   * @param leftOut for a question about everything: how many routes are not among them, none worse
   * @param others the clusters that were asked and have no answer
   */
  record Answered(List<Diagnosis> diagnoses, Optional<Integer> leftOut, List<Other> others)
      implements Reply {
    public Answered(List<Diagnosis> diagnoses) {
      this(diagnoses, Optional.empty(), List.of());
    }

    public Answered {
      others = List.copyOf(others);
      diagnoses =
          diagnoses.stream()
              .sorted(
                  Comparator.comparing(Diagnosis::verdict)
                      .thenComparing(d -> -d.share().orElse(-1d)))
              .toList();
    }

    /** The answer to a question about everything: the worst of them, at most so many. */
    static Answered ofAll(List<Diagnosis> diagnoses, int most) {
      List<Diagnosis> sorted = new Answered(diagnoses).diagnoses();
      int kept = Math.min(most, sorted.size());
      return new Answered(sorted.subList(0, kept), Optional.of(sorted.size() - kept), List.of());
    }

    /** The same with what became of the other clusters. */
    public Answered beside(List<Other> asked) {
      return new Answered(diagnoses, leftOut, asked);
    }

    /** How many clusters were asked. */
    public int clusters() {
      return diagnoses.size() + others.size();
    }

    public Diagnosis worst() {
      return diagnoses.getFirst();
    }
  }

  /**
   * Wrong usage: a sentence that says what to do (exit status 64).
   *
   * @param words the sentence as far as it names nothing that was seen
   * @param before what introduces the names; empty when the sentence does
   * @param names of what may have been meant
   * @param why which tells who may read the sentence
   */
  record Refused(String words, String before, List<Named> names, Why why) implements Reply {
    /** What a refusal gives away. */
    public enum Why {
      /** Nothing but what the question itself says. */
      QUESTION,
      /** Whether something of the target's name was seen. */
      NAME,
      /** That several things of the target's name were seen. */
      SEVERAL
    }

    public Refused {
      names = List.copyOf(names);
    }

    public Refused(String sentence) {
      this(sentence, "", List.of(), Why.QUESTION);
    }

    public String sentence() {
      return names.isEmpty()
          ? words
          : words
              + (before.isEmpty() ? " " : " " + before + " ")
              + names.stream()
                  .map(Named::name)
                  .distinct()
                  .sorted()
                  .collect(Collectors.joining(", "))
              + ".";
    }
  }

  /** A cluster that was asked and has no answer, beside others that have one. */
  record Other(String cluster, Refused why) {}

  /**
   * Something that was seen.
   *
   * @param place where it lies; empty for what can't be said to lie in one place, such as a host
   */
  record Named(String cluster, Optional<Place> place, String name) {}
}
