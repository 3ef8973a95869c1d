package dev.upstream;

import dev.upstream.cli.ServeCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program. */
@Command(
    name = "upstream",
    description = "Finds why a request dies on its way through Kubernetes.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
public final class Application {
  private static final int WRONG_USAGE = 64;
  private static final int INTERNAL_ERROR = 70;

  private Application() {}

  public static void main(String[] args) {
    System.exit(commands().execute(args));
  }

  static CommandLine commands() {
    return new CommandLine(new Application())
        .addSubcommand(new ServeCommand(f -> Service.serve(f, System.getenv(), System.err)))
        .setExecutionExceptionHandler(
            (problem, line, parsed) -> {
              line.getErr().println("Upstream broke: " + problem);
              return INTERNAL_ERROR;
            })
        .setExitCodeExceptionMapper(problem -> INTERNAL_ERROR)
        .setParameterExceptionHandler(
            (problem, arguments) -> {
              problem.getCommandLine().getErr().println(problem.getMessage());
              return WRONG_USAGE;
            });
  }
}
