package dev.upstream.bundle;

import dev.upstream.snapshot.ClusterView;
import dev.upstream.snapshot.Gap;
import dev.upstream.snapshot.Snapshot;
import dev.upstream.snapshot.Source;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads a recording or a directory of plain manifests back into what a check saw. */
public final class BundleReader {
  private final Limits limits;

  public BundleReader() {
    this(Limits.USUAL);
  }

  public BundleReader(Limits limits) {
    this.limits = limits;
  }

  /** Reads a directory, .tgz or .zip; what one bad file costs stands among the gaps. */
  public Bundle read(Path where) throws BadBundle {
    BundleFiles files = BundleFiles.open(where, limits);
    return new Pass(files).read();
  }

  /** One reading. */
  private final class Pass {
    private final BundleFiles files;
    private final String top;
    private final Place.Layout layout;
    private final NewestTime newest = new NewestTime();
    private final Map<String, ClusterPart> parts = new TreeMap<>();
    private BundleNotes notes = BundleNotes.NONE;
    private Optional<String> badNotes = Optional.empty();

    Pass(BundleFiles files) {
      this.files = files;
      this.top = top(files.paths());
      SortedSet<String> inside = new TreeSet<>();
      files.paths().forEach(p -> inside.add(p.substring(top.length())));
      this.layout = Place.Layout.of(inside);
    }

    Bundle read() throws BadBundle {
      files.read(p -> place(p).isPresent(), this::file);
      if (parts.isEmpty() && notes.clusters().isEmpty()) {
        throw new BadBundle(
            files.name(),
            "holds neither Kubernetes manifests nor anything else of a capture",
            "name the directory that holds clusters/, resources/ or manifests");
      }
      Set<String> names = new TreeSet<>(notes.clusters());
      names.addAll(parts.keySet());
      List<ClusterView> views = names.stream().map(n -> part(n).view(notes, missing(n))).toList();
      Instant at = notes.capturedAt().or(newest::found).orElse(Instant.EPOCH);
      return new Bundle(Snapshot.of(at, views), notes.target(), notes.notes());
    }

    private Optional<Place> place(String path) {
      return layout.of(path.substring(top.length()));
    }

    private void file(String path, InputStream in) throws IOException {
      Place place = place(path).orElseThrow();
      String inside = path.substring(top.length());
      switch (place) {
        case Place.Notes n -> notes(in);
        case Place.Objects p -> part(p.cluster()).read(place, inside, in);
        case Place.Proxy p -> part(p.cluster()).read(place, inside, in);
        case Place.Istiod p -> part(p.cluster()).read(place, inside, in);
        case Place.Log p -> part(p.cluster()).read(place, inside, in);
        case Place.Node p -> part(p.cluster()).read(place, inside, in);
      }
    }

    private ClusterPart part(String cluster) {
      return parts.computeIfAbsent(
          cluster, c -> new ClusterPart(c, layout.lint(c), limits, newest));
    }

    private void notes(InputStream in) throws IOException {
      byte[] bytes = in.readNBytes(limits.document() + 1);
      try {
        if (bytes.length > limits.document()) {
          throw new Malformed("It is too large");
        }
        notes = BundleNotes.parse(new String(bytes, StandardCharsets.UTF_8), limits);
      } catch (Malformed e) {
        badNotes = Optional.of(e.why());
      }
    }

    /** Without its notes nobody knows what a bundle lacks: nothing in it proves an absence. */
    private List<Gap> missing(String cluster) {
      return badNotes.stream()
          .map(
              why ->
                  new Gap(
                      cluster,
                      Source.OBJECTS,
                      "* (" + Place.NOTES + ")",
                      Gap.Cause.UNPARSED,
                      why + ".",
                      "Correct " + Place.NOTES + " and check again."))
          .toList();
    }
  }

  /** The directories that everything lies in, as archives of a directory have them. */
  private static String top(SortedSet<String> paths) {
    String top = "";
    while (true) {
      int slash = paths.first().indexOf('/', top.length());
      if (slash < 0) {
        return top;
      }
      String deeper = paths.first().substring(0, slash + 1);
      String name = deeper.substring(top.length(), slash);
      boolean all = paths.stream().allMatch(p -> p.startsWith(deeper));
      if (!all || Place.FOLDERS.contains(name)) {
        return top;
      }
      top = deeper;
    }
  }
}
