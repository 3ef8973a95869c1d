package dev.upstream;

import static dev.upstream.policy.Rights.rule;
import static org.assertj.core.api.Assertions.assertThat;

import dev.upstream.answer.Answering;
import dev.upstream.answer.Clearance;
import dev.upstream.answer.ClusterStatus;
import dev.upstream.answer.Collector;
import dev.upstream.answer.Directory;
import dev.upstream.answer.Question;
import dev.upstream.answer.Recording;
import dev.upstream.answer.Reply;
import dev.upstream.bundle.Archives;
import dev.upstream.bundle.BundleCollector;
import dev.upstream.bundle.BundleDirectory;
import dev.upstream.bundle.BundleReader;
import dev.upstream.config.SlackMode;
import dev.upstream.path.Ask;
import dev.upstream.policy.Policy;
import dev.upstream.policy.ReadRule;
import dev.upstream.policy.Reader;
import dev.upstream.policy.Rights;
import dev.upstream.report.JsonReport;
import dev.upstream.snapshot.Snapshot;
import dev.upstream.workspace.Choice;
import dev.upstream.workspace.OpenView;
import dev.upstream.workspace.Person;
import dev.upstream.workspace.Post;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whoever may not read where a name lies is told the same as if it lay nowhere. */
@SideBySide
class ExistenceTest {
  private static final String NOTES = "capturedAt: 2026-11-21T10:16:00Z\n";
  private static final String WHOLE =
      NOTES
          + "collected: [{cluster: east, kinds: [\"*\"], namespaces: \"*\"}, {cluster: west, kinds:"
          + " [\"*\"], namespaces: \"*\"}]\n";

  /** Who may not list a kind may miss any name of it. */
  private static final String WITH_GAPS =
      WHOLE
          + "gaps: [{cluster: east, source: objects, scope: ingresses, cause: FORBIDDEN, detail:"
          + " not allowed., remedy: allow it}, {cluster: east, source: objects, scope: services,"
          + " cause: FORBIDDEN, detail: not allowed., remedy: allow it}]\n";

  private static final List<String> SERVICES =
      List.of(
          "shop/web",
          "shop/solo",
          "shop/mix",
          "pay/mix",
          "pay/ledger",
          "pay/wep",
          "pay/twin",
          "bill/twin");

  private static final List<Reader> WITHOUT =
      List.of(
          reader(rule(1, "east", "shop", "everyone")),
          reader(rule(1, "*", "shop", "everyone")),
          reader(rule(1, "*", "istio-system shop", "everyone")),
          reader(rule(1, "west", "*", "everyone")));

  private static final Reader ALL = reader(rule(1, "*", "*", "everyone"));

  @TempDir Path folder;

  private static Reader reader(ReadRule... rules) {
    return new Reader(new Policy(List.of(rules)), Rights.member("U0ANA"));
  }

  private static String service(String named) {
    String[] parts = named.split("/");
    return """
    apiVersion: v1
    kind: Service
    metadata: {name: %s, namespace: %s, uid: s, creationTimestamp: "2026-11-01T08:00:00Z"}
    spec: {selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}
    status: {loadBalancer: {}}
    """
        .formatted(parts[1], parts[0]);
  }

  private static String east() {
    List<String> all = new ArrayList<>(SERVICES.stream().map(ExistenceTest::service).toList());
    all.add(
        """
        apiVersion: v1
        kind: Pod
        metadata: {name: ledger-1, namespace: pay, uid: p, labels: {app: web}}
        spec: {nodeName: n1, containers: [{name: web}]}
        status: {phase: Running, podIP: 10.0.0.1}
        """);
    all.add(
        """
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata: {name: ledger, namespace: pay, uid: i}
        spec:
          rules:
            - host: pay.example.com
              http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: ledger, port: {number: 80}}}}]}
            - host: dead.example.com
              http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: gone, port: {number: 80}}}}]}
        """);
    all.add(
        """
        apiVersion: networking.istio.io/v1
        kind: Gateway
        metadata: {name: edge, namespace: istio-system}
        spec:
          selector: {istio: ingressgateway}
          servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: ["*"]}]
        """);
    all.add(
        """
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata: {name: ledger, namespace: pay}
        spec:
          hosts: [mesh.example.com]
          gateways: [istio-system/edge]
          http: [{route: [{destination: {host: ledger}}]}]
        """);
    return String.join("---\n", all);
  }

  private Snapshot world(String notes) throws IOException {
    Path bundle =
        Archives.directory(
            Files.createDirectories(folder.resolve("in")),
            Map.of(
                "bundle.yaml",
                notes,
                "clusters/east/resources/a.yaml",
                east(),
                "clusters/west/resources/a.yaml",
                service("far/distant")));
    return new BundleReader().read(bundle).snapshot();
  }

  private static String text(Clearance.View view) {
    return switch (view.reply()) {
      case Reply.Answered a -> JsonReport.of(a, new JsonReport.Timing(0, 0)) + a.others();
      case Reply.Refused r -> r.sentence();
    };
  }

