package dev.upstream.diagnosis;

import dev.upstream.path.Ask;
import dev.upstream.path.PathFinder;
import dev.upstream.path.Resolution;
import dev.upstream.snapshot.Snapshot;
import dev.upstream.snapshot.Source;
import java.util.EnumSet;
import java.util.Set;

/** Which sources a check really reads on a snapshot. */
final class SourcesRead {
  private SourcesRead() {}

  static Set<Source> by(Check check, Snapshot snapshot, Ask ask) {
    Set<Source> read = EnumSet.noneOf(Source.class);
    if (PathFinder.find(snapshot, ask) instanceof Resolution.Found found) {
      found
          .paths()
          .forEach(
              path -> {
                Case c = new Case(snapshot, path, new Facts(snapshot, path));
                check.diagnose(c);
                read.addAll(c.read());
              });
    }
    return read;
  }
}
