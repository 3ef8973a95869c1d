package dev.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.upstream.bundle.Archives;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damaged and hostile recordings, through the command line as a person uses it. */
class BadBundleTest {
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  @TempDir Path directory;

  private static void refused(Path bundle, String... words) {
    for (String format : new String[] {"text", "json"}) {
      CliRun run = CliRun.of("check", "shop/web", "--from", bundle.toString(), "-o", format);
      assertThat(run.status()).as(run.err()).isEqualTo(64);
      assertThat(run.out()).isEmpty();
      assertThat(run.err())
          .startsWith("upstream: The bundle ")
          .hasLineCount(1)
          .contains(words)
          .doesNotContain("Exception")
          .doesNotContain("\tat ");
    }
  }

  private Path file(String name, byte[] bytes) throws IOException {
    return Archives.write(directory.resolve(name), bytes);
  }

  private static Map<String, String> sound() {
    Map<String, String> files = new TreeMap<>();
    files.put("resources/shop.yaml", SHOP);
    return files;
  }

  private Path bundle(Map<String, String> files) throws IOException {
    return Archives.directory(Files.createTempDirectory(directory, "b"), files);
  }

  private JsonNode answer(Path bundle, int status) throws IOException {
    CliRun run = CliRun.of("check", "shop/web", "--from", bundle.toString(), "-o", "json");
    assertThat(run.err()).isEmpty();
    assertThat(run.status()).as(run.out()).isEqualTo(status);
    return JSON.readTree(run.out());
  }

  @Test
  void whatIsNoContainerIsRefused() throws IOException {
    refused(directory.resolve("missing.tgz"), "missing.tgz", "does not exist");
    refused(file("notes.txt", "hello".getBytes(StandardCharsets.UTF_8)), "neither a directory");
    refused(Files.createDirectory(directory.resolve("bare")), "no files");
    refused(bundle(Map.of("README.md", "nothing here")), "neither Kubernetes manifests");
  }

  @Test
  void cutAndBrokenArchivesAreRefused() throws IOException {
    byte[] tgz = Archives.tgz(sound());
    byte[] zip = Archives.zip(sound());
    refused(file("a.tgz", Arrays.copyOf(tgz, tgz.length / 2)), "damaged");
    refused(file("a.zip", Arrays.copyOf(zip, zip.length / 2)), "damaged");
  }

  @Test
  void pathsThatLeadOutAreRefusedAndWriteNothing() throws IOException {
    String evil = "../../evil.yaml";
    refused(file("t.tgz", Archives.tgz(t -> Archives.add(t, evil, "x"))), "leads out");
    refused(file("z.zip", Archives.zip(z -> Archives.add(z, evil, "x", 0100644))), "leads out");
    assertThat(directory.resolveSibling("evil.yaml")).doesNotExist();
  }

  @Test
  void twoGigabytesThatAreNotThereAreRefused() throws IOException {
    Path huge = directory.resolve("huge.tgz");
    try (RandomAccessFile sparse = new RandomAccessFile(huge.toFile(), "rw")) {
      sparse.setLength(2L * 1024 * 1024 * 1024);
    }
    refused(huge, "larger than 512 MiB");
  }

  @Test
  void anOverSizeFileInADirectoryIsRefusedAsInAnArchive() throws IOException {
    refused(with(2L * 1024 * 1024 * 1024), "resources/huge.yaml", "more than 200 MiB");
  }

  private Path with(long size) throws IOException {
    Path bundle = bundle(sound());
    Path large = bundle.resolve("resources/huge.yaml");
    try (RandomAccessFile sparse = new RandomAccessFile(large.toFile(), "rw")) {
      sparse.setLength(size);
    }
    return bundle;
  }