  private static String told(Reader reader, Question question, Snapshot world) {
    Collector collector = new BundleCollector(world);
    Clearance clearance = new Clearance(reader);
    Optional<Reply.Refused> before =
        clearance.refusal(question, collector).or(() -> new Answering(collector).refusal(question));
    if (before.isPresent()) {
      return before.get().sentence();
    }
    Recording recording = new Recording(collector);
    Question narrowed = clearance.narrowed(question, collector);
    Reply reply = new Answering(recording).answer(narrowed);
    return text(clearance.view(narrowed, reply, collector, recording.seen()));
  }

  private static Question question(
      String target,
      @Nullable String cluster,
      @Nullable String client,
      @Nullable String namespace) {
    return new Question(
        target,
        cluster == null ? List.of() : List.of(cluster),
        Optional.ofNullable(client),
        Optional.ofNullable(namespace));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ledger | lodger | | | ",
        "ledger:99 | lodger:99 | | | ",
        "ledger | lodger | east | | ",
        "ledger | lodger | all | | ",
        "twin | twon | | | ",
        "wep | wop | | | ",
        "ledger.pay | lodger.pay | | | ",
        "ledger.pay | ledger.poy | | | ",
        "ledger.pay:99 | ledger.poy:99 | | | ",
        "ledger.pay.svc.cluster.local | lodger.pay.svc.cluster.local | | | ",
        "pay/ledger | pay/lodger | | | ",
        "pay/ledger | poy/ledger | | | ",
        "pay/ledger:99 | poy/ledger:99 | | | ",
        "ledger | lodger | | | pay",
        "pod/ledger-1 | pod/lodger-1 | | | ",
        "pod/pay/ledger-1 | pod/poy/ledger-1 | | | ",
        "ingress/ledger | ingress/lodger | | | ",
        "ingress/pay/ledger | ingress/poy/ledger | | | ",
        "pay.example.com | poy.example.com | | | ",
        "https://pay.example.com/cart | https://poy.example.com/cart | | | ",
        "dead.example.com | deed.example.com | | | ",
        "mesh.example.com | mush.example.com | | | ",
        "mesh.example.com | mush.example.com | | | pay",
      })
  void anExistingNameAndAMissingOneSoundTheSame(
      String there, String missing, String cluster, String client, String namespace)
      throws IOException {
    for (String notes : List.of(WHOLE, WITH_GAPS)) {
      Snapshot world = world(notes);
      Question asked = question(there, cluster, client, namespace);
      Question other = question(missing, cluster, client, namespace);
      assertThat(told(ALL, asked, world).replace(there, missing))
          .as("who may read all is told what there is")
          .isNotEqualTo(told(ALL, other, world));
      for (Reader reader : WITHOUT) {
        assertThat(named(told(reader, asked, world), there))
            .as(reader.policy() + " " + notes)
            .isEqualTo(named(told(reader, other, world), missing));
      }
    }
  }

  /** The parts of the name that was asked for, which the answer may repeat. */
  private static String named(String told, String asked) {
    String text = told;
    for (String part : asked.split("[/:.]+")) {
      text = text.replaceAll("\\b" + part + "\\b", "NAME");
    }
    return text;
  }

  @ParameterizedTest
  @CsvSource({"west,wost", "east,eest"})
  void anExistingClusterAndAMissingOneSoundTheSame(String there, String missing)
      throws IOException {
    Snapshot world = world(WHOLE);
    Reader other =
        there.equals("west")
            ? reader(rule(1, "east", "shop", "everyone"))
            : reader(rule(1, "west", "*", "everyone"));
    String asked = told(other, question("web", there, null, null), world);
    assertThat(asked.replace("\"" + there + "\"", "NAME"))
        .isEqualTo(
            told(other, question("web", missing, null, null), world)
                .replace("\"" + missing + "\"", "NAME"))
        .contains("There is no cluster NAME that you may read");
  }

  @Test
  void aClientInANamespaceThatMayNotBeReadSoundsTheSameWhetherItExists() throws IOException {
    Snapshot world = world(WHOLE);
    for (Reader reader : WITHOUT.subList(0, 3)) {
      assertThat(told(reader, question("shop/web", null, "pay/ledger", null), world))
          .isEqualTo(
              told(reader, question("shop/web", null, "poy/ledger", null), world)
                  .replace("poy", "pay"));
    }
  }

  /** Another Service of the same name elsewhere changes nothing. */
  @Test
  void aNameThatIsAlsoElsewhereIsAnsweredAsIfItWereNot() throws IOException {
    Snapshot world = world(WHOLE);
    for (Reader reader : WITHOUT.subList(0, 3)) {
      assertThat(told(reader, Question.about("mix"), world))
          .contains("\"verdict\"")
          .isEqualTo(told(reader, Question.about("solo"), world).replace("solo", "mix"));
    }
    assertThat(told(ALL, Question.about("mix"), world)).contains("more than one service");
  }

  /** The same at every door of Slack's. */
  @Test
  void everyDoorOfSlacksSaysTheSame() throws IOException {
    World clusters = new World(world(WHOLE));
    Policy policy =
        new Policy(List.of(rule(1, "*", "*", "@all"), rule(2, "east", "shop", "everyone")));
    Bot bot = Bot.open(new Bot.Setup(clusters, policy, SlackMode.HTTP, 500));
    bot.workspace.addPerson("bob");
    bot.workspace.setGroup("all", Bot.ANA);
    try {
      Doors there = new Doors(bot, clusters, "there", "pay.example.com");
      Doors missing = new Doors(bot, clusters, "missing", "poy.example.com");
      List<String> asked = there.all();
      assertThat(asked).hasSize(7).isEqualTo(missing.all());
      assertThat(asked.getFirst()).startsWith("Nothing that you may read is named \"NAME\"");
      assertThat(there.buttons()).hasSize(5).containsOnly(asked.getFirst());
      assertThat(bot.workspace.violations()).isEmpty();
    } finally {
      bot.close();
    }
  }

  /** What Bob, who may read little, hears of one name in a channel of its own. */
  private record Doors(Bot bot, World clusters, String channel, String name) {
    Doors {
      bot.workspace.addChannel(channel, Bot.ANA, "bob");
      bot.workspace.inviteBot(channel);
    }

    private Person bob() {
      return bot.workspace.person("bob");
    }

    private List<Post> heard() {
      return bot.workspace.posts(channel).stream()
          .filter(p -> p.onlyFor().equals(Optional.of("bob")))
          .toList();
    }

    private String next(Runnable asks) {
      int before = heard().size();
      asks.run();
      Bot.eventually().until(() -> heard().size() > before);
      return heard().getLast().text().replaceAll("\\b" + name + "\\b", "NAME");
    }

    List<String> all() {
      List<String> told = new ArrayList<>();
      told.add(next(() -> bob().types(channel, "/upstream", "check " + name)));
      told.add(next(() -> bob().types(channel, "/upstream", "check " + name + " on all")));
      String root = bob().says(channel, name);
      told.add(next(() -> bob().replies(channel, root, "@upstream check " + name)));
      told.add(next(() -> bob().uses("check_from_message", channel, root)));
      bob().types(channel, "/upstream", "");
      OpenView form = bob().modal();
      assertThat(form.looksFor("Service", name)).isEmpty();
      assertThat(form.looksFor("Cluster", "")).extracting(Choice::value).containsExactly("east");
      assertThat(form.looksFor("Namespace", "")).extracting(Choice::value).containsExactly("shop");
      told.add(next(() -> form.fills("What is broken?", name).submits()));
      told.add(next(() -> bob().types(channel, "/upstream", "status")));
      assertThat(everybodySees()).isEmpty();
      told.add(linked());
      return told;
    }

    /** Ana, who may read all, asks first. */
    private String linked() {
      int before = clusters.count.get();
      clusters.hold();
      bot.workspace.person(Bot.ANA).types(channel, "/upstream", "check " + name + " on east");
      Bot.eventually().until(() -> clusters.count.get() > before);
      String told = next(() -> bob().types(channel, "/upstream", "check " + name + " on east"));
      clusters.release();
      return told;
    }

    private List<Post> everybodySees() {
      return bot.workspace.posts(channel).stream()
          .filter(p -> p.onlyFor().isEmpty() && p.author().equals("upstream"))
          .toList();
    }

    List<String> buttons() {
      Bot.eventually()
          .until(() -> bot.workspace.transcript(channel).contains("Was this answer useful?"));
      Post headline = everybodySees().getFirst();
      List<String> told = new ArrayList<>();
      for (String button : List.of("Show evidence", "Explain", "Re-check", "Mute…", "JSON")) {
        told.add(next(() -> bob().clicks(channel, headline.ts(), button)));
      }
      assertThat(everybodySees().getFirst()).as("what others read").isEqualTo(headline);
      return told;
    }
  }

  /** A recording that can let its askers wait. */
  private static final class World implements Collector, Directory {
    final AtomicInteger count = new AtomicInteger();
    private final Collector collector;
    private final Directory directory;
    private volatile CountDownLatch gate = new CountDownLatch(0);

    World(Snapshot snapshot) {
      this.collector = new BundleCollector(snapshot);
      this.directory = new BundleDirectory(snapshot);
    }

    void hold() {
      gate = new CountDownLatch(1);
    }

    void release() {
      gate.countDown();
    }

    @Override
    public List<String> clusters() {
      return collector.clusters();
    }

    @Override
    public Optional<String> defaultCluster() {
      return Optional.of("east");
    }

    @Override
    public Snapshot collect(Ask ask) {
      count.incrementAndGet();
      try {
        gate.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return collector.collect(ask);
    }

    @Override
    public List<String> namespaces(String cluster) {
      return directory.namespaces(cluster);
    }

    @Override
    public List<String> services(String cluster, String namespace) {
      return directory.services(cluster, namespace);
    }

    @Override
    public List<ClusterStatus> status() {
      return directory.status();
    }
  }
}
