package dev.upstream.cli;

import dev.upstream.snapshot.LogRedaction;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.ToIntFunction;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Parses arguments, runs a command, and turns what goes wrong into one line and a status. */
@Command(
    name = "upstream",
    description = "Finds why a request dies on its way through Kubernetes, with proof.",
    mixinStandardHelpOptions = true,
    versionProvider = Cli.Version.class,
    subcommands = {ExplainCommand.class, CatalogueCommand.class},
    synopsisSubcommandLabel = "COMMAND")
public final class Cli implements Runnable {
  /** Wrong usage, unknown target or cluster, damaged input. */
  public static final int USAGE = 64;

  /** A bug. */
  public static final int INTERNAL = 70;

  @CommandLine.Spec private CommandLine.Model.@org.jspecify.annotations.Nullable CommandSpec spec;

  /** Runs and returns the exit status; nothing but an answer goes to standard output. */
  public static int run(
      String[] args,
      PrintStream out,
      PrintStream err,
      Clusters clusters,
      Policies policies,
      KeptAnswers answers,
      ToIntFunction<Path> service) {
    CommandLine line =
        new CommandLine(new Cli())
            .addSubcommand(new CheckCommand(clusters))
            .addSubcommand(new CaptureCommand(clusters))
            .addSubcommand(new PolicyCommand(policies))
            .addSubcommand(new FeedbackCommand(answers, clusters))
            .addSubcommand(new ServeCommand(service));
    line.setOut(new PrintWriter(out, true, StandardCharsets.UTF_8));
    line.setErr(new PrintWriter(err, true, StandardCharsets.UTF_8));
    line.setParameterExceptionHandler(
        (e, a) -> {
          e.getCommandLine().getErr().println("upstream: " + oneLine(words(e)) + hint(e));
          return USAGE;
        });
    line.setExecutionExceptionHandler(
        (e, command, parsed) -> {
          if (e instanceof Refusal refusal) {
            command.getErr().println("upstream: " + oneLine(refusal.getMessage()));
            return USAGE;
          }
          return internal(e, command.getErr());
        });
    try {
      int status = line.execute(args);
      line.getOut().flush();
      if (out.checkError()) {
        line.getErr().println("upstream: the answer could not be written to standard output.");
        return INTERNAL;
      }
      return status;
    } catch (StackOverflowError | OutOfMemoryError | LinkageError e) {
      return internal(e, line.getErr());
    }
  }

  /** Messages of exceptions may quote what was read, which is not for a terminal or a report. */
  private static int internal(Throwable bug, PrintWriter err) {
    String where =
        Arrays.stream(bug.getStackTrace())
            .filter(f -> f.getClassName().startsWith("dev.upstream."))
            .findFirst()
            .map(f -> " at " + f.getClassName() + ":" + f.getLineNumber())
            .orElse("");
    err.println(
        "upstream: internal error ("
            + bug.getClass().getSimpleName()
            + where
            + "); please report it with the command that led to it. Set UPSTREAM_DEBUG=1 for"
            + " details.");
    if ("1".equals(System.getenv("UPSTREAM_DEBUG"))) {
      bug.printStackTrace(err);
    }
    return INTERNAL;
  }

  @Override
  public void run() {
    throw new ParameterException(
        java.util.Objects.requireNonNull(spec).commandLine(), "name a command");
  }

  /** Without the name of the exception that the parser puts behind a value that can't be used. */
  private static String words(ParameterException e) {
    return String.valueOf(e.getMessage())
        .replaceAll("cannot convert ('.*') to .*", "$1 can't be used")
        .replaceAll("(?s) \\((?:\\w+\\.)+\\w*Exception:.*\\)", "");
  }

  private static String hint(ParameterException e) {
    String near =
        e instanceof UnmatchedArgumentException u && !u.getSuggestions().isEmpty()
            ? ". Near: " + String.join(", ", u.getSuggestions())
            : "";
    return near + ". Try: " + e.getCommandLine().getCommandSpec().qualifiedName() + " --help";
  }

  static String oneLine(@org.jspecify.annotations.Nullable String text) {
    String line =
        LogRedaction.mask(
                String.valueOf(text).replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Zl}\\p{Zp}]+", " "))
            .strip();
    return line.length() > 600 ? line.substring(0, 600) + "..." : line;
  }

  /** The version that the build wrote into the jar. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Cli.class.getPackage().getImplementationVersion();
      return new String[] {"upstream " + (version == null ? "(built from source)" : version)};
    }
  }
}
