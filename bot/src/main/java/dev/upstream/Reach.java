package dev.upstream;

import dev.upstream.answer.Collector;
import dev.upstream.answer.Directory;
import java.util.List;
import java.util.Optional;

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
    Optional<Exception> broken = Optional.empty();
    for (AutoCloseable part : parts) {
      try {
        part.close();
      } catch (Exception e) { // the others are closed all the same
        broken = Optional.of(e);
      }
    }
    if (broken.isPresent()) {
      throw broken.get();
    }
  }
}
