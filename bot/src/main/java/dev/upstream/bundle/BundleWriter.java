package dev.upstream.bundle;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.SortedMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipParameters;

/**
 * Saves what a check saw, so that it can be replayed: the same snapshot always gives the same
 * bytes. What it writes was cut to what may be seen when it was read.
 */
public final class BundleWriter {
  private static final Pattern OTHER_FORM =
      Pattern.compile("(?i).*\\.(?:zip|tar|t?bz2?|t?xz|zst|7z|rar|json|ya?ml|(?<!\\.tar\\.)gz)");
  private static final int PLAIN_FILE = 0100644;

  /** Writes an archive when the name ends with .tgz or .tar.gz, else a new directory. */
  public void write(Bundle bundle, Path where) throws IOException {
    mayWrite(where);
    String name = where.toString();
    SortedMap<String, Supplier<byte[]>> files = BundleContent.of(bundle);
    if (name.endsWith(".tgz") || name.endsWith(".tar.gz")) {
      Path parent = where.toAbsolutePath().getParent();
      Path part = Files.createTempFile(parent, ".bundle", ".part");
      try {
        archive(files, part);
        Files.move(part, where, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(part);
      }
    } else {
      directory(files, where);
    }
  }

  /** Refuses a form that is not written, a place that is not there, and to write over anything. */
  public static void mayWrite(Path where) throws IOException {
    String bundle = "The bundle " + BadBundle.shown(where.toString());
    Path parent = where.toAbsolutePath().normalize().getParent();
    if (where.toString().isBlank() || OTHER_FORM.matcher(where.toString()).matches()) {
      throw new BadBundle(
          bundle, "would be of a form that is not written", "name a .tgz or a new directory");
    }
    if (parent != null && !Files.isDirectory(parent)) {
      throw new BadBundle(
          bundle,
          "cannot be written: the directory "
              + BadBundle.shown(parent.toString())
              + " does not exist",
          "make it first");
    }
    if (Files.exists(where) && (!Files.isDirectory(where) || !empty(where))) {
      throw new BadBundle(
          bundle,
          "cannot be written there, something is there already",
          "name a new directory or a .tgz");
    }
  }

  private static void directory(SortedMap<String, Supplier<byte[]>> files, Path where)
      throws IOException {
    for (var file : files.entrySet()) {
      Path path = where.resolve(file.getKey());
      Path parent = path.getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      Files.write(path, file.getValue().get());
    }
  }

  private static boolean empty(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.findAny().isEmpty();
    }
  }

  private static void archive(SortedMap<String, Supplier<byte[]>> files, Path part)
      throws IOException {
    GzipParameters fixed = new GzipParameters();
    fixed.setOperatingSystem(255);
    try (OutputStream disk = new BufferedOutputStream(Files.newOutputStream(part));
        GzipCompressorOutputStream gzip = new GzipCompressorOutputStream(disk, fixed);
        TarArchiveOutputStream tar = new TarArchiveOutputStream(gzip, "UTF-8")) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      for (var file : files.entrySet()) {
        byte[] bytes = file.getValue().get();
        TarArchiveEntry entry = new TarArchiveEntry(file.getKey());
        entry.setSize(bytes.length);
        entry.setMode(PLAIN_FILE);
        entry.setModTime(0);
        entry.setIds(0, 0);
        entry.setNames("", "");
        tar.putArchiveEntry(entry);
        tar.write(bytes);
        tar.closeArchiveEntry();
      }
    }
  }
}
