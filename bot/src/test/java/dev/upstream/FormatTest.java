package dev.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.StringWrapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every source file is as google-java-format writes it; -Dupstream.format=write makes it so. */
class FormatTest {
  private static final boolean WRITE = "write".equals(System.getProperty("upstream.format"));

  @Test
  void everySourceFileIsFormatted() throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(Path.of("src"))) {
      files = all.filter(p -> p.toString().endsWith(".java")).sorted().toList();
    }
    assertThat(files).isNotEmpty();
    assertThat(files.parallelStream().filter(f -> !formatted(f)).toList())
        .as("files to format: mvn test -Dtest=FormatTest -Dupstream.format=write")
        .isEmpty();
  }

  private static boolean formatted(Path file) {
    try {
      String source = Files.readString(file);
      Formatter formatter = new Formatter();
      String wanted = StringWrapper.wrap(formatter.formatSourceAndFixImports(source), formatter);
      if (WRITE && !wanted.equals(source)) {
        Files.writeString(file, wanted);
        return true;
      }
      return wanted.equals(source);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (FormatterException e) {
      throw new IllegalStateException(file + " is no Java", e);
    }
  }
}
