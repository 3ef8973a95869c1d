package dev.upstream.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BundleFilesTest {
  private static final Map<String, String> SOUND =
      new TreeMap<>(
          Map.of("bundle.yaml", "target: web\n", "clusters/east/resources/a.yaml", "kind: Pod\n"));

  @TempDir Path directory;

  private SortedMap<String, String> read(Path bundle, Limits limits) throws BadBundle {
    SortedMap<String, String> files = new TreeMap<>();
    BundleFiles.open(bundle, limits)
        .read(
            p -> true,
            (path, in) -> files.put(path, new String(in.readAllBytes(), StandardCharsets.UTF_8)));
    return files;
  }

  private Path file(String name, byte[] bytes) throws IOException {
    return Archives.write(directory.resolve(name), bytes);
  }

  private String refusal(Path bundle, Limits limits) {
    BadBundle refused = catchThrowableOfType(BadBundle.class, () -> read(bundle, limits));
    assertThat(refused).as("refused").isNotNull();
    assertThat(refused.sentence())
        .startsWith("The bundle ")
        .endsWith(".")
        .contains("; ")
        .hasLineCount(1);
    return refused.sentence();
  }

  private String refusal(Path bundle) {
    return refusal(bundle, Limits.USUAL);
  }

  @Test
  void a_directory_a_tgz_and_a_zip_hold_the_same() throws IOException {
    Path plain = Archives.directory(Files.createDirectory(directory.resolve("d")), SOUND);

    assertThat(read(plain, Limits.USUAL)).isEqualTo(SOUND);
    assertThat(read(file("a.tgz", Archives.tgz(SOUND)), Limits.USUAL)).isEqualTo(SOUND);
    assertThat(read(file("a.zip", Archives.zip(SOUND)), Limits.USUAL)).isEqualTo(SOUND);
  }

  @Test
  void only_wanted_files_are_handed_out_and_paths_lose_their_dots() throws IOException {
    Path tgz = file("a.tgz", Archives.tgz(Map.of("./a/./b.yaml", "x", "./c.log", "y")));
    SortedMap<String, String> files = new TreeMap<>();
    BundleFiles bundle = BundleFiles.open(tgz, Limits.USUAL);
    bundle.read(
        p -> p.endsWith(".log"),
        (path, in) -> files.put(path, new String(in.readAllBytes(), StandardCharsets.UTF_8)));

    assertThat(bundle.paths()).containsExactly("a/b.yaml", "c.log");
    assertThat(files).containsExactly(Map.entry("c.log", "y"));
  }

  @Test
  void what_does_not_exist_or_is_no_archive_is_refused() throws IOException {
    assertThat(refusal(directory.resolve("nowhere"))).contains("does not exist");
    assertThat(refusal(file("a.txt", "hello".getBytes(StandardCharsets.UTF_8))))
        .contains("neither a directory nor a .tgz or .zip");
    assertThat(refusal(file("empty", new byte[0]))).contains("neither a directory");
    assertThat(refusal(Files.createDirectory(directory.resolve("bare")))).contains("no files");
    assertThat(refusal(file("none.tgz", Archives.tgz(Map.of())))).contains("no files");
  }

  @Test
  void a_file_of_two_gigabytes_is_refused_by_its_size() throws IOException {
    Path huge = directory.resolve("huge.tgz");
    try (RandomAccessFile sparse = new RandomAccessFile(huge.toFile(), "rw")) {
      sparse.setLength(2L * 1024 * 1024 * 1024);
    }
    assertThat(refusal(huge)).contains("larger than 512 MiB");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"../x.yaml", "a/../../x", "/etc/passwd", "C:/x", "c:x", "..\\b", "a\u0007b", ".."})
  void paths_that_lead_elsewhere_are_refused(String name) throws IOException {
    assertThat(refusal(file("t.tgz", Archives.tgz(tar -> Archives.add(tar, name, "x")))))
        .contains("leads out of the bundle");
    assertThat(refusal(file("z.zip", Archives.zip(zip -> Archives.add(zip, name, "x", 0100644)))))
        .contains("leads out of the bundle");
  }

  @ParameterizedTest
  @ValueSource(
      bytes = {
        TarConstants.LF_SYMLINK,
        TarConstants.LF_LINK,
        TarConstants.LF_CHR,
        TarConstants.LF_BLK,
        TarConstants.LF_FIFO,
        (byte) 'Z'
      })
  void links_and_devices_in_a_tgz_are_refused(byte type) throws IOException {
    assertThat(refusal(file("t.tgz", Archives.tgz(tar -> Archives.special(tar, "x", type)))))
        .containsAnyOf("a link", "a device");
  }

  @Test
  void links_in_a_zip_are_refused() throws IOException {
    byte[] zip = Archives.zip(z -> Archives.add(z, "x", "/etc/passwd", 0120777));
    assertThat(refusal(file("z.zip", zip))).contains("a link");
  }

  @Test
  void links_out_of_a_directory_are_refused_and_those_inside_are_seen_where_they_lead()
      throws IOException {
    Path inside = Archives.directory(Files.createDirectory(directory.resolve("in")), SOUND);
    Files.createSymbolicLink(inside.resolve("again.yaml"), Path.of("bundle.yaml"));
    assertThat(read(inside, Limits.USUAL)).isEqualTo(SOUND);

    Files.createSymbolicLink(inside.resolve("out.yaml"), directory.resolve("elsewhere"));
    assertThat(refusal(inside)).contains("a link that leads out");
  }

  @Test
  void twice_the_same_path_is_refused() throws IOException {
    byte[] tgz =
        Archives.tgz(
            tar -> {
              Archives.add(tar, "a.yaml", "x");
              Archives.add(tar, "./a.yaml", "y");
            });
    assertThat(refusal(file("t.tgz", tgz))).contains("\"./a.yaml\" twice");
    byte[] zip =
        Archives.zip(
            z -> {
              Archives.add(z, "a.yaml", "x", 0100644);
              Archives.add(z, "a.yaml", "y", 0100644);
            });
    assertThat(refusal(file("z.zip", zip))).contains("twice");
  }

  @Test
  void a_cut_archive_is_refused_wherever_it_was_cut() throws IOException {
    byte[] tgz = Archives.tgz(SOUND);
    byte[] zip = Archives.zip(SOUND);
    for (int part = 1; part < 10; part++) {
      int tgzEnd = tgz.length * part / 10;
      int zipEnd = zip.length * part / 10;
      assertThat(refusal(file("t.tgz", Arrays.copyOf(tgz, tgzEnd)))).contains("damaged");
      assertThat(refusal(file("z.zip", Arrays.copyOf(zip, zipEnd)))).contains("damaged");
    }
    assertThat(refusal(file("t.tgz", Arrays.copyOf(tgz, tgz.length - 1)))).contains("damaged");
  }

  @Test
  void a_tar_without_its_end_is_refused_although_the_gzip_is_whole() throws IOException {
    java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
    byte[] tar =
        new java.util.zip.GZIPInputStream(new java.io.ByteArrayInputStream(Archives.tgz(SOUND)))
            .readAllBytes();
    try (var gzip = new java.util.zip.GZIPOutputStream(bytes)) {
      gzip.write(tar, 0, 1024);
    }
    assertThat(refusal(file("t.tgz", bytes.toByteArray()))).contains("before its end mark");
  }

  @Test
  void a_flipped_bit_is_refused() throws IOException {
    byte[] zip = Archives.zip(z -> Archives.add(z, "a", "hello hello hello hello", 0100644));
    byte[] tgz = Archives.tgz(SOUND);
    zip[38] ^= 1;
    tgz[tgz.length - 6] ^= 1;
    assertThat(refusal(file("z.zip", zip))).contains("damaged");
    assertThat(refusal(file("t.tgz", tgz))).contains("damaged");
  }

  @Test
  void noise_behind_the_magic_is_refused() throws IOException {
    byte[] noise = new byte[4_096];
    new java.util.Random(7).nextBytes(noise);
    for (byte[] magic : new byte[][] {{0x1f, (byte) 0x8b, 8, 0}, {'P', 'K', 3, 4}}) {
      System.arraycopy(magic, 0, noise, 0, 4);
      refusal(file("noise", noise));
    }
  }

  @Test
  void more_bytes_than_allowed_are_refused_whatever_the_headers_say() throws IOException {
    Limits small = Limits.USUAL.expanded(5_000, 3_000);
    Map<String, String> one = Map.of("a.log", "x".repeat(3_001));
    Map<String, String> two = Map.of("a.log", "x".repeat(2_600), "b.log", "y".repeat(2_600));

    assertThat(refusal(file("t.tgz", Archives.tgz(one)), small))
        .contains("of more than 3000 bytes");
    assertThat(refusal(file("z.zip", Archives.zip(one)), small))
        .contains("of more than 3000 bytes");
    assertThat(refusal(file("t.tgz", Archives.tgz(two)), small)).contains("5000 bytes in all");
    assertThat(refusal(file("z.zip", Archives.zip(two)), small)).contains("5000 bytes in all");
    Path plain = Archives.directory(Files.createDirectory(directory.resolve("d")), two);
    assertThat(refusal(plain, small)).contains("5000 bytes in all");
    assertThat(refusal(file("a.tgz", Archives.tgz(one)), Limits.USUAL.onDisk(50)))
        .contains("larger than 50 bytes");
  }

  @Test
  void an_expansion_bomb_is_refused_by_its_ratio() throws IOException {
    Limits low = Limits.USUAL.ratio(100, 50_000);
    Map<String, String> bomb = Map.of("a.log", "0".repeat(3_000_000));

    assertThat(refusal(file("t.tgz", Archives.tgz(bomb)), low)).contains("expansion bombs");
    assertThat(refusal(file("z.zip", Archives.zip(bomb)), low)).contains("expansion bombs");
    assertThat(read(file("s.tgz", Archives.tgz(SOUND)), low)).isEqualTo(SOUND);
  }

  @Test
  void a_header_as_long_as_a_file_is_refused() throws IOException {
    byte[] tgz = Archives.tgz(tar -> Archives.longName(tar, 2_000_000));
    assertThat(refusal(file("t.tgz", tgz))).contains("a header is longer");
  }

  @Test
  void too_many_files_and_too_deep_ones_are_refused() throws IOException {
    Map<String, String> three = Map.of("a", "", "b", "", "c", "");
    Limits two = Limits.USUAL.entries(2);
    assertThat(refusal(file("t.tgz", Archives.tgz(three)), two)).contains("more than 2 files");
    assertThat(refusal(file("z.zip", Archives.zip(three)), two)).contains("more than 2 files");
    Path plain = Archives.directory(Files.createDirectory(directory.resolve("d")), three);
    assertThat(refusal(plain, two)).contains("more than 2 files");
    assertThat(refusal(file("n.tgz", Archives.tgz(Map.of("d/".repeat(40) + "x", "")))))
        .contains("more than 32 deep");
  }

  @Test
  void a_name_full_of_tricks_stays_one_short_line() throws IOException {
    byte[] tgz = Archives.tgz(tar -> Archives.add(tar, "../\u001b[31m\n" + "y".repeat(90), "x"));
    assertThat(refusal(file("t.tgz", tgz))).doesNotContain("\u001b").hasSizeLessThan(400);
    assertThatThrownBy(() -> read(directory.resolve("no\u202Esuch"), Limits.USUAL))
        .isInstanceOf(BadBundle.class)
        .message()
        .doesNotContain("\u202E");
  }
}
