package dev.upstream.diagnosis;

import dev.upstream.snapshot.Gap;
import java.util.List;

/** What became of one check. */
public sealed interface Outcome {
  CheckInfo check();

  /**
   * It is not so.
   *
   * @param looked whether there was something to look at in every source that the check needs
   */
  record Clear(CheckInfo check, boolean looked) implements Outcome {}

  record Found(CheckInfo check, List<Finding> findings) implements Outcome {}

  /** Could not see what it would have had to see; positive findings, if any, stand. */
  record Inconclusive(CheckInfo check, List<Gap> gaps, List<Finding> findings) implements Outcome {}

  /** A bug in the check. */
  record Crashed(CheckInfo check, String what) implements Outcome {}
}
