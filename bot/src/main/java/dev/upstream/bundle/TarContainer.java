package dev.upstream.bundle;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.jspecify.annotations.Nullable;

/** A gzipped tar, streamed; nothing that its headers declare is believed. */
record TarContainer(Path file, Limits limits) implements Container {
  private static final int BLOCK = 512;
  private static final long LONGEST_HEADER = 1024 * 1024;

  @Override
  public void each(Budget budget, Visitor visitor) throws IOException {
    try (InputStream disk = new BufferedInputStream(Files.newInputStream(file));
        InputStream gzip =
            GzipCompressorInputStream.builder()
                .setInputStream(disk)
                .setDecompressConcatenated(true)
                .get();
        Unpacked unpacked = new Unpacked(gzip, budget);
        TarArchiveInputStream tar =
            new TarArchiveInputStream(unpacked, StandardCharsets.UTF_8.name())) {
      for (TarArchiveEntry entry = next(tar, unpacked); entry != null; ) {
        entry(entry, tar, budget, visitor);
        entry = next(tar, unpacked);
      }
      unpacked.drain();
      if (unpacked.zeros < BLOCK) {
        throw budget.damaged("it ends before its end mark");
      }
    } catch (BadBundle refused) {
      throw refused;
    } catch (EOFException e) {
      throw budget.damaged("it ends too early");
    } catch (IOException | IllegalArgumentException e) {
      throw budget.damaged("a checksum or a header is wrong");
    }
  }

  private static @Nullable TarArchiveEntry next(TarArchiveInputStream tar, Unpacked unpacked)
      throws IOException {
    unpacked.headerFrom = unpacked.count;
    try {
      return tar.getNextEntry();
    } finally {
      unpacked.headerFrom = -1;
    }
  }

  private static void entry(
      TarArchiveEntry entry, TarArchiveInputStream tar, Budget budget, Visitor visitor)
      throws IOException {
    String raw = entry.getName();
    if (entry.isDirectory()) {
      if (!raw.matches("(?:\\./*)+")) {
        budget.plain(raw);
      }
      return;
    }
    switch (entry.getLinkFlag()) {
      case TarConstants.LF_NORMAL, TarConstants.LF_OLDNORM, TarConstants.LF_CONTIG -> {
        if (entry.isSparse() || !tar.canReadEntryData(entry)) {
          throw budget.notPlain(raw, "stored in a way that is not read here");
        }
        String path = budget.admit(raw);
        Budget.Counted content = budget.counted(path, tar);
        visitor.file(path, content);
        content.drain();
      }
      case TarConstants.LF_SYMLINK, TarConstants.LF_LINK -> throw budget.notPlain(raw, "a link");
      default -> throw budget.notPlain(raw, "no file but a device, pipe or something unknown");
    }
  }

  /** The tar itself: counts what comes out of the gzip, headers and padding included. */
  private final class Unpacked extends FilterInputStream {
    private final Budget budget;
    private final long onDisk;
    private long count;
    private long headerFrom = -1;
    private long zeros;

    Unpacked(InputStream gzip, Budget budget) throws IOException {
      super(gzip);
      this.budget = budget;
      this.onDisk = Files.size(file);
    }

    void drain() throws IOException {
      transferTo(OutputStream.nullOutputStream());
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int n = super.read(into, offset, length);
      if (n > 0) {
        count += n;
        int last = offset + n;
        while (last > offset && into[last - 1] == 0) {
          last--;
        }
        zeros = last == offset ? zeros + n : offset + n - last;
        check();
      }
      return n;
    }

    @Override
    public long skip(long n) throws IOException {
      return readNBytes((int) Math.min(n, 8_192)).length;
    }

    private void check() throws BadBundle {
      if (count > limits.expanded() + (long) limits.entries() * 4 * BLOCK) {
        throw budget.tooBig("more than " + Budget.bytes(limits.expanded()) + " in all");
      }
      if (count > limits.ratioFrom() && count / limits.ratio() > onDisk) {
        throw budget.tooBig(
            "more than " + limits.ratio() + " times its own size, as expansion bombs do");
      }
      if (headerFrom >= 0 && count - headerFrom > LONGEST_HEADER) {
        throw budget.damaged("a header is longer than " + Budget.bytes(LONGEST_HEADER));
      }
    }
  }
}
