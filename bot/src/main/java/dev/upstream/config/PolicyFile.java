package dev.upstream.config;

import dev.upstream.policy.NamePattern;
import dev.upstream.policy.Policy;
import dev.upstream.policy.ReadRule;
import dev.upstream.policy.Who;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Reads policy.yml; what is wrong is refused by {@code file:line:column}. */
public final class PolicyFile {
  /** Where it is looked for: beside upstream.yml. */
  public static final String NAME = "policy.yml";

  public static final Path USUAL_FILE = UpstreamConfig.USUAL_FILE.resolveSibling(NAME);

  private static final List<String> TOP = List.of("read");
  private static final List<String> RULE = List.of("name", "clusters", "namespaces", "who");

  /** Words of rules for changes: taken now, they would promise what nobody keeps. */
  private static final List<String> FOR_CHANGES =
      List.of("ask", "approve", "fix", "fixes", "freeze", "expiry", "approvals", "selfApproval");

  private static final String CLUSTER = "[A-Za-z0-9*](?:[A-Za-z0-9*._-]{0,61}[A-Za-z0-9*])?";
  private static final String NAMESPACE = "[a-z0-9*](?:[a-z0-9*-]{0,61}[a-z0-9*])?";
  private static final String HANDLE = "@[a-z0-9][a-z0-9._-]{0,79}";
  private static final String GROUP = "S(?=[A-Z]*[0-9])[A-Z0-9]{2,20}";
  private static final String USER = "[UW][A-Z0-9]{2,20}";
  private static final String EVERYONE = "everyone";

  private final Section top;

  private PolicyFile(Section top) {
    this.top = top;
  }

  /** Reads and validates the file; throws {@link BadConfig}. */
  public static Policy read(Path file) {
    Origin origin = new Origin(file.toString(), true);
    Optional<Node> document =
        new YamlDocument(file, origin)
            .read("copy config/policy.yml, which says who may read what.");
    document.ifPresent(d -> refuseChanges(origin, d));
    return document
        .map(d -> new PolicyFile(Section.of(origin, "", d, TOP)).policy())
        .orElseGet(() -> new Policy(List.of()));
  }

  private static void refuseChanges(Origin origin, Node document) {
    if (document instanceof MappingNode mapping) {
      for (NodeTuple tuple : mapping.getValue()) {
        if (tuple.getKeyNode() instanceof ScalarNode key && FOR_CHANGES.contains(key.getValue())) {
          throw origin.bad(
              key.getStartMark(),
              key.getValue(),
              "is not taken by this version, which changes nothing; known: read.");
        }
      }
    }
  }

  private Policy policy() {
    List<ReadRule> rules = new ArrayList<>();
    List<Node> items = top.items("read");
    for (int i = 0; i < items.size(); i++) {
      Section section = Section.of(top.origin(), "read[" + i + "]", items.get(i), RULE);
      ReadRule rule = rule(section, items.get(i));
      if (!rule.name().isEmpty() && rules.stream().anyMatch(r -> r.name().equals(rule.name()))) {
        throw section.bad("name", "\"" + rule.name() + "\" is the name of another rule too.");
      }
      rules.add(rule);
    }
    return new Policy(rules);
  }

  private static ReadRule rule(Section s, Node item) {
    String name =
        s.text(
                "name",
                n -> n.matches("[\\p{L}\\p{N}][\\p{L}\\p{N} ,._'/-]{0,79}"),
                "a name of at most 80 letters, digits and blanks")
            .orElse("");
    List<NamePattern> clusters =
        patterns(s, "clusters", CLUSTER, "a cluster's name, with * for any signs");
    List<NamePattern> namespaces =
        patterns(s, "namespaces", NAMESPACE, "a namespace's name, with * for any signs");
    return new ReadRule(
        name,
        item.getStartMark().getLine() + 1,
        item.getStartMark().getColumn() + 1,
        clusters,
        namespaces,
        who(s));
  }

  private static List<NamePattern> patterns(Section s, String key, String form, String words) {
    return required(s, key, t -> t.matches(form), words).stream().map(NamePattern::new).toList();
  }

  private static Who who(Section s) {
    List<String> names =
        required(
            s,
            "who",
            t ->
                t.equals(EVERYONE)
                    || t.toLowerCase(Locale.ROOT).matches(HANDLE)
                    || t.matches(GROUP)
                    || t.matches(USER),
            "everyone, a user group (\"@handle\" or its id S...) or a person (the id U...)");
    return Who.of(
        names.contains(EVERYONE),
        names.stream()
            .filter(n -> n.startsWith("@") || n.matches(GROUP))
            .map(n -> n.startsWith("@") ? n.toLowerCase(Locale.ROOT) : n)
            .toList(),
        names.stream().filter(n -> n.matches(USER)).toList());
  }

  private static List<String> required(
      Section s, String key, Predicate<String> fits, String words) {
    List<String> found = s.oneOrMore(key, fits, words).orElse(List.of());
    if (found.isEmpty()) {
      throw s.bad(key, "is missing: name at least one, " + words + ".");
    }
    return found;
  }
}
