package dev.upstream.bundle;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What one pass over a container may still take, by what really came out of it. */
final class Budget {
  private final String container;
  private final Limits limits;
  private final Set<String> names = new HashSet<>();
  private long expanded;

  Budget(String container, Limits limits) {
    this.container = container;
    this.limits = limits;
  }

  /** The path of a file inside, in its plain form; anything that leads elsewhere is refused. */
  String admit(String raw) throws BadBundle {
    String path = plain(raw);
    if (!names.add(path)) {
      throw new BadBundle(container, "holds " + quoted(raw) + " twice", "pack it again");
    }
    if (names.size() > limits.entries()) {
      throw new BadBundle(
          container,
          "holds more than " + limits.entries() + " files",
          "keep only the parts that a bundle has");
    }
    return path;
  }

  String plain(String raw) throws BadBundle {
    boolean odd = raw.chars().anyMatch(c -> Character.isISOControl(c) || c == '\\');
    List<String> steps = new ArrayList<>();
    for (String step : raw.split("/", -1)) {
      if (!step.isEmpty() && !step.equals(".")) {
        steps.add(step);
      }
    }
    boolean leadsOut =
        raw.startsWith("/") || raw.matches("(?s)[A-Za-z]:.*") || steps.contains("..");
    if (odd || leadsOut || steps.isEmpty()) {
      throw new BadBundle(
          container,
          "names a file " + quoted(raw) + ", which leads out of the bundle or is no plain path",
          "pack the directory itself, with relative paths");
    }
    if (steps.size() > limits.depth()) {
      throw new BadBundle(
          container,
          "nests " + quoted(raw) + " more than " + limits.depth() + " deep",
          "pack the bundle's own directory");
    }
    return String.join("/", steps);
  }

  /** A link, a device: something that is no file of the bundle's own. */
  BadBundle notPlain(String raw, String what) {
    return new BadBundle(
        container, "holds " + quoted(raw) + ", which is " + what, "pack plain files only");
  }

  BadBundle damaged(String how) {
    return new BadBundle(container, "is damaged (" + how + ")", "copy or capture it again");
  }

  private static String quoted(String name) {
    return "\"" + BadBundle.shown(name) + "\"";
  }

  /** The content of a file, counted as it is read, whatever the container says of its size. */
  Counted counted(String path, InputStream content) {
    return new Counted(path, content);
  }

  /** Refuses a file by its size on disk; as much of it may be read as is wanted otherwise. */
  void sized(String path, long size) throws BadBundle {
    if (size > limits.file()) {
      throw overSize(path);
    }
  }

  private BadBundle overSize(String path) {
    return tooBig(quoted(path) + " of more than " + bytes(limits.file()));
  }

  BadBundle tooBig(String what) {
    return new BadBundle(container, "holds " + what, "capture less: one namespace, shorter logs");
  }

  static String bytes(long n) {
    return n >= 1024 * 1024 ? n / (1024 * 1024) + " MiB" : n + " bytes";
  }

  /** A file's content that stops at the caps. */
  final class Counted extends FilterInputStream {
    private final String path;
    private long size;

    private Counted(String path, InputStream content) {
      super(content);
      this.path = path;
    }

    /** How much was read so far. */
    long size() {
      return size;
    }

    void drain() throws IOException {
      transferTo(OutputStream.nullOutputStream());
    }

    @Override
    public int read() throws IOException {
      int b = super.read();
      count(b < 0 ? 0 : 1);
      return b;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int n = super.read(into, offset, length);
      count(Math.max(0, n));
      return n;
    }

    @Override
    public long skip(long n) throws IOException {
      return readNBytes((int) Math.min(n, 8_192)).length;
    }

    @Override
    public boolean markSupported() {
      return false;
    }

    /** The container closes itself. */
    @Override
    public void close() {}

    private void count(int n) throws BadBundle {
      size += n;
      expanded += n;
      if (size > limits.file()) {
        throw overSize(path);
      }
      if (expanded > limits.expanded()) {
        throw tooBig("more than " + bytes(limits.expanded()) + " in all");
      }
    }
  }
}
