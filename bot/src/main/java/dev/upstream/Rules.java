package dev.upstream;

import dev.upstream.config.BadConfig;
import dev.upstream.config.PolicyFile;
import dev.upstream.policy.Policy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who may read what, as policy.yml says now: a right that is taken away there ends by itself. */
final class Rules implements Supplier<Policy> {
  private static final Logger LOG = LoggerFactory.getLogger(Rules.class);
  private static final Duration EVERY = Duration.ofSeconds(2);

  private final Optional<Path> file;
  private final InstantSource clock;
  private Policy policy;
  private Optional<Stamp> stamp;
  private Optional<Stamp> refused = Optional.empty();
  private Instant looked;

  /** What changes with a file, also where a link leads to another one. */
  private record Stamp(Instant modified, long size, String key) {
    static Optional<Stamp> of(Path file) {
      try {
        BasicFileAttributes a = Files.readAttributes(file, BasicFileAttributes.class);
        return Optional.of(
            new Stamp(a.lastModifiedTime().toInstant(), a.size(), Objects.toString(a.fileKey())));
      } catch (IOException e) {
        return Optional.empty();
      }
    }
  }

  private Rules(Optional<Path> file, Policy policy, Optional<Stamp> stamp, InstantSource clock) {
    this.file = file;
    this.policy = policy;
    this.stamp = stamp;
    this.clock = clock;
    this.looked = clock.instant();
  }

  /** Rules that never change. */
  static Rules always(Policy policy) {
    return new Rules(Optional.empty(), policy, Optional.empty(), InstantSource.system());
  }

  /** The rules of a file; throws {@link BadConfig}. */
  static Rules in(Path file, InstantSource clock) {
    Optional<Stamp> stamp = Stamp.of(file); // before it is read: what changes later is seen later
    return new Rules(Optional.of(file), PolicyFile.read(file), stamp, clock);
  }

  @Override
  public synchronized Policy get() {
    Instant now = clock.instant();
    if (file.isPresent() && !now.isBefore(looked.plus(EVERY))) {
      looked = now;
      look(file.get());
    }
    return policy;
  }

  /** A file with a mistake in it changes nothing. */
  private void look(Path changed) {
    Optional<Stamp> found = Stamp.of(changed);
    if (found.equals(stamp)) {
      return;
    }
    try {
      policy = PolicyFile.read(changed);
      stamp = found;
      LOG.info("{} has changed: its rules are in force", changed);
    } catch (BadConfig e) { // read again: it may be the disk that had a bad moment
      if (!found.equals(refused)) {
        LOG.error("The rules stay as they were, since they can't be read: {}", e.getMessage());
      }
      refused = found;
    }
  }
}
