package dev.upstream.cli;

import dev.upstream.answer.Answering;
import dev.upstream.answer.Question;
import dev.upstream.path.Ask;
import dev.upstream.snapshot.Snapshot;
import dev.upstream.target.Target;
import dev.upstream.target.TargetParser;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code upstream capture}: saves what a check of a target, or of everything, sees, redacted. */
@Command(
    name = "capture",
    description = "Saves what a check sees as a bundle that check --from reads again.",
    mixinStandardHelpOptions = true,
    versionProvider = Cli.Version.class)
final class CaptureCommand implements Callable<Integer> {
  private final Clusters clusters;

  @Parameters(
      paramLabel = "TARGET",
      arity = "0..1",
      description = "as for check; without it every host and Service, of one namespace with -n")
  private @Nullable String target;

  @Mixin private Sources sources = new Sources();

  @Option(names = "--client", paramLabel = "C", description = "as for check")
  private @Nullable String client;

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NS",
      description = "as for check")
  private @Nullable String namespace;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      required = true,
      description = "a .tgz, or a new directory")
  private Path output = Path.of("bundle.tgz");

  @Spec private @Nullable CommandSpec spec;

  CaptureCommand(Clusters clusters) {
    this.clusters = clusters;
  }

  @Override
  public Integer call() {
    Target parsed = asked();
    if (sources.asked().stream().distinct().count() > 1 || sources.asked().contains("all")) {
      throw new Refusal("A bundle is captured from one client's cluster: name one --cluster.");
    }
    clusters.mayWrite(output);
    try (Clusters.Open open = sources.open(clusters)) {
      if (target != null) {
        new Answering(open)
            .refusal(
                new Question(
                    target,
                    sources.asked(),
                    Optional.ofNullable(client),
                    Optional.ofNullable(namespace)))
            .ifPresent(
                r -> {
                  throw new Refusal(r.sentence());
                });
      }
      String cluster =
          sources.asked().stream()
              .findFirst()
              .or(open::defaultCluster)
              .or(() -> open.clusters().stream().findFirst())
              .orElseThrow(() -> new Refusal("There is no cluster to capture from."));
      if (!open.clusters().contains(cluster)) {
        throw new Refusal(
            "There is no cluster \""
                + Cli.oneLine(cluster)
                + "\"; known: "
                + String.join(", ", open.clusters())
                + ".");
      }
      Snapshot snapshot =
          open.collect(
              new Ask(
                  parsed, cluster, Optional.ofNullable(client), Optional.ofNullable(namespace)));
      clusters.save(snapshot, parsed.shown(), output);
      java.util.Objects.requireNonNull(spec)
          .commandLine()
          .getErr()
          .println(
              "upstream: wrote "
                  + output
                  + "; ask it with: upstream check "
                  + words(parsed)
                  + " --from "
                  + output);
      return 0;
    }
  }

  private Target asked() {
    return target == null
        ? new Target.Everything(Optional.ofNullable(namespace))
        : TargetParser.parse(target).orElse(new Target.Everything(Optional.empty()));
  }

  private static String words(Target parsed) {
    return parsed instanceof Target.Everything e
        ? "--all" + e.namespace().map(n -> " -n " + n).orElse("")
        : parsed.shown();
  }
}
