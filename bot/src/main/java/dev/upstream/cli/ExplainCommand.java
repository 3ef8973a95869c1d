package dev.upstream.cli;

import dev.upstream.diagnosis.Catalogue;
import dev.upstream.diagnosis.CheckInfo;
import dev.upstream.path.NearNames;
import dev.upstream.report.Pages;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code upstream explain}: the page of a root cause. */
@Command(
    name = "explain",
    description = "Prints the page of a root cause or symptom.",
    mixinStandardHelpOptions = true,
    versionProvider = Cli.Version.class)
final class ExplainCommand implements Callable<Integer> {
  @Parameters(paramLabel = "ID", description = "an id of `upstream catalogue`")
  private String id = "";

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    String page =
        Catalogue.find(id)
            .map(CheckInfo::id)
            .flatMap(Pages::of)
            .orElseThrow(
                () ->
                    new Refusal(
                        "There is no page for \""
                            + Cli.oneLine(id)
                            + "\"."
                            + near()
                            + " `upstream catalogue` lists them."));
    var out = java.util.Objects.requireNonNull(spec).commandLine().getOut();
    out.print(page);
    out.flush();
    return 0;
  }

  private String near() {
    List<String> ids = Catalogue.CHECKS.stream().map(c -> c.info().id()).toList();
    List<String> near = NearNames.among(ids, id.length() > 80 ? "" : id);
    return near.isEmpty() ? "" : " Near: " + String.join(", ", near) + ".";
  }
}
