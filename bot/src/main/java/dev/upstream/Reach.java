package dev.upstream;

import dev.upstream.answer.Collector;
import dev.upstream.answer.Directory;
import java.util.List;

/**
 * What clusters are asked through.
 *
 * @param directory what there is to choose from in them, over the same connections
 * @param parts what has to be closed, in this order
 */
record Reach(Collector collector, Directory directory, List<AutoCloseable> parts)
    implements AutoCloseable {
  Reach {
    parts = List.copyOf(parts);
  }

  @Override
  public void close() throws Exception {
    for (AutoCloseable part : parts) {
      part.close();
    }
  }
}
