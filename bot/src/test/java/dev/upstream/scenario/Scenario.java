package dev.upstream.scenario;

import dev.upstream.answer.Answering;
import dev.upstream.answer.Question;
import dev.upstream.answer.Reply;
import dev.upstream.bundle.Bundle;
import dev.upstream.bundle.BundleCollector;
import dev.upstream.bundle.BundleReader;
import dev.upstream.diagnosis.Catalogue;
import dev.upstream.diagnosis.Check;
import dev.upstream.diagnosis.Diagnoser;
import dev.upstream.snapshot.Snapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A recorded cluster and what is to be said of it. */
public record Scenario(String id, String name, Path folder, Expected expected) {
  private static final Path ROOT = Path.of("src", "test", "resources", "scenarios");

  /** What a scenario is there to show. */
  public enum Sort {
    FAULT,
    NEAR_MISS,
    GAP
  }

  /** All of them, by id and name. */
  public static List<Scenario> all() {
    try (Stream<Path> files = Files.walk(ROOT, 3)) {
      return files
          .filter(f -> f.endsWith("expected.yaml"))
          .sorted()
          .map(f -> of(ROOT.relativize(f.resolveSibling("")), f))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Scenario of(Path place, Path file) {
    try {
      return new Scenario(
          place.getName(0).toString(),
          place.getName(1).toString(),
          ROOT.resolve(place),
          Expected.read(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public String title() {
    return id + "/" + name;
  }

  public Sort sort() {
    return name.startsWith("healthy")
        ? Sort.NEAR_MISS
        : name.startsWith("gap") ? Sort.GAP : Sort.FAULT;
  }

  public Bundle bundle() {
    try {
      for (String where : List.of("bundle.tgz", "bundle", "cluster")) {
        if (Files.exists(folder.resolve(where))) {
          return new BundleReader().read(folder.resolve(where));
        }
      }
      return new BundleReader().read(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(title(), e);
    }
  }

  Reply answer(Snapshot snapshot) {
    return answer(snapshot, Catalogue.CHECKS, expected.question());
  }

  static Reply answer(Snapshot snapshot, List<Check> checks, Question question) {
    return new Answering(new BundleCollector(snapshot), new Diagnoser(checks)).answer(question);
  }
}
