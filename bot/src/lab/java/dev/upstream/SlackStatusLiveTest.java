package dev.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upstream.lab.LabCluster;
import dev.upstream.lab.LabExtension;
import dev.upstream.lab.live.ReaderRights;
import dev.upstream.workspace.Placeholders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** {@code /upstream status} over clusters that are well and over others that are not. */
@Tag("lab")
@ExtendWith(LabExtension.class)
class SlackStatusLiveTest {
  @Test
  void everyClusterSaysHowItIs(LabCluster east) throws IOException {
    east.waitReady("istio-system");
    Path gone = Files.createTempFile("gone-", ".kubeconfig");
    Files.writeString(
        gone,
        Files.readString(east.kubeconfig()).replaceAll("127\\.0\\.0\\.1:\\d+", "10.244.99.1:1"));
    String clusters =
        "["
            + cluster("east", east.serviceAccountKubeconfig("reader", ReaderRights.all()))
            + cluster(
                "north",
                east.serviceAccountKubeconfig("half", ReaderRights.without("pods/portforward")))
            + cluster("south", east.expiredTokenKubeconfig())
            + cluster("west", gone)
            + "{name: recorded, bundle: \"%s\"}]"
                .formatted(Path.of("bundles", "case-4").toAbsolutePath());
    try (ServedBot bot = ServedBot.over(clusters)) {
      assertThat(bot.ana().types(ServedBot.CHANNEL, "/upstream", "status").status()).isEqualTo(200);
      Bot.eventually()
          .until(() -> bot.workspace.transcript(ServedBot.CHANNEL).contains("can't be read"));
      assertThat(bot.workspace.violations()).isEmpty();
      ConversationFile.assertSame(
          "status.txt",
          "How the clusters are: one is well, of one not all may be read, the token of one is over,"
              + " one is not there, and one is a recording.",
          bot.workspace.story(ServedBot.CHANNEL),
          Placeholders.usual());
    } finally {
      Files.delete(gone);
    }
  }

  private static String cluster(String name, Path kubeconfig) {
    return "{name: %s, kubeconfig: \"%s\"}, ".formatted(name, kubeconfig);
  }
}
