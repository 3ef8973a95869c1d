package dev.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upstream.config.SlackMode;
import dev.upstream.workspace.Ack;
import dev.upstream.workspace.Disturbance;
import dev.upstream.workspace.Person;
import dev.upstream.workspace.Post;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The conversation over a socket that breaks in the middle of everything. */
@WholeLog
class SocketModeTest {
  private static final String END = "Was this answer useful?";

  private final Asked clusters = new Asked();
  private final Logged log = Logged.listen();
  private Bot bot;
  private Person ana;

  @BeforeEach
  void open() throws IOException {
    bot = Bot.open(Bot.Setup.of(clusters).by(SlackMode.SOCKET));
    ana = bot.workspace.person(Bot.ANA);
    Bot.eventually().until(() -> bot.workspace.sockets() == 1);
  }

  @AfterEach
  void nothingWrongWasSent() {
    bot.close();
    log.close();
    assertThat(bot.workspace.violations()).isEmpty();
    assertThat(log.text())
        .doesNotContain(Bot.TOKEN)
        .doesNotContain("xapp-")
        .doesNotContain("ticket=")
        .doesNotContain("shop.example.com");
  }

  private int ended() {
    return bot.transcript().split(java.util.regex.Pattern.quote(END), -1).length - 1;
  }

  @Test
  void commandsClicksAndWindowsComeOverTheSocket() {
    assertThat(bot.types("check shop.example.com").status()).isEqualTo(200);
    Bot.eventually().until(() -> ended() == 1);
    ana.clicks(Bot.INCIDENTS, bot.headlines().getFirst().ts(), "Re-check");
    Bot.eventually().until(() -> bot.transcript().contains("Still: 95 %"));
    ana.types(Bot.INCIDENTS, "/upstream", "");
    ana.modal().fills("What is broken?", "shop/web").submits();
    Bot.eventually().until(() -> ended() == 2);
    assertThat(bot.toldTo(Bot.ANA)).isEmpty();
    assertThat(bot.headlines()).hasSize(2);
  }

  @Test
  void aSocketThatBreaksWhileACheckRunsIsOpenedAgain() {
    clusters.hold();
    bot.types("check shop.example.com");
    Bot.eventually().until(() -> clusters.count() == 1);
    bot.workspace.dropSockets();
    clusters.release();
    Bot.eventually().until(() -> ended() == 1);
    Bot.eventually().until(() -> bot.workspace.sockets() == 1);
    ana.clicks(Bot.INCIDENTS, bot.headlines().getFirst().ts(), "Re-check");
    Bot.eventually().until(() -> bot.transcript().contains("Still: 95 %"));
    assertThat(clusters.count()).isEqualTo(2);
    assertThat(bot.headlines()).hasSize(1);
  }

  @Test
  void slackReplacesASocketWhenItLikes() {
    for (String reason : List.of("warning", "refresh_requested")) {
      bot.workspace.disconnectSockets(reason);
      Bot.eventually().until(() -> bot.workspace.sockets() == 1);
      Bot.eventually().until(() -> bot.types("help").status() == 200);
    }
    bot.types("check shop.example.com");
    Bot.eventually().until(() -> ended() == 1);
    assertThat(bot.headlines()).hasSize(1);
  }

  @Test
  void afterAnOutageTheSocketIsOpenedAgain() {
    bot.workspace.faults().outage();
    Bot.eventually().until(() -> bot.workspace.sockets() == 0);
    Bot.eventually()
        .until(() -> log.text().split("No socket to Slack \\(ConnectException\\)", -1).length > 2);
    bot.workspace.faults().calm();
    Bot.eventually().until(() -> bot.workspace.sockets() == 1);
    bot.types("check shop.example.com");
    Bot.eventually().until(() -> ended() == 1);
    assertThat(bot.headlines()).hasSize(1);
  }

  /** An answer that is no address: the SDK's own client never tries again after one. */
  @Test
  void afterAnErrorOfSlacksTheSocketIsOpenedAgain() {
    bot.workspace
        .faults()
        .next("apps.connections.open", 2, new Disturbance.Refused("internal_error"));
    bot.workspace.dropSockets();
    Bot.eventually().until(() -> log.text().contains("No socket to Slack (internal_error)"));
    Bot.eventually().until(() -> bot.workspace.sockets() == 1);
    assertThat(bot.types("help").status()).isEqualTo(200);
  }

  @Test
  void mentionsThatFoundNoSocketComeAgainAndAreAnsweredOnce() {
    bot.workspace.retryEvents(
        Duration.ofSeconds(3), Duration.ZERO, Duration.ofSeconds(8), Duration.ofSeconds(15));
    String root = ana.says(Bot.INCIDENTS, "shop is down");
    bot.workspace.dropSockets();
    ana.replies(Bot.INCIDENTS, root, "@upstream check shop.example.com");
    Bot.eventually().until(() -> ended() == 1);
    assertThat(clusters.count()).isEqualTo(1);
    assertThat(bot.posts())
        .filteredOn(p -> p.author().equals("upstream"))
        .allSatisfy(p -> assertThat(p.thread()).contains(root));
  }

  /** Whoever saw no error has an answer, and nobody has two. */
  @Test
  void socketsThatBreakAllTheTimeLoseNothingThatWasAcknowledged() throws Exception {
    bot.addReplica();
    bot.addReplica();
    List<String> channels = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      channels.add("c" + i);
      bot.workspace.addChannel("c" + i, Bot.ANA);
      bot.workspace.inviteBot("c" + i);
    }
    List<Future<Ack>> acks = new ArrayList<>();
    try (ExecutorService people = Executors.newFixedThreadPool(4)) {
      for (String channel : channels) {
        acks.add(
            people.submit(
                () -> ana.types(channel, "/upstream", "check shop.example.com/" + channel)));
        if (acks.size() % 3 == 0) {
          acks.get(acks.size() - 3).get(); // the other two may be in the middle of it
          bot.workspace.dropSockets();
          Bot.eventually().until(() -> bot.workspace.sockets() > 0);
        }
      }
    }
    int taken = 0;
    for (int i = 0; i < channels.size(); i++) {
      String channel = channels.get(i);
      boolean acknowledged = acks.get(i).get().status() == 200;
      taken += acknowledged ? 1 : 0;
      if (acknowledged) {
        Bot.eventually()
            .atMost(Duration.ofMinutes(2))
            .until(() -> bot.workspace.transcript(channel).contains(END));
      }
      assertThat(bot.workspace.posts(channel))
          .filteredOn(p -> p.thread().isEmpty() && p.onlyFor().isEmpty())
          .hasSizeLessThanOrEqualTo(1)
          .hasSizeGreaterThanOrEqualTo(acknowledged ? 1 : 0);
      assertThat(bot.workspace.posts(channel))
          .filteredOn(p -> p.thread().isPresent())
          .extracting(Post::text)
          .doesNotHaveDuplicates();
    }
    assertThat(taken).isPositive();
    assertThat(clusters.count()).isBetween(taken, channels.size());
  }
}