  @Test
  void aLargeDocumentIsOneBadDocument() throws IOException {
    CliRun run = CliRun.of("check", "shop/web", "--from", with(100L * 1024 * 1024).toString());

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.out()).contains("UNPARSED").contains("larger than 64 MiB");
    assertThat(run.err()).isEmpty();
  }

  @Test
  void anExpansionBombIsRefused() throws IOException {
    Path bomb = directory.resolve("bomb.tgz");
    byte[] nothing = new byte[1024 * 1024];
    try (OutputStream disk = Files.newOutputStream(bomb);
        TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(disk))) {
      TarArchiveEntry entry = new TarArchiveEntry("resources/a.yaml");
      entry.setSize(100L * nothing.length);
      tar.putArchiveEntry(entry);
      for (int i = 0; i < 100; i++) {
        tar.write(nothing);
      }
      tar.closeArchiveEntry();
    }
    refused(bomb, "expansion bombs");
  }

  @Test
  void aSoundBundleIsAnsweredWithOneDocument() throws IOException {
    JsonNode answer = answer(bundle(sound()), 0);

    assertThat(answer.path("schema").asText()).isEqualTo("upstream/diagnosis/v1");
    assertThat(answer.path("verdict").asText()).isIn("healthy", "at-risk");
  }

  @Test
  void oneBadDocumentCostsWhatItHeldAndNoMore() throws IOException {
    Map<String, String> files = sound();
    files.put("resources/bad.yaml", "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: [\n");
    JsonNode answer = answer(bundle(files), 2);

    assertThat(answer.path("verdict").asText()).isEqualTo("unknown");
    assertThat(gap(answer, "UNPARSED").path("scope").asText())
        .startsWith("deployments")
        .contains("bad.yaml");
    assertThat(answer.path("path")).isNotEmpty();
  }

  @Test
  void wrongTypesAreNamedByField() throws IOException {
    Map<String, String> files = sound();
    files.put(
        "resources/bad.yaml",
        """
        apiVersion: v1
        kind: Service
        metadata: {name: other, namespace: shop}
        spec: {ports: "eighty"}
        """);
    JsonNode gap = gap(answer(bundle(files), 2), "UNPARSED");

    assertThat(gap.path("scope").asText()).startsWith("services in shop");
    assertThat(gap.path("detail").asText()).contains("spec.ports");
  }

  @Test
  void unknownKindsAreIgnored() throws IOException {
    Map<String, String> files = sound();
    files.put(
        "resources/more.yaml",
        """
        apiVersion: example.com/v1
        kind: Gizmo
        metadata: {name: g, namespace: shop}
        spec: {anything: [1, {a: b}]}
        """);
    assertThat(answer(bundle(files), 0).path("notChecked"))
        .isEqualTo(answer(bundle(sound()), 0).path("notChecked"));
  }

  @Test
  void aNestedBombOfAliasesCostsOneDocument() throws IOException {
    StringBuilder lol = new StringBuilder("apiVersion: v1\nkind: ConfigMap\na0: &a0 [x, x]\n");
    for (int i = 1; i < 40; i++) {
      lol.append("a" + i + ": &a" + i + " [*a" + (i - 1) + ", *a" + (i - 1) + "]\n");
    }
    Map<String, String> files = sound();
    files.put("resources/lol.yaml", lol.toString());
    files.put("resources/deep.json", "{\"a\":".repeat(100_000));
    CliRun run = CliRun.of("check", "shop/web", "--from", bundle(files).toString());

    assertThat(run.status()).isIn(0, 2);
    assertThat(run.out()).contains("UNPARSED");
    assertThat(run.err()).isEmpty();
  }

  @Test
  void settingsAndKubeconfigsThatAreNoneAreRefusedInALine() throws IOException {
    Path text = file("text", "hello".getBytes(StandardCharsets.UTF_8));
    Path empty = file("empty", new byte[0]);
    Path cut = file("cut.yml", "clusters: [{name: east".getBytes(StandardCharsets.UTF_8));
    Path elsewhere =
        file(
            "else.yml",
            ("clusters:\n  - {name: east, bundle: " + directory.resolve("gone") + "}\n")
                .getBytes(StandardCharsets.UTF_8));
    Path context =
        file(
            "context.yml",
            ("clusters:\n  - {name: east, kubeconfig: " + empty + ", context: nobody}\n")
                .getBytes(StandardCharsets.UTF_8));
    for (String[] option :
        new String[][] {
          {"--kubeconfig", text.toString()},
          {"--kubeconfig", empty.toString()},
          {"--kubeconfig", directory.toString()},
          {"--kubeconfig", directory.resolve("gone").toString()},
          {"--config", cut.toString()},
          {"--config", text.toString()},
          {"--config", elsewhere.toString()},
          {"--config", context.toString()},
          {"--config", directory.resolve("gone").toString()}
        }) {
      CliRun run = CliRun.of("check", "shop/web", option[0], option[1]);
      assertThat(run.status()).as(String.join(" ", option) + ": " + run.err()).isEqualTo(64);
      assertThat(run.out()).isEmpty();
      assertThat(run.err()).startsWith("upstream: ").hasLineCount(1).doesNotContain("Exception");
    }
  }

  private static JsonNode gap(JsonNode answer, String cause) {
    for (JsonNode gap : answer.path("notChecked")) {
      if (gap.path("cause").asText().equals(cause)) {
        return gap;
      }
    }
    throw new AssertionError("no gap " + cause + " in " + answer.path("notChecked"));
  }

  private static final String SHOP =
      """
      apiVersion: v1
      kind: Service
      metadata: {name: web, namespace: shop}
      spec: {selector: {app: web}, ports: [{name: http, port: 80, targetPort: 8080}]}
      ---
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: web, namespace: shop}
      spec:
        replicas: 2
        selector: {matchLabels: {app: web}}
        template:
          metadata: {labels: {app: web}}
          spec:
            containers:
              - name: web
                image: shop/web:1
                ports: [{containerPort: 8080}]
                readinessProbe: {httpGet: {path: /ready, port: 8080}}
      """;
}
