package dev.upstream.bundle;

import java.io.IOException;
import java.io.InputStream;

/** Something that holds files: a directory or an archive. */
sealed interface Container permits DirectoryContainer, TarContainer, ZipContainer {
  /** Takes one file; what it leaves of the content is skipped. */
  interface Visitor {
    void file(String path, InputStream content) throws IOException;
  }

  /** One pass over every file, in the container's own order. */
  void each(Budget budget, Visitor visitor) throws IOException;
}
