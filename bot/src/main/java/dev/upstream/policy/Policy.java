package dev.upstream.policy;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Who may read what. The first rule that fits allows; where none fits, nobody may. Guests, bots,
 * closed accounts and people of other workspaces may not, whatever the rules say.
 */
public record Policy(List<ReadRule> read) {
  public Policy {
    read = List.copyOf(read);
  }

  /**
   * Whether a person may read a namespace.
   *
   * @param namespace empty for what belongs to none, such as a Node: only a rule for the namespace
   *     {@code *} holds it
   */
  public Decision read(Person person, String cluster, String namespace) {
    return never(person)
        .<Decision>map(d -> d)
        .or(
            () ->
                read.stream()
                    .filter(r -> r.over(cluster, namespace) && r.who().holds(person))
                    .findFirst()
                    .map(Decision.Allowed::new))
        .orElseGet(() -> new Decision.Denied(noRule(cluster, namespace)));
  }

  /** Why a person may not, whatever the rules say; empty for a full member. */
  static Optional<Decision.Denied> never(Person person) {
    return switch (person.kind()) {
      case MEMBER -> Optional.empty();
      case GUEST -> denied("Guests of this workspace may not read anything here.");
      case BOT -> denied("Bots and apps may not read anything here.");
      case STRANGER -> denied("People of other workspaces may not read anything here.");
      case DEACTIVATED -> denied("This account is deactivated and may not read anything here.");
    };
  }

  private static Optional<Decision.Denied> denied(String reason) {
    return Optional.of(new Decision.Denied(reason));
  }

  private static String noRule(String cluster, String namespace) {
    String what = namespace.isEmpty() ? "what belongs to no namespace" : "namespace " + namespace;
    return "No rule of policy.yml gives the right to read " + what + " in cluster " + cluster + ".";
  }

  /** The groups that rules name, by id or {@code @handle}. */
  public Set<String> groups() {
    return read.stream().flatMap(r -> r.who().groups().stream()).collect(Collectors.toSet());
  }
}
