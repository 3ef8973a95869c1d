package dev.upstream.slack;

import dev.upstream.answer.Answering;
import dev.upstream.answer.Collector;
import dev.upstream.answer.Question;
import dev.upstream.conversation.Ledger;
import dev.upstream.conversation.Outlook;
import dev.upstream.conversation.Run;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToIntFunction;

/**
 * How many checks there may be.
 *
 * @param inside how many a cluster takes at once
 * @param most that are not over, in all
 */
record Turn(Collector collector, ToIntFunction<String> inside, int most) {
  /** The clusters that a question is put to, and how many checks each takes at once. */
  Map<String, Integer> clusters(Question question) {
    Map<String, Integer> all = new TreeMap<>();
    new Answering(collector).starts(question).forEach(c -> all.put(c, inside.applyAsInt(c)));
    return all;
  }

  Outlook of(Run run, Ledger ledger) {
    return ledger.outlook(run, clusters(run.question()), most);
  }
}
