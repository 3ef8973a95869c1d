package dev.upstream;

import dev.upstream.bundle.Bundle;
import dev.upstream.bundle.BundleReader;
import dev.upstream.bundle.BundleWriter;
import dev.upstream.conversation.Bytes;
import dev.upstream.conversation.Recordings;
import dev.upstream.snapshot.Snapshot;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A bundle archive for each cluster that was asked, one behind the other. */
final class PackedRecordings implements Recordings {
  private static final int MOST = 1_000;

  @Override
  public Bytes pack(SortedMap<String, Snapshot> seen) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(all)) {
      out.writeInt(seen.size());
      for (Map.Entry<String, Snapshot> one : seen.entrySet()) {
        byte[] archive = archive(one.getValue());
        out.writeUTF(one.getKey());
        out.writeInt(archive.length);
        out.write(archive);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Bytes.of(all.toByteArray());
  }

  private static byte[] archive(Snapshot snapshot) throws IOException {
    Path file = Files.createTempFile("upstream-seen-", ".tgz");
    try {
      Files.delete(file);
      new BundleWriter().write(new Bundle(snapshot, Optional.empty(), Optional.empty()), file);
      return Files.readAllBytes(file);
    } finally {
      Files.deleteIfExists(file);
    }
  }

  @Override
  public SortedMap<String, Snapshot> unpack(Bytes bytes) {
    SortedMap<String, Snapshot> seen = new TreeMap<>();
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes.array()))) {
      int count = in.readInt();
      if (count < 0 || count > MOST) {
        throw new IllegalArgumentException("no recording");
      }
      for (int i = 0; i < count; i++) {
        String cluster = in.readUTF();
        int length = in.readInt();
        if (length < 0 || length > in.available()) {
          throw new IllegalArgumentException("a recording that is cut");
        }
        seen.put(cluster, snapshot(in.readNBytes(length)));
      }
      return seen;
    } catch (IOException e) {
      throw new IllegalArgumentException("no recording", e);
    }
  }

  private static Snapshot snapshot(byte[] archive) throws IOException {
    Path file = Files.createTempFile("upstream-seen-", ".tgz");
    try {
      Files.write(file, archive);
      return new BundleReader().read(file).snapshot();
    } finally {
      Files.deleteIfExists(file);
    }
  }
}
