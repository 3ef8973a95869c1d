package dev.upstream.cli;

import dev.upstream.policy.Policy;
import java.nio.file.Path;
import java.util.Optional;

/** Where commands get the rules from. */
public interface Policies {
  /**
   * The rules of a file, or of the usual one.
   *
   * @throws Refusal when it can't be read or is wrong
   */
  Rules read(Optional<Path> file);

  /**
   * @param file as it is shown
   */
  record Rules(String file, Policy policy) {}
}
