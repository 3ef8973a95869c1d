package dev.upstream.cli;

import dev.upstream.diagnosis.Catalogue;
import dev.upstream.diagnosis.Check;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code upstream catalogue}: every id with its meaning. */
@Command(
    name = "catalogue",
    description = "Lists every root cause and symptom that is looked for.",
    mixinStandardHelpOptions = true,
    versionProvider = Cli.Version.class)
final class CatalogueCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    var out = java.util.Objects.requireNonNull(spec).commandLine().getOut();
    for (Check check : Catalogue.CHECKS) {
      out.printf(
          "%-34s %-13s %s%n", check.info().id(), check.info().role().word(), check.info().title());
    }
    out.flush();
    return 0;
  }
}
