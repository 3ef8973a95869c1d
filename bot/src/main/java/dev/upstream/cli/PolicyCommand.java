package dev.upstream.cli;

import dev.upstream.policy.Decision;
import dev.upstream.policy.Lint;
import dev.upstream.policy.NamePattern;
import dev.upstream.policy.Person;
import dev.upstream.policy.Policy;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code upstream policy}: is policy.yml right, and whom does it let read what. */
@Command(
    name = "policy",
    description = "Says whether policy.yml is right, and whom it lets read what.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
final class PolicyCommand implements Runnable {
  private final Policies policies;

  @Spec private @Nullable CommandSpec spec;

  PolicyCommand(Policies policies) {
    this.policies = policies;
  }

  @Override
  public void run() {
    throw new ParameterException(
        java.util.Objects.requireNonNull(spec).commandLine(), "name lint or test");
  }

  /** {@code upstream policy lint}. */
  @Command(
      name = "lint",
      description = "Reads the rules; names the line and column of what is wrong or has no effect.",
      mixinStandardHelpOptions = true,
      exitCodeListHeading = "Exit status:%n",
      exitCodeList = {"0:right, perhaps with warnings", "64:wrong"})
  int lint(
      @Parameters(
              arity = "0..1",
              paramLabel = "FILE",
              description = "the rules (default: config/policy.yml)")
          @Nullable Path file) {
    Policies.Rules rules = policies.read(Optional.ofNullable(file));
    List<Lint.Warning> warnings = Lint.of(rules.policy());
    for (Lint.Warning w : warnings) {
      print(rules.file() + ":" + w.line() + ":" + w.column() + ": warning: " + w.sentence());
    }
    int count = rules.policy().read().size();
    print(
        rules.file()
            + ": "
            + count
            + (count == 1 ? " rule, " : " rules, ")
            + (warnings.isEmpty() ? "no" : warnings.size())
            + (warnings.size() == 1 ? " warning" : " warnings"));
    return 0;
  }

  /** {@code upstream policy test}. */
  @Command(
      name = "test",
      description = "Says which rule lets a person read a namespace.",
      mixinStandardHelpOptions = true,
      exitCodeListHeading = "Exit status:%n",
      exitCodeList = {"0:allowed, in some cluster", "1:denied", "64:wrong usage or wrong rules"})
  int test(
      @Parameters(
              index = "0",
              paramLabel = "USER",
              description = "a Slack member id, such as U012AB3CD")
          String user,
      @Parameters(index = "1", paramLabel = "read", description = "the right: read") Right right,
      @Parameters(index = "2", paramLabel = "NAMESPACE", description = "the namespace to read")
          String namespace,
      @Option(
              names = "--cluster",
              paramLabel = "C",
              description = "default: every one that rules name")
          @Nullable String cluster,
      @Option(
              names = "--group",
              paramLabel = "G",
              description = "a user group that the person is in, by id or handle; may be repeated")
          @Nullable List<String> groups,
      @Option(
              names = "--kind",
              paramLabel = "KIND",
              description = "member (default), guest, bot, stranger or deactivated")
          @Nullable String kind,
      @Option(
              names = "--policy",
              paramLabel = "FILE",
              description = "the rules (default: config/policy.yml)")
          @Nullable Path file) {
    Person person = person(user, Optional.ofNullable(groups).orElse(List.of()), kind);
    if (!namespace.matches("[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")) {
      throw new Refusal("\"" + namespace + "\" is no namespace's name.");
    }
    if (cluster != null && !cluster.matches("[A-Za-z0-9](?:[A-Za-z0-9._-]{0,61}[A-Za-z0-9])?")) {
      throw new Refusal("\"" + cluster + "\" is no cluster's name.");
    }
    Policies.Rules rules = policies.read(Optional.ofNullable(file));
    print(words(person) + " reads namespace " + namespace + ":");
    boolean allowed = false;
    Stream<String> asked = cluster == null ? clusters(rules.policy()) : Stream.of(cluster);
    for (String each : asked.toList()) {
      Decision decision = rules.policy().read(person, each, namespace);
      print("  " + cluster(each) + ": " + words(decision, rules.file(), each));
      allowed |= decision instanceof Decision.Allowed;
    }
    return allowed ? 0 : 1;
  }

  /** What can be tested. */
  enum Right {
    read
  }

  private static Person person(String user, List<String> groups, @Nullable String kind) {
    if (!user.matches("[UW][A-Z0-9]{2,20}")) {
      throw new Refusal("\"" + user + "\" is no Slack member id: it looks like U012AB3CD.");
    }
    Map<String, Person.Kind> kinds =
        Stream.of(Person.Kind.values()).collect(Collectors.toMap(Person.Kind::word, k -> k));
    String word = kind == null ? Person.Kind.MEMBER.word() : kind;
    if (!kinds.containsKey(word)) {
      throw new Refusal(
          "\""
              + word
              + "\" is no kind of account; known: member, guest, bot, stranger, deactivated.");
    }
    return new Person(
        "",
        user,
        kinds.getOrDefault(word, Person.Kind.STRANGER),
        groups.stream().map(PolicyCommand::group).collect(Collectors.toSet()));
  }

  /** An id stays; a handle is small and begins with @. */
  private static String group(String name) {
    if (name.matches("S(?=[A-Z]*[0-9])[A-Z0-9]{2,20}")) {
      return name;
    }
    String handle = (name.startsWith("@") ? name : "@" + name).toLowerCase(Locale.ROOT);
    if (!handle.matches("@[a-z0-9][a-z0-9._-]{0,79}")) {
      throw new Refusal(
          "\"" + name + "\" is no user group: give @handle or an id such as S012AB3CD.");
    }
    return handle;
  }

  /** The names and patterns of the rules; the last stands for every other cluster. */
  private static Stream<String> clusters(Policy policy) {
    TreeSet<String> named =
        policy.read().stream()
            .flatMap(r -> r.clusters().stream())
            .map(NamePattern::text)
            .collect(Collectors.toCollection(TreeSet::new));
    named.remove("*");
    return Stream.concat(named.stream(), Stream.of("*"));
  }

  private static String cluster(String pattern) {
    return pattern.equals("*")
        ? "every other cluster"
        : (pattern.contains("*") ? "clusters " : "cluster ") + pattern;
  }

  private static String words(Person person) {
    return person.user()
        + " ("
        + person.kind().word()
        + (person.groups().isEmpty()
            ? ""
            : ", in " + String.join(", ", new TreeSet<>(person.groups())))
        + ")";
  }

  /** The cluster is named in front already. */
  private static String words(Decision decision, String file, String cluster) {
    return switch (decision) {
      case Decision.Allowed a ->
          "allowed by "
              + (a.rule().name().isEmpty() ? "the rule" : "rule \"" + a.rule().name() + "\"")
              + " at "
              + file
              + ":"
              + a.rule().line();
      case Decision.Denied d -> "denied. " + d.reason().replace(" in cluster " + cluster, "");
    };
  }

  private void print(String line) {
    var out = java.util.Objects.requireNonNull(spec).commandLine().getOut();
    out.println(line);
    out.flush();
  }
}
