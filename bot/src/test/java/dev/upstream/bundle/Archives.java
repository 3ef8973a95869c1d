package dev.upstream.bundle;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;

/** Packs archives for tests, also such that no honest tool would pack. */
public final class Archives {
  private Archives() {}

  public interface Tar {
    void fill(TarArchiveOutputStream out) throws IOException;
  }

  public static byte[] tgz(Tar content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
      content.fill(tar);
    }
    return bytes.toByteArray();
  }

  public static byte[] tgz(Map<String, String> files) throws IOException {
    return tgz(
        tar -> {
          for (var file : files.entrySet()) {
            add(tar, file.getKey(), file.getValue());
          }
        });
  }

  public static void add(TarArchiveOutputStream tar, String name, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    TarArchiveEntry entry = new TarArchiveEntry(name, true);
    entry.setSize(bytes.length);
    tar.putArchiveEntry(entry);
    tar.write(bytes);
    tar.closeArchiveEntry();
  }

  public static void special(TarArchiveOutputStream tar, String name, byte type)
      throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name, type);
    entry.setLinkName("/etc/passwd");
    tar.putArchiveEntry(entry);
    tar.closeArchiveEntry();
  }

  /** A GNU header whose only content is an endless name. */
  public static void longName(TarArchiveOutputStream tar, int length) throws IOException {
    TarArchiveEntry entry =
        new TarArchiveEntry(TarConstants.GNU_LONGLINK, TarConstants.LF_GNUTYPE_LONGNAME);
    entry.setSize(length);
    tar.putArchiveEntry(entry);
    tar.write(new byte[length]);
    tar.closeArchiveEntry();
    add(tar, "x", "x");
  }

  public interface Zip {
    void fill(ZipArchiveOutputStream out) throws IOException;
  }

  public static byte[] zip(Zip content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(bytes)) {
      content.fill(zip);
    }
    return bytes.toByteArray();
  }

  public static byte[] zip(Map<String, String> files) throws IOException {
    return zip(
        zip -> {
          for (var file : files.entrySet()) {
            add(zip, file.getKey(), file.getValue(), 0100644);
          }
        });
  }

  public static void add(ZipArchiveOutputStream zip, String name, String text, int mode)
      throws IOException {
    ZipArchiveEntry entry = new ZipArchiveEntry(name);
    entry.setUnixMode(mode);
    zip.putArchiveEntry(entry);
    zip.write(text.getBytes(StandardCharsets.UTF_8));
    zip.closeArchiveEntry();
  }

  public static Path write(Path file, byte[] bytes) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      out.write(bytes);
    }
    return file;
  }

  /** Files below a directory. */
  public static Path directory(Path root, Map<String, String> files) throws IOException {
    for (var file : files.entrySet()) {
      Path path = root.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue());
    }
    return root;
  }
}
