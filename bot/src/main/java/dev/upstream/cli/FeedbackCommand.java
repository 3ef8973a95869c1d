package dev.upstream.cli;

import dev.upstream.answer.Question;
import dev.upstream.conversation.Feedback;
import dev.upstream.conversation.Person;
import dev.upstream.conversation.Run;
import dev.upstream.snapshot.Snapshot;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code upstream feedback}: which answers people found wrong, and what those were made from. */
@Command(
    name = "feedback",
    description = "Lists what people in Slack said about answers, and saves what those saw.",
    mixinStandardHelpOptions = true,
    versionProvider = Cli.Version.class,
    exitCodeListHeading = "Exit status:%n",
    exitCodeList = {"0:listed, be it that nobody said anything", "64:wrong usage, or no store"})
final class FeedbackCommand implements Callable<Integer> {
  private final KeptAnswers answers;
  private final Clusters clusters;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Settings, which name the store (default: ${DEFAULT-VALUE}).",
      defaultValue = "config/upstream.yml")
  private Path config = Path.of("config", "upstream.yml");

  @Option(
      names = "--all",
      description = "also answers that all found useful; else those that somebody found wrong")
  private boolean all;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      description = "an existing directory, for a bundle of each answer that check --from reads")
  private @Nullable Path output;

  @Spec private @Nullable CommandSpec spec;

  FeedbackCommand(KeptAnswers answers, Clusters clusters) {
    this.answers = answers;
    this.clusters = clusters;
  }

  @Override
  public Integer call() {
    if (output != null && !Files.isDirectory(output)) {
      throw new Refusal("There is no directory " + output + ": make it first.");
    }
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    try (KeptAnswers.Open store = answers.open(config)) {
      Map<String, List<Feedback>> byRun =
          store.notes().feedback().stream()
              .collect(
                  Collectors.groupingBy(Feedback::run, LinkedHashMap::new, Collectors.toList()));
      byRun.values().removeIf(said -> !all && said.stream().allMatch(Feedback::useful));
      if (byRun.isEmpty()) {
        spec.commandLine()
            .getErr()
            .println("upstream: nobody found an answer " + (all ? "worth a word yet." : "wrong."));
      }
      byRun.forEach((run, said) -> list(store, run, said, out));
    }
    return 0;
  }

  private void list(KeptAnswers.Open store, String id, List<Feedback> said, PrintWriter out) {
    Optional<Run> run = store.ledger().run(id);
    out.println(
        said.getFirst().at()
            + "  "
            + Cli.oneLine(run.map(r -> r.question().target()).orElse("(not kept any more)"))
            + "  not useful: "
            + names(said, false)
            + "; useful: "
            + names(said, true));
    run.ifPresent(r -> save(store, r, out));
  }

  private static String names(List<Feedback> said, boolean useful) {
    String names =
        said.stream()
            .filter(f -> f.useful() == useful)
            .map(Feedback::by)
            .map(Person::name)
            .map(Cli::oneLine)
            .collect(Collectors.joining(", "));
    return names.isEmpty() ? "nobody" : names;
  }

  /** A bundle for each cluster that was asked, and the command that answers the same again. */
  private void save(KeptAnswers.Open store, Run run, PrintWriter out) {
    if (output == null) {
      return;
    }
    Optional<SortedMap<String, Snapshot>> seen =
        store.ledger().kept(run.id()).map(store.recordings()::unpack);
    if (seen.isEmpty()) {
      out.println("  what was seen is not kept any more");
    }
    for (Map.Entry<String, Snapshot> one :
        seen.stream().flatMap(s -> s.entrySet().stream()).toList()) {
      Path file = output.resolve(run.id() + "-" + plain(one.getKey()) + ".tgz");
      if (!Files.exists(file)) {
        clusters.mayWrite(file);
        clusters.save(one.getValue(), run.question().target(), file);
      }
      out.println("  " + again(run.question(), one.getKey(), file));
    }
  }

  private static String again(Question question, String cluster, Path file) {
    return "upstream check "
        + quoted(question.target())
        + question.client().map(c -> " --client " + quoted(c)).orElse("")
        + question.namespace().map(n -> " -n " + quoted(n)).orElse("")
        + " --cluster "
        + quoted(cluster)
        + " --from "
        + quoted(file.toString());
  }

  /** For a shell: people typed it. */
  private static String quoted(String word) {
    String line = Cli.oneLine(word);
    return line.matches("[A-Za-z0-9][A-Za-z0-9./:_@-]*|/[A-Za-z0-9./_-]*")
        ? line
        : "'" + line.replace("'", "'\\''") + "'";
  }

  private static String plain(String cluster) {
    return cluster.replaceAll("[^A-Za-z0-9._-]", "_");
  }
}
