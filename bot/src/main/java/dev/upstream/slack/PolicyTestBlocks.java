package dev.upstream.slack;

import dev.upstream.policy.Decision;
import dev.upstream.policy.Person;
import dev.upstream.policy.Policy;
import dev.upstream.policy.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which rule lets somebody read a namespace, cluster by cluster, for the asker alone. */
public final class PolicyTestBlocks {
  private static final int MOST = 30;
  private static final String NOTHING_READABLE = "There is no cluster that you may read.";

  private PolicyTestBlocks() {}

  /**
   * @param name what the tested one is called
   * @param asker who wants to know; only a full member is told
   * @param tested empty when Slack could not say who it is
   * @param clusters of upstream.yml; the asker hears of those that he may read something of
   */
  public static Message of(
      Command.PolicyTest test,
      String name,
      Policy policy,
      Optional<Person> asker,
      Optional<Person> tested,
      List<String> clusters) {
    if (asker.isEmpty()) {
      return NoteBlocks.sentence(Decision.Denied.NOT_KNOWN.reason());
    }
    if (asker.get().kind() != Person.Kind.MEMBER) {
      return NoteBlocks.sentence("Only full members of this workspace can test the rules.");
    }
    if (tested.isEmpty()) {
      return NoteBlocks.sentence(
          "Slack could not say who " + name + " is. Is the id right? Else try again in a minute.");
    }
    Reader reader = new Reader(policy, asker.get());
    List<String> known = clusters.stream().filter(reader::mayEnter).toList();
    if (known.isEmpty()) {
      return NoteBlocks.sentence(
          reader.shutOut().map(Decision.Denied::reason).orElse(NOTHING_READABLE));
    }
    Optional<String> unknown = test.clusters().stream().filter(c -> !known.contains(c)).findFirst();
    if (unknown.isPresent()) {
      return NoteBlocks.sentence(
          "There is no cluster \""
              + unknown.get()
              + "\"; known: "
              + String.join(", ", known)
              + ".");
    }
    List<String> asked = test.clusters().isEmpty() ? known : test.clusters();
    List<String> lines = new ArrayList<>();
    lines.add(
        name + " (" + tested.get().kind().word() + ") reads namespace " + test.namespace() + ":");
    for (String cluster : asked.subList(0, Math.min(MOST, asked.size()))) {
      lines.add("in cluster " + cluster + ": " + words(policy, tested.get(), cluster, test));
    }
    if (asked.size() > MOST) {
      lines.add("and " + (asked.size() - MOST) + " more clusters; name one by \"on\"");
    }
    return NoteBlocks.sentence(String.join("\n", lines));
  }

  private static String words(
      Policy policy, Person person, String cluster, Command.PolicyTest test) {
    return switch (policy.read(person, cluster, test.namespace())) {
      case Decision.Allowed a -> "allowed by " + a.rule().words() + " of policy.yml";
      case Decision.Denied d -> "denied. " + d.reason().replace(" in cluster " + cluster, "");
    };
  }
}
