package dev.upstream.bundle;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/** A zip, by its directory; every file's real size and checksum are compared with what it says. */
record ZipContainer(Path file, Limits limits) implements Container {
  private static final int END = 22;

  /** Where the locator of a zip for more than 4 GB or 65,535 files would stand. */
  private static final int LOCATOR = 20;

  private static final int LONGEST_COMMENT = 65_535;
  private static final long LONGEST_ENTRY = 600;
  private static final int FILE_TYPE = 0170000;
  private static final int REGULAR = 0100000;

  @Override
  public void each(Budget budget, Visitor visitor) throws IOException {
    checkDirectory(budget);
    try (ZipFile zip = ZipFile.builder().setPath(file).get()) {
      List<ZipArchiveEntry> entries = Collections.list(zip.getEntries());
      long expanded = 0;
      for (ZipArchiveEntry entry : entries) {
        if (!entry.isDirectory()) {
          expanded += entry(zip, entry, budget, visitor);
        }
        if (expanded > limits.ratioFrom() && expanded / limits.ratio() > Files.size(file)) {
          throw budget.tooBig(
              "more than " + limits.ratio() + " times its own size, as expansion bombs do");
        }
      }
    } catch (BadBundle refused) {
      throw refused;
    } catch (EOFException e) {
      throw budget.damaged("it ends too early");
    } catch (IOException | IllegalArgumentException e) {
      throw budget.damaged("its directory or a file in it makes no sense");
    }
  }

  private static long entry(ZipFile zip, ZipArchiveEntry entry, Budget budget, Visitor visitor)
      throws IOException {
    String raw = entry.getName();
    int type = entry.getUnixMode() & FILE_TYPE;
    if (entry.isUnixSymlink() || (type != 0 && type != REGULAR)) {
      throw budget.notPlain(raw, "a link or device");
    }
    if (!zip.canReadEntryData(entry)) {
      throw budget.notPlain(raw, "encrypted or packed in a way that is not read here");
    }
    String path = budget.admit(raw);
    try (InputStream unpacked = zip.getInputStream(entry)) {
      CheckedInputStream checked = new CheckedInputStream(unpacked, new CRC32());
      Budget.Counted content = budget.counted(path, checked);
      visitor.file(path, content);
      content.drain();
      if (checked.getChecksum().getValue() != entry.getCrc() || content.size() != entry.getSize()) {
        throw budget.damaged("\"" + BadBundle.shown(raw) + "\" is not what was packed");
      }
      return content.size();
    }
  }

  /** A directory of millions of entries is never read: it would be held in memory whole. */
  private void checkDirectory(Budget budget) throws IOException {
    try (RandomAccessFile raw = new RandomAccessFile(file.toFile(), "r")) {
      long length = raw.length();
      int tail = (int) Math.min(length, END + LONGEST_COMMENT);
      byte[] bytes = new byte[tail];
      raw.seek(length - tail);
      raw.readFully(bytes);
      for (int i = tail - END; i >= 0; i--) {
        if (bytes[i] == 'P' && bytes[i + 1] == 'K' && bytes[i + 2] == 5 && bytes[i + 3] == 6) {
          long from = number(bytes, i + 16);
          boolean large =
              i >= LOCATOR && bytes[i - LOCATOR + 2] == 6 && bytes[i - LOCATOR + 3] == 7;
          if (from > length || large) {
            throw budget.damaged("its directory is not where it should be");
          }
          if (length - from > limits.entries() * LONGEST_ENTRY + LONGEST_COMMENT) {
            throw budget.tooBig("more than " + limits.entries() + " files");
          }
          return;
        }
      }
      throw budget.damaged("it ends before its directory");
    }
  }

  private static long number(byte[] bytes, int at) {
    return (bytes[at] & 0xffL)
        | (bytes[at + 1] & 0xffL) << 8
        | (bytes[at + 2] & 0xffL) << 16
        | (bytes[at + 3] & 0xffL) << 24;
  }
}
