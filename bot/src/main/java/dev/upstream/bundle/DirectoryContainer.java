package dev.upstream.bundle;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.SortedMap;
import java.util.TreeMap;

/** A directory; links that stay inside are seen where they lead, others are refused. */
record DirectoryContainer(Path root) implements Container {
  @Override
  public void each(Budget budget, Visitor visitor) throws IOException {
    SortedMap<String, Path> files = files(budget);
    for (var file : files.entrySet()) {
      try (InputStream content = Files.newInputStream(file.getValue(), LinkOption.NOFOLLOW_LINKS)) {
        visitor.file(file.getKey(), budget.counted(file.getKey(), content));
      }
    }
  }

  SortedMap<String, Path> files(Budget budget) throws IOException {
    Path real = root.toRealPath();
    SortedMap<String, Path> files = new TreeMap<>();
    Files.walkFileTree(
        real,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes)
              throws IOException {
            if (dir.equals(real)) {
              return FileVisitResult.CONTINUE;
            }
            budget.plain(relative(dir));
            return dir.endsWith(".git") ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            String raw = relative(file);
            if (attributes.isSymbolicLink()) {
              if (!leadsInside(file)) {
                throw budget.notPlain(raw, "a link that leads out of it");
              }
            } else if (!attributes.isRegularFile()) {
              throw budget.notPlain(raw, "no file but a device, pipe or socket");
            } else {
              budget.sized(raw, attributes.size());
              files.put(budget.admit(raw), file);
            }
            return FileVisitResult.CONTINUE;
          }

          private boolean leadsInside(Path link) throws IOException {
            try {
              return link.toRealPath().startsWith(real);
            } catch (NoSuchFileException e) {
              return false;
            }
          }

          private String relative(Path path) {
            return real.relativize(path)
                .toString()
                .replace(path.getFileSystem().getSeparator(), "/");
          }
        });
    return files;
  }
}
