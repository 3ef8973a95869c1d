package dev.upstream;

import dev.upstream.cli.Policies;
import dev.upstream.cli.Refusal;
import dev.upstream.config.BadConfig;
import dev.upstream.config.PolicyFile;
import java.nio.file.Path;
import java.util.Optional;

/** Opens the rules that say who may read what. */
final class PolicyAccess implements Policies {
  @Override
  public Rules read(Optional<Path> file) {
    Path chosen = file.orElse(PolicyFile.USUAL_FILE);
    try {
      return new Rules(chosen.toString(), PolicyFile.read(chosen));
    } catch (BadConfig e) {
      throw new Refusal(String.valueOf(e.getMessage()));
    }
  }
}
