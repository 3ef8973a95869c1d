package dev.upstream;

import static dev.upstream.policy.Rights.rule;
import static org.assertj.core.api.Assertions.assertThat;

import dev.upstream.answer.Answering;
import dev.upstream.answer.Clearance;
import dev.upstream.answer.Question;
import dev.upstream.answer.Recording;
import dev.upstream.answer.Reply;
import dev.upstream.bundle.Archives;
import dev.upstream.bundle.BundleCollector;
import dev.upstream.bundle.BundleReader;
import dev.upstream.policy.Policy;
import dev.upstream.policy.ReadRule;
import dev.upstream.policy.Reader;
import dev.upstream.policy.Rights;
import dev.upstream.report.TextReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A question to every cluster: one that has no answer does not hide those that have one. */
class EveryClusterTest {
  private static final Reader ALL = reader(rule(1, "*", "*", "everyone"));
  private static final Reader SHOP = reader(rule(1, "*", "shop", "everyone"));

  @TempDir Path folder;

  private static Reader reader(ReadRule rule) {
    return new Reader(new Policy(List.of(rule)), Rights.member("U0ANA"));
  }

  private static String service(String namespace, String name, int port) {
    return """
    ---
    apiVersion: v1
    kind: Service
    metadata: {name: %s, namespace: %s, uid: s, creationTimestamp: "2026-11-01T08:00:00Z"}
    spec: {selector: {app: web}, ports: [{port: %d, targetPort: 8080}]}
    """
        .formatted(name, namespace, port);
  }

  /** West has web twice, north on another port, and south not at all. */
  private Reply.Answered told(Reader reader, String target) throws IOException {
    Path bundle =
        Archives.directory(
            Files.createDirectories(folder.resolve(target.replace('/', '-'))),
            Map.of(
                "bundle.yaml",
                "capturedAt: 2026-11-21T10:16:00Z\ncollected:\n"
                    + "- {cluster: east, kinds: ['*'], namespaces: '*'}\n"
                    + "- {cluster: west, kinds: ['*'], namespaces: '*'}\n"
                    + "- {cluster: north, kinds: ['*'], namespaces: '*'}\n"
                    + "- {cluster: south, kinds: ['*'], namespaces: '*'}\n",
                "clusters/east/resources/a.yaml",
                service("shop", "web", 80),
                "clusters/west/resources/a.yaml",
                service("shop", "web", 80) + service("pay", "web", 80),
                "clusters/north/resources/a.yaml",
                service("shop", "web", 81),
                "clusters/south/resources/a.yaml",
                service("shop", "till", 80)));
    BundleCollector collector = new BundleCollector(new BundleReader().read(bundle).snapshot());
    Recording recording = new Recording(collector);
    Question question = new Question(target, List.of("all"), Optional.empty(), Optional.empty());
    Reply reply = new Answering(recording).answer(question);
    return (Reply.Answered)
        new Clearance(reader).view(question, reply, collector, recording.seen()).reply();
  }

  @Test
  void eachClusterWithoutAnAnswerSaysWhy() throws IOException {
    Reply.Answered answered = told(ALL, "web:80");
    assertThat(answered.diagnoses()).hasSize(1);
    assertThat(answered.others())
        .extracting(o -> o.cluster() + ": " + o.why().words())
        .containsExactlyInAnyOrder(
            "north: There is no port 80 there:",
            "south: nothing of that name is here",
            "west: \"web:80\" is more than one service: name its namespace as well.");
    assertThat(TextReport.of(answered))
        .contains("cluster: east")
        .contains("\nCluster south: nothing of that name is here\n");
  }

  @Test
  void whoMayNotReadAllOfAClusterHearsNothingOfIt() throws IOException {
    Reply.Answered answered = told(SHOP, "web:80");
    assertThat(answered.diagnoses()).as("the one in west that may be read is told").hasSize(2);
    assertThat(answered.others()).isEmpty();
    assertThat(told(SHOP, "shop/web:80").others())
        .as("the words name a namespace that may be read")
        .hasSize(2);
  }
}
