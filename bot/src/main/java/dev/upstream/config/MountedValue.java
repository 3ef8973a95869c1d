package dev.upstream.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** A value of the environment, or of the file that NAME_FILE names, such as a mounted secret. */
final class MountedValue {
  private MountedValue() {}

  /** Empty when neither is there, or the value is; throws {@link BadConfig}. */
  static Optional<String> find(Map<String, String> environment, String name) {
    Optional<String> direct = Optional.ofNullable(environment.get(name)).map(String::strip);
    Optional<String> file = Optional.ofNullable(environment.get(name + "_FILE"));
    if (direct.isPresent() && file.isPresent()) {
      throw new BadConfig("Both " + name + " and " + name + "_FILE are set: set one of them.");
    }
    return file.map(f -> content(name + "_FILE", f)).or(() -> direct).filter(v -> !v.isEmpty());
  }

  static BadConfig missing(String name) {
    return new BadConfig(
        name + " is not set: give it, or " + name + "_FILE with the path of a file that holds it.");
  }

  private static String content(String name, String file) {
    try {
      return Files.readString(Path.of(file)).strip();
    } catch (IOException | RuntimeException e) {
      throw new BadConfig(name + " names a file that can't be read: " + file + ".");
    }
  }
}
