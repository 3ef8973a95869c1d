package dev.upstream.cli;

import dev.upstream.answer.Answering;
import dev.upstream.answer.Question;
import dev.upstream.answer.Reply;
import dev.upstream.report.JsonReport;
import dev.upstream.report.TextReport;
import dev.upstream.target.Target;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code upstream check}: the same engine as in Slack, for a terminal or a pipeline. */
@Command(
    name = "check",
    description = "Says which hop of a request's path fails, for what share, and why.",
    mixinStandardHelpOptions = true,
    versionProvider = Cli.Version.class,
    exitCodeListHeading = "Exit status:%n",
    exitCodeList = {
      "0:healthy or at-risk",
      "1:broken or degraded",
      "2:unknown: something that matters could not be seen",
      "64:wrong usage, unknown target or cluster, damaged input",
      "70:internal error"
    })
final class CheckCommand implements Callable<Integer> {
  /** Output formats. */
  enum Format {
    text,
    json
  }

  private final Clusters clusters;

  @Parameters(
      paramLabel = "TARGET",
      arity = "0..1",
      description =
          "a URL, host, service, namespace/service, pod/x, ingress/x, or a pasted log line")
  private @Nullable String target;

  @Option(
      names = "--all",
      description = "every host and Service instead of one target, of one namespace with -n")
  private boolean all;

  @Mixin private Sources sources = new Sources();

  @Option(
      names = "--client",
      paramLabel = "C",
      description = "who calls: namespace or namespace/workload")
  private @Nullable String client;

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NS",
      description = "where to look for a service, pod or ingress named without a namespace")
  private @Nullable String namespace;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      description = "text (default) or json")
  private Format output = Format.text;

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--save",
      paramLabel = "FILE",
      description = "also save what was seen as a bundle: a .tgz, or a new directory")
  private @Nullable Path save;

  CheckCommand(Clusters clusters) {
    this.clusters = clusters;
  }

  @Override
  public Integer call() {
    if (all == (target != null)) {
      throw new ParameterException(
          java.util.Objects.requireNonNull(spec).commandLine(),
          "name one TARGET, or --all for every one");
    }
    if (save != null) {
      clusters.mayWrite(save);
    }
    try (Clusters.Open open = sources.open(clusters)) {
      return answer(new Saving(open));
    }
  }

  private void beside(Reply.Other other) {
    java.util.Objects.requireNonNull(spec)
        .commandLine()
        .getErr()
        .println(
            "upstream: "
                + Cli.oneLine("cluster " + other.cluster() + ": " + other.why().sentence()));
  }

  private String everything() {
    return new Target.Everything(Optional.ofNullable(namespace)).shown();
  }

  private Reply reply(Answering answering) {
    Optional<String> from = Optional.ofNullable(client);
    Optional<String> in = Optional.ofNullable(namespace);
    return target == null
        ? answering.answerAll(sources.asked(), from, in)
        : answering.answer(new Question(target, sources.asked(), from, in));
  }

  /** Plain manifests have no time. */
  private static boolean ran(Saving collector) {
    return collector.all().stream()
        .flatMap(s -> s.clusters().values().stream())
        .anyMatch(c -> !c.manifestsOnly());
  }

  private int answer(Saving collector) {
    long start = System.nanoTime();
    Reply reply = reply(new Answering(collector));
    long took = (System.nanoTime() - start) / 1_000_000;
    return switch (reply) {
      case Reply.Refused r -> throw new Refusal(r.sentence());
      case Reply.Answered a -> {
        if (save != null) {
          clusters.save(collector.only(), target == null ? everything() : a.worst().target(), save);
        }
        long collecting = collector.millis();
        String text =
            output == Format.json
                ? JsonReport.of(
                        a, new JsonReport.Timing(collecting, Math.max(0, took - collecting)))
                    + "\n"
                : TextReport.of(a, sources.recorded() && ran(collector));
        var out = java.util.Objects.requireNonNull(spec).commandLine().getOut();
        out.print(text);
        out.flush();
        if (output == Format.json) { // the document holds one diagnosis for each cluster with one
          a.others().forEach(this::beside);
        }
        yield a.worst().verdict().exitStatus();
      }
    };
  }
}
