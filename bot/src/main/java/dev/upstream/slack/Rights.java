package dev.upstream.slack;

import dev.upstream.answer.Clearance;
import dev.upstream.answer.Collector;
import dev.upstream.answer.Question;
import dev.upstream.answer.Reply;
import dev.upstream.conversation.Person;
import dev.upstream.conversation.Place;
import dev.upstream.policy.Decision;
import dev.upstream.policy.Policy;
import dev.upstream.policy.Reader;
import dev.upstream.snapshot.Snapshot;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Supplier;

/** What a person may ask and see, as it is now. */
final class Rights {
  private final Supplier<Policy> policy;
  private final People people;
  private final Channels channels;
  private final Collector collector;
  private final boolean hasty;

  Rights(Supplier<Policy> policy, People people, Channels channels, Collector collector) {
    this(policy, people, channels, collector, false);
  }

  private Rights(
      Supplier<Policy> policy,
      People people,
      Channels channels,
      Collector collector,
      boolean hasty) {
    this.policy = policy;
    this.people = people;
    this.channels = channels;
    this.collector = collector;
    this.hasty = hasty;
  }

  /** The same before an acknowledgement: whom Slack does not name soon may nothing. */
  Rights inHaste() {
    return new Rights(policy, people, channels, collector, true);
  }

  /** The person's right to read; empty when Slack can't say who it is. */
  Optional<Reader> reader(Person person) {
    return (hasty
            ? people.soon(person.team(), person.user())
            : people.find(person.team(), person.user()))
        .map(p -> new Reader(policy.get(), p));
  }

  /** Why this person may not ask this. */
  Optional<Reply.Refused> refusal(Person person, Question question) {
    return reader(person)
        .map(r -> new Clearance(r).refusal(question, collector))
        .orElse(Optional.of(nobody()));
  }

  /** The question as this person may put it. */
  Question narrowed(Person person, Question question) {
    return reader(person).map(r -> new Clearance(r).narrowed(question, collector)).orElse(question);
  }

  /**
   * What the person may see of an answer, and what may be posted at the place.
   *
   * @param seen by the clusters that the question was put to
   */
  Clearance.View view(
      Person person,
      Place place,
      Question question,
      Reply reply,
      SortedMap<String, Snapshot> seen) {
    Clearance.View view =
        reader(person)
            .map(r -> new Clearance(r).view(question, reply, collector, seen))
            .orElseGet(() -> new Clearance.View(nobody(), Optional.empty()));
    return channels.shared(place.channel())
        ? new Clearance.View(Clearance.withoutLogLines(view.reply()), view.leftOut())
        : view;
  }

  /** Why this person may not read anything at all. */
  Optional<Reply.Refused> shutOut(Person person) {
    return reader(person)
        .map(r -> r.shutOut().map(d -> new Reply.Refused(d.reason())))
        .orElse(Optional.of(nobody()));
  }

  /** Whether Slack, which does not answer just now, has to say first who this is and who reads. */
  boolean waitFor(Person person, Place place) {
    return people.waitsFor(person.team(), person.user()) || channels.waitsFor(place.channel());
  }

  /** Of the logs that a check read, those that the person may see at the place. */
  List<EvidenceFile.Log> logs(Person person, Place place, Map<String, Snapshot> seen) {
    Optional<Reader> reader = reader(person);
    if (reader.isEmpty() || channels.shared(place.channel())) {
      return List.of();
    }
    return seen.values().stream()
        .flatMap(s -> s.clusters().values().stream())
        .flatMap(
            c ->
                c.logs().stream()
                    .filter(l -> reader.get().may(c.name(), l.namespace()))
                    .map(l -> new EvidenceFile.Log(c.name(), l)))
        .distinct()
        .toList();
  }

  private static Reply.Refused nobody() {
    return new Reply.Refused(Decision.Denied.NOT_KNOWN.reason());
  }
}
