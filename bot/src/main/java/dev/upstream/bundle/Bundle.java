package dev.upstream.bundle;

import dev.upstream.snapshot.Snapshot;
import java.util.Optional;

/**
 * A recording that was read.
 *
 * @param target what was asked when it was made
 */
public record Bundle(Snapshot snapshot, Optional<String> target, Optional<String> notes) {}
