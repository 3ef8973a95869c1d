package dev.upstream.answer;

import dev.upstream.path.Ask;
import dev.upstream.snapshot.Snapshot;
import java.util.List;

/** Where snapshots come from: live clusters or a recording. What can't be read becomes a gap. */
public interface Collector extends AutoCloseable {
  /** Every cluster that may be named, in the order of configuration. */
  List<String> clusters();

  /** The cluster to start in when nobody names one; empty to try every one. */
  java.util.Optional<String> defaultCluster();

  /** One bounded pass over what the question needs. */
  Snapshot collect(Ask ask);

  /** Gives connections back. */
  @Override
  default void close() {}
}
