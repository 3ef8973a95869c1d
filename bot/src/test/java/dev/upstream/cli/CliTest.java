package dev.upstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upstream.path.Ask;
import dev.upstream.snapshot.ClusterView;
import dev.upstream.snapshot.Coverage;
import dev.upstream.snapshot.Kind;
import dev.upstream.snapshot.Objects;
import dev.upstream.snapshot.Resource;
import dev.upstream.snapshot.Snapshot;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person gets who typed something wrong, and what a bug looks like from outside. */
class CliTest {
  /** What a run left behind. */
  private record Run(int status, String out, String err) {
    void refused(String... words) {
      assertThat(status).as(err).isEqualTo(Cli.USAGE);
      assertThat(out).isEmpty();
      assertThat(err).startsWith("upstream: ").hasLineCount(1).endsWith(System.lineSeparator());
      assertThat(err).contains(words).doesNotContain("Exception").doesNotContain("\tat ");
    }
  }

  private static Run run(Function<Ask, Snapshot> collecting, String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int status =
        Cli.run(
            args,
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            clusters(collecting),
            f -> {
              throw new Refusal("no rules");
            },
            f -> {
              throw new Refusal("no answers");
            },
            f -> 0);
    return new Run(
        status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private static Run run(String... args) {
    return run(a -> shop(), args);
  }

  private static Clusters clusters(Function<Ask, Snapshot> collecting) {
    Clusters.Open open =
        new Clusters.Open() {
          @Override
          public List<String> clusters() {
            return List.of("east");
          }

          @Override
          public Optional<String> defaultCluster() {
            return Optional.of("east");
          }

          @Override
          public Snapshot collect(Ask ask) {
            return collecting.apply(ask);
          }

          @Override
          public void close() {}
        };
    return new Clusters() {
      @Override
      public Open live(Optional<Path> kubeconfig, Optional<Path> config, List<String> asked) {
        return open;
      }

      @Override
      public Open recorded(Path bundle) {
        return open;
      }

      @Override
      public void mayWrite(Path where) {
        if (where.startsWith("/nowhere")) {
          throw new Refusal("The directory /nowhere does not exist, nothing could be written.");
        }
      }

      @Override
      public void save(Snapshot snapshot, String target, Path where) {
        throw new Refusal("The bundle could not be written to " + where + ".");
      }
    };
  }

  private static Snapshot shop() {
    Resource service =
        new Resource(
            Kind.SERVICE,
            Map.of(
                "apiVersion",
                "v1",
                "kind",
                "Service",
                "metadata",
                Map.of("name", "web", "namespace", "shop"),
                "spec",
                Map.of("ports", List.of(Map.of("port", 80)))));
    Resource pod =
        new Resource(Kind.POD, Map.of("metadata", Map.of("name", "web-1", "namespace", "shop")));
    Resource namespace =
        new Resource(
            Kind.NAMESPACE,
            Map.of(
                "metadata",
                Map.of("name", "shop", "uid", "u", "creationTimestamp", "2026-11-20T08:00:00Z")));
    return Snapshot.of(
        Instant.parse("2026-11-21T10:16:00Z"),
        List.of(
            new ClusterView(
                "east",
                new Objects(List.of(service, namespace, pod)),
                new Coverage(
                    Arrays.stream(Kind.values()).map(Coverage.Entry::everywhere).toList(),
                    List.of()),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of())));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "!!!", "a b c d", "http://", "shop/web/extra/more", "-"})
  void whatIsNoTargetIsSaidInALine(String target) {
    run("check", target).refused("is no target");
  }

  @Test
  void aHostileTargetActsOnNoTerminal() {
    Run run = run("check", "\u001b[31m \n\u202Ered " + "x".repeat(5_000));
    run.refused("is no target");
    assertThat(run.err()).doesNotContain("\u001b").doesNotContain("\u202E").hasSizeLessThan(800);
  }

  @Test
  void aTargetThatHoldsACredentialIsNotRepeated() {
    Run run = run("check", "Authorization: Bearer c2VjcmV0LXRva2Vu !!");
    run.refused("is no target");
    assertThat(run.err()).doesNotContain("c2VjcmV0LXRva2Vu");
  }

  @Test
  void anUnknownTargetComesWithNearNames() {
    run("check", "shop/wep").refused("wep.shop", "east", "Near: web.shop");
    run("check", "wep.shop").refused("wep.shop", "Near: web.shop");
    run("check", "other/web").refused("web.other", "Near: web.shop");
    run("check", "pod/wep-1").refused("pod/wep-1", "Near: pod/shop/web-1");
    run("check", "--all", "-n", "other").refused("no route in namespace other", "east");
  }

  @Test
  void aClientIsANamespaceOrAWorkloadInOne() {
    for (String client : new String[] {"", "a b", "a/b/c", "/web", "shop/", "\u001b[31m", "Shop"}) {
      run("check", "shop/web", "--client", client).refused("no client", "namespace/workload");
    }
    run("check", "shop/web", "--client", "shpo").refused("no namespace shpo", "Near: shop");
    run("check", "shop/web", "--client", "shpo/cart").refused("no namespace shpo");
    assertThat(run("check", "shop/web", "--client", "shop").status()).isNotEqualTo(Cli.USAGE);
  }

  @Test
  void anUnknownClusterComesWithTheKnownOnes() {
    run("check", "shop/web", "--cluster", "wset").refused("\"wset\"", "known: east");
    run("capture", "shop/web", "--cluster", "wset", "-o", "x.tgz").refused("wset", "known: east");
  }

  @Test
  void wrongUsageNamesItselfAndTheHelp() {
    run().refused("name a command", "upstream --help");
    run("chek", "shop/web").refused("chek", "Near: ", "check");
    run("check").refused("TARGET", "--all", "upstream check --help");
    run("check", "shop/web", "--all").refused("TARGET", "--all");
    run("check", "shop/web", "--clutser", "east").refused("--clutser", "--cluster");
    run("check", "shop/web", "-o", "xml").refused("xml", "text");
    run("check", "shop/web", "--cluster").refused("--cluster");
    run("check", "shop/web", "one-more").refused("one-more");
    run("check", "shop/web", "--from", "a\u0000b").refused("--from");
    run("explain", "scaled-to-zer").refused("Near: scaled-to-zero");
    run("check", "deployment/web-v1").refused("is no target", "namespace/name", "pod/name");
    run("explain", "no-such-id").refused("no-such-id", "catalogue");
    run("explain", "../../etc/passwd").refused("catalogue");
    run("capture", "shop/web").refused("--output");
    run("check", "shop/web", "--from", "").refused("--from is empty");
    run("check", "shop/web", "--from", "x", "--kubeconfig", "y").refused("--kubeconfig", "beside");
    run("capture", "shop/web", "--from", "x", "--config", "y", "-o", "z").refused("--config");
    run("check", "shop/web", "-n", "other").refused("shop", "other");
    run("check", "pod/shop/web-1", "-n", "other").refused("shop", "other");
    run("capture", "shop/web", "-n", "other", "-o", "z").refused("shop", "other");
    run("check", "shop/web:0").refused("65535");
    run("check", "web.example.com:65536").refused("65535");
  }

  @Test
  void whatCannotBeSavedIsSaidBeforeAnythingIsPrinted() {
    run("check", "shop/web", "--save", "/nowhere/x.tgz").refused("could be written");
    run("capture", "shop/web", "-o", "/nowhere/x.tgz").refused("could be written");
  }

  @Test
  void helpAndVersionAreNoErrors() {
    for (String[] args :
        new String[][] {
          {"--help"},
          {"--version"},
          {"check", "-V"},
          {"capture", "--version"},
          {"serve", "-V"},
          {"explain", "-V"},
          {"catalogue", "-V"},
          {"check", "--help"},
          {"capture", "--help"},
          {"serve", "-h"},
          {"policy", "--help"},
          {"policy", "lint", "--help"},
          {"policy", "test", "--help"}
        }) {
      Run run = run(args);
      assertThat(run.status()).isZero();
      assertThat(run.out()).isNotBlank();
      assertThat(run.err()).isEmpty();
    }
    assertThat(run("check", "--help").out()).contains("Exit status:").contains("64");
  }

  @Test
  void aBugIsALineAndItsOwnStatus() {
    Run run =
        run(
            a -> {
              throw new IllegalStateException("password=hunter2\n\tat evil");
            },
            "check",
            "shop/web");
    assertBug(run, "IllegalStateException");
    assertThat(run.err()).doesNotContain("hunter2");
  }

  @Test
  void anErrorOfTheMachineIsOneToo() {
    assertBug(
        run(
            a -> {
              throw new StackOverflowError();
            },
            "check",
            "shop/web",
            "-o",
            "json"),
        "StackOverflowError");
  }

  @Test
  void anAnswerThatCannotBeWrittenIsNoSuccess() {
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("No space left on device");
          }
        };
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int status =
        Cli.run(
            new String[] {"catalogue"},
            new PrintStream(full, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            clusters(a -> shop()),
            f -> {
              throw new Refusal("no rules");
            },
            f -> {
              throw new Refusal("no answers");
            },
            f -> 0);

    assertThat(status).isEqualTo(Cli.INTERNAL);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("standard output").hasLineCount(1);
  }

  private static void assertBug(Run run, String kind) {
    assertThat(run.status()).isEqualTo(Cli.INTERNAL);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .startsWith("upstream: internal error (" + kind)
        .hasLineCount(1)
        .doesNotContain("\tat ");
  }
}
