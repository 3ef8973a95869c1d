package dev.upstream.slack;

import dev.upstream.answer.Reply;
import dev.upstream.conversation.Run;
import dev.upstream.conversation.Wanted;
import dev.upstream.diagnosis.Finding;
import dev.upstream.snapshot.Snapshot;
import java.util.List;
import java.util.SortedMap;

/**
 * What a button speaks of.
 *
 * @param headline over the message that was pressed; it may tell of a later check
 * @param seen by the clusters that the question was put to
 * @param whole the answer for those who may see all of it
 * @param answered the answer for the one who pressed
 */
record Shown(
    Run run,
    Wanted headline,
    SortedMap<String, Snapshot> seen,
    Reply whole,
    Reply.Answered answered) {
  List<Finding> findings() {
    return answered.diagnoses().stream().flatMap(d -> d.findings().stream()).toList();
  }

  /** Whether the headline still tells of this check. */
  boolean current() {
    return headline.run().equals(java.util.Optional.of(run.id()));
  }
}
