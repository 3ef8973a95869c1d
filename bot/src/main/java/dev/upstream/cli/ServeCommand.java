package dev.upstream.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.ToIntFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code upstream serve}. */
@Command(
    name = "serve",
    description = "Answers /upstream in Slack until it is stopped.",
    mixinStandardHelpOptions = true,
    versionProvider = Cli.Version.class)
public final class ServeCommand implements Callable<Integer> {
  private final ToIntFunction<Path> service;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Settings (default: ${DEFAULT-VALUE}).",
      defaultValue = "config/upstream.yml")
  private Path config = Path.of("config", "upstream.yml");

  /**
   * @param service serves with the settings of a file and returns the exit status
   */
  public ServeCommand(ToIntFunction<Path> service) {
    this.service = service;
  }

  @Override
  public Integer call() {
    return service.applyAsInt(config);
  }
}
