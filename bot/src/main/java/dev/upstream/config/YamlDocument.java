package dev.upstream.config;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;

/** One YAML file's only document, with the places of its parts. */
final class YamlDocument {
  private static final long LARGEST = 1024 * 1024;

  private final Path file;
  private final Origin origin;

  YamlDocument(Path file, Origin origin) {
    this.file = file;
    this.origin = origin;
  }

  /**
   * The document; empty for a file without one.
   *
   * @param missing what to do where there is no such file
   */
  Optional<Node> read(String missing) {
    try {
      return Optional.ofNullable(
          new Yaml(new LoaderOptions()).compose(new StringReader(text(missing))));
    } catch (MarkedYAMLException e) {
      throw origin.bad(e.getProblemMark(), "", "is no YAML: " + e.getProblem() + "." + hint(e));
    } catch (YAMLException e) {
      throw new BadConfig(
          origin.file()
              + " is no YAML: "
              + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
    }
  }

  private String text(String missing) {
    try {
      if (Files.exists(file) && !(Files.isRegularFile(file) && Files.size(file) <= LARGEST)) {
        throw new BadConfig(file + " is no file of at most 1 MiB.");
      }
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw new BadConfig("There is no " + file + ": " + missing);
    } catch (IOException e) {
      throw new BadConfig(file + " can't be read (" + e.getClass().getSimpleName() + ").");
    }
  }

  /** The signs that rules begin with mean something else in YAML. */
  private static String hint(MarkedYAMLException e) {
    Mark mark = e.getProblemMark();
    int[] buffer = mark.getBuffer();
    for (int at = mark.getPointer(); at >= 0 && at >= mark.getPointer() - 1; at--) {
      if (at < buffer.length && (buffer[at] == '*' || buffer[at] == '@')) {
        return " Put names with * or @ in quotes: \"*\", \"@sre\".";
      }
    }
    return "";
  }
}
