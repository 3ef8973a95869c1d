package dev.upstream.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.ToIntFunction;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

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
      ToIntFunction<Path> service) {
    CommandLine line =
        new CommandLine(new Cli())
            .addSubcommand(new CheckCommand(clusters))
            .addSubcommand(new CaptureCommand(clusters))
            .addSubcommand(new ServeCommand(service));
    line.setOut(new PrintWriter(out, true, StandardCharsets.UTF_8));
    line.setErr(new PrintWriter(err, true, StandardCharsets.UTF_8));
    line.setParameterExceptionHandler(
        (e, a) -> {
          e.getCommandLine().getErr().println("upstream: " + oneLine(e.getMessage()) + hint(e));
          return USAGE;
        });
    line.setExecutionExceptionHandler(
        (e, command, parsed) -> {
          if (e instanceof Refusal refusal) {
            command.getErr().println("upstream: " + oneLine(refusal.getMessage()));
            return USAGE;
          }
          command
              .getErr()
              .println(
                  "upstream: internal error ("
                      + oneLine(e.getClass().getSimpleName() + ": " + e.getMessage())
                      + "); please report it with the command that led to it. Set UPSTREAM_DEBUG=1"
                      + " for details.");
          if ("1".equals(System.getenv("UPSTREAM_DEBUG"))) {
            e.printStackTrace(command.getErr());
          }
          return INTERNAL;
        });
    return line.execute(args);
  }

  @Override
  public void run() {
    throw new ParameterException(
        java.util.Objects.requireNonNull(spec).commandLine(), "name a command");
  }

  private static String hint(ParameterException e) {
    return ". Try: " + e.getCommandLine().getCommandSpec().qualifiedName() + " --help";
  }

  static String oneLine(@org.jspecify.annotations.Nullable String text) {
    String line = String.valueOf(text).replaceAll("[\\p{Cntrl}\\p{Cf}]+", " ").strip();
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
