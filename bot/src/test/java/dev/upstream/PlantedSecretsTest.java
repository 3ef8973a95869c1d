package dev.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.slack.api.util.json.GsonFactory;
import dev.upstream.answer.Answering;
import dev.upstream.answer.Collector;
import dev.upstream.answer.Question;
import dev.upstream.answer.Reply;
import dev.upstream.bundle.Archives;
import dev.upstream.bundle.Bundle;
import dev.upstream.bundle.BundleCollector;
import dev.upstream.bundle.BundleReader;
import dev.upstream.bundle.BundleWriter;
import dev.upstream.cluster.ClusterSource;
import dev.upstream.cluster.FakeApi;
import dev.upstream.cluster.Kubeconfigs;
import dev.upstream.cluster.Limits;
import dev.upstream.cluster.LiveCollector;
import dev.upstream.path.Ask;
import dev.upstream.report.JsonReport;
import dev.upstream.report.TextReport;
import dev.upstream.slack.Before;
import dev.upstream.slack.EvidenceFile;
import dev.upstream.slack.Handle;
import dev.upstream.slack.HeadlineBlocks;
import dev.upstream.slack.Message;
import dev.upstream.slack.OutgoingGuard;
import dev.upstream.slack.Telling;
import dev.upstream.slack.ThreadBlocks;
import dev.upstream.snapshot.ClusterView;
import dev.upstream.snapshot.Snapshot;
import dev.upstream.target.TargetParser;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What is secret never comes out, whichever way it came near (PRODUCT.md section 7). */
@WholeLog
class PlantedSecretsTest {
  private static final Instant NOW = Instant.parse("2026-11-21T10:16:00Z");
  private static final Logger ROOT =
      (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  private static final Pattern LEAK =
      Pattern.compile(
          ".{0,60}(?:" + Planted.MARK + "|UzNDUjNU|" + Pattern.quote(Planted.CLIENT) + ")[\\w.-]*");

  @TempDir Path directory;
  private final ListAppender<ILoggingEvent> logged = new ListAppender<>();

  @BeforeEach
  void listen() {
    logged.start();
    ROOT.addAppender(logged);
  }

  @AfterEach
  void nothingSecretWasLogged() {
    ROOT.detachAppender(logged);
    assertClean("log", String.join("\n", logged.list.stream().map(Object::toString).toList()));
  }

  private static void assertClean(String output, String text) {
    List<String> leaks = new ArrayList<>();
    for (Matcher m = LEAK.matcher(text); m.find(); ) {
      leaks.add(m.group());
    }
    assertThat(leaks).as("leaks in " + output).isEmpty();
  }

  /** Everything that leaves the program for an answer. */
  private void assertNothingLeaves(Collector collector, String target, String client)
      throws IOException {
    Reply reply =
        new Answering(collector)
            .answer(new Question(target, List.of(), Optional.of(client), Optional.empty()));
    assertThat(reply).isInstanceOf(Reply.Answered.class);
    Reply.Answered answered = (Reply.Answered) reply;
    assertThat(answered.worst().findings()).as("there is something to tell").isNotEmpty();
    assertClean("json", JsonReport.of(answered, new JsonReport.Timing(0, 0)));
    assertClean("text", TextReport.of(answered));

    Telling telling = Telling.of(Handle.of("0a1b"), "ana", ZoneOffset.UTC, NOW);
    List<Message> messages = new ArrayList<>(ThreadBlocks.of(answered, telling));
    messages.add(HeadlineBlocks.answered(answered, telling));
    messages.add(HeadlineBlocks.rechecked(answered, Before.of(answered), telling));
    List<EvidenceFile.Log> logs =
        collector
            .collect(
                new Ask(
                    TargetParser.parse(target).orElseThrow(),
                    collector.clusters().getFirst(),
                    Optional.of(client),
                    Optional.empty()))
            .clusters()
            .values()
            .stream()
            .flatMap(c -> c.logs().stream().map(l -> new EvidenceFile.Log(c.name(), l)))
            .toList();
    assertClean("evidence before the guard", EvidenceFile.of(answered, logs, telling).text());
    OutgoingGuard guard = new OutgoingGuard(List.of());
    for (Message message : messages) {
      assertClean("message before the guard", message.toString());
      OutgoingGuard.Outgoing out = guard.pass(message);
      assertClean("message", out.text() + GsonFactory.createSnakeCase().toJson(out.blocks()));
    }
    assertBundlesClean(
        collector.collect(
            new Ask(
                TargetParser.parse(target).orElseThrow(),
                collector.clusters().getFirst(),
                Optional.of(client),
                Optional.empty())));
  }

  private void assertBundlesClean(Snapshot snapshot) throws IOException {
    Bundle bundle = new Bundle(snapshot, Optional.of("shop/web"), Optional.empty());
    Path folder = directory.resolve("out");
    Path archive = directory.resolve("out.tgz");
    new BundleWriter().write(bundle, folder);
    new BundleWriter().write(bundle, archive);
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        all.append(file).append('\n').append(Files.readString(file)).append('\n');
      }
    }
    assertThat(all.toString()).as("the bundle holds the objects").contains("web-a", "shop");
    assertClean("directory", all.toString());
    byte[] tar =
        new GZIPInputStream(new ByteArrayInputStream(Files.readAllBytes(archive))).readAllBytes();
    assertClean("tgz", new String(tar, StandardCharsets.UTF_8));
  }

  @Test
  void aBundleGivesNothingAway() throws IOException {
    Path bundle =
        Archives.directory(Files.createDirectory(directory.resolve("in")), Planted.bundle());
    Snapshot snapshot = new BundleReader().read(bundle).snapshot();
    ClusterView view = snapshot.clusters().values().iterator().next();

    assertThat(view.logs()).as("every log that is read here").hasSize(3);
    assertThat(view.objects().all()).hasSize(Planted.OBJECTS.size());
    assertThat(view.proxies()).as("the proxy was read").hasSize(1);
    assertThat(view.controlPlanes()).as("istiod was read").hasSize(1);
    assertThat(view.nodes()).as("the node was read").hasSize(1);
    assertNothingLeaves(new BundleCollector(snapshot), "shop/web", "shop");
  }

  @Test
  void aLiveClusterGivesNothingAway() throws IOException {
    try (FakeApi api = new FakeApi()) {
      for (Map.Entry<String, String> object : Planted.OBJECTS.entrySet()) {
        api.with(object.getKey(), object.getValue());
      }
      api.log("shop", "web-a", Planted.APP_LOG + Planted.ENVOY_LOG + Planted.NGINX_LOG);
      String token = Planted.MARK + "-bearer-of-the-bot";
      Config config =
          new ConfigBuilder(Config.empty()).withMasterUrl(api.url()).withOauthToken(token).build();
      ClusterSource east =
          new ClusterSource(
              "east",
              Kubeconfigs.bounded(config, Limits.DEFAULT),
              List.of("istio-system"),
              List.of());
      try (LiveCollector collector =
          new LiveCollector(
              List.of(east),
              Optional.of("east"),
              Limits.DEFAULT,
              Clock.fixed(NOW, ZoneOffset.UTC))) {
        assertNothingLeaves(collector, "shop/web", "shop");
      }
      assertThat(api.asked()).as("secret places were read").anyMatch(p -> p.contains("/events"));
      assertThat(api.asked()).anyMatch(p -> p.contains("/log?"));
    }
  }

  @Test
  void theCommandLineGivesNothingAwayNeitherWhenItRefuses() throws IOException {
    Path bundle =
        Archives.directory(Files.createDirectory(directory.resolve("in")), Planted.bundle());
    for (String target :
        new String[] {
          "shop/web",
          "https://user:S3CR3T@shop.example.com/cart?token=S3CR3T",
          "password=S3CR3T in here",
          Planted.ENVOY_LOG.lines().findFirst().orElseThrow(),
          Planted.NGINX_LOG.lines().skip(1).findFirst().orElseThrow()
        }) {
      CliRun run = CliRun.of("check", target, "--from", bundle);
      assertThat(run.status()).isIn(0, 1, 2, 64);
      assertClean("command line for " + target, run.out() + run.err());
    }
  }
}
