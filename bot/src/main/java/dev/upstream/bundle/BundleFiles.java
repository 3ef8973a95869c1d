package dev.upstream.bundle;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * The files of a bundle: a directory, a .tgz or a .zip, passed over twice and never held whole. The
 * first pass proves that the container is sound; both keep to the caps.
 */
public final class BundleFiles {
  private static final int GZIP = 0x1f8b;
  private static final int ZIP = 0x504b;

  private final Container container;
  private final Limits limits;
  private final String name;
  private final SortedSet<String> paths;

  private BundleFiles(Container container, Limits limits, String name, SortedSet<String> paths) {
    this.container = container;
    this.limits = limits;
    this.name = name;
    this.paths = paths;
  }

  /** Takes one file. */
  public interface Handler {
    void file(String path, InputStream content) throws IOException;
  }

  /** Opens a container and looks through it whole. */
  public static BundleFiles open(Path where, Limits limits) throws BadBundle {
    String name = "The bundle " + BadBundle.shown(where.toString());
    Budget budget = new Budget(name, limits);
    SortedSet<String> paths = new TreeSet<>();
    try {
      Container container = container(where, name, limits, budget);
      if (container instanceof DirectoryContainer directory) {
        paths.addAll(directory.files(budget).keySet());
      } else {
        container.each(budget, (path, content) -> paths.add(path));
      }
      if (paths.isEmpty()) {
        throw new BadBundle(name, "holds no files", "name the directory or archive of a capture");
      }
      return new BundleFiles(container, limits, name, paths);
    } catch (IOException e) {
      throw refused(name, e);
    }
  }

  private static Container container(Path where, String name, Limits limits, Budget budget)
      throws IOException {
    if (!Files.exists(where)) {
      throw new BadBundle(name, "does not exist", "name a directory, a .tgz or a .zip");
    }
    if (Files.isDirectory(where)) {
      return new DirectoryContainer(where);
    }
    if (!Files.isRegularFile(where) || !Files.isReadable(where)) {
      throw new BadBundle(name, "cannot be read", "check what it is and who may read it");
    }
    if (Files.size(where) > limits.onDisk()) {
      throw new BadBundle(
          name,
          "is larger than " + Budget.bytes(limits.onDisk()),
          "capture less: one namespace, shorter logs");
    }
    return switch (magic(where)) {
      case GZIP -> new TarContainer(where, limits);
      case ZIP -> new ZipContainer(where, limits);
      default ->
          throw new BadBundle(
              name,
              "is neither a directory nor a .tgz or .zip",
              "name a directory, a .tgz or a .zip");
    };
  }

  private static int magic(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] first = in.readNBytes(2);
      return first.length < 2 ? 0 : (first[0] & 0xff) << 8 | (first[1] & 0xff);
    }
  }

  private static BadBundle refused(String name, IOException e) {
    return switch (e) {
      case BadBundle refused -> refused;
      case java.nio.file.AccessDeniedException denied ->
          new BadBundle(name, "holds something that may not be read", "check its permissions");
      default -> new BadBundle(name, "cannot be unpacked", "copy or capture it again");
    };
  }

  /** How the bundle is named in sentences. */
  String name() {
    return name;
  }

  /** Every file's path, with slashes, relative. */
  public SortedSet<String> paths() {
    return paths;
  }

  /** Hands out the content of the wanted files, in the container's order. */
  public void read(Predicate<String> wanted, Handler handler) throws BadBundle {
    try {
      container.each(
          new Budget(name, limits),
          (path, content) -> {
            if (wanted.test(path)) {
              handler.file(path, content);
            }
          });
    } catch (IOException e) {
      throw refused(name, e);
    }
  }
}
