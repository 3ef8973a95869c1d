package dev.upstream.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import com.slack.api.app_backend.events.payload.EventsApiPayload;
import com.slack.api.model.event.AppHomeOpenedEvent;
import com.slack.api.model.event.AppMentionEvent;
import com.slack.api.model.event.MessageEvent;
import com.slack.api.model.event.ReactionAddedEvent;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the bot is told of what happens, and how often. */
class EventTest {
  private final List<EventsApiPayload<AppMentionEvent>> mentions = new CopyOnWriteArrayList<>();
  private Rig rig;
  private BoltBot bolt;
  private Person ana;

  @BeforeEach
  void open() throws Exception {
    rig = new Rig();
    bolt = new BoltBot(rig);
    ana = rig.workspace.person("ana");
    rig.workspace.retryEvents(Duration.ofSeconds(30), Duration.ZERO, Duration.ZERO, Duration.ZERO);
  }

  @AfterEach
  void close() throws Exception {
    assertThat(rig.workspace.violations()).isEmpty();
    bolt.close();
    rig.close();
  }

  private void hears() {
    bolt.app.event(
        AppMentionEvent.class,
        (payload, context) -> {
          mentions.add(payload);
          return context.ack();
        });
  }

  @Test
  void aMentionIsToldWithItsThreadAndLinks() {
    hears();
    String root = ana.says("incidents", "it is down");
    assertThat(mentions).isEmpty();
    String ts = ana.replies("incidents", root, "@upstream check https://shop.example.com/cart");
    AppMentionEvent event = mentions.getFirst().getEvent();
    assertThat(event.getText()).isEqualTo("<@U0BOT> check <https://shop.example.com/cart>");
    assertThat(event.getThreadTs()).isEqualTo(root);
    assertThat(event.getTs()).isEqualTo(ts);
    assertThat(event.getUser()).isEqualTo("U0ANA");
    assertThat(event.getChannel()).isEqualTo(rig.incidents);
    assertThat(mentions.getFirst().getEventId()).startsWith("Ev");
    assertThat(mentions.getFirst().getTeamId()).isEqualTo("T0TEAM");
    assertThat(rig.workspace.transcript("incidents")).contains("@upstream check https://shop");
  }

  @Test
  void whereTheBotIsNotItHearsNothing() {
    hears();
    ana.says("@ana", "@upstream check shop.example.com");
    assertThat(mentions).as("Slack tells of no mention where the bot is the other one").isEmpty();
    rig.workspace.addChannel("random", "ana");
    ana.says("random", "@upstream check shop.example.com");
    assertThat(mentions).isEmpty();
    assertThat(rig.workspace.sent()).isEmpty();
  }

  @Test
  void aStrangersMentionNamesHisWorkspace() {
    hears();
    Workspace partner = rig.workspace.beside("partner", "xoxb-9876543210-partner-token");
    rig.workspace.share("incidents", partner, "zoe");
    partner.person("zoe").says("incidents", "@upstream check shop.example.com");
    assertThat(mentions.getFirst().getTeamId()).isEqualTo("T0TEAM");
    assertThat(mentions.getFirst().getEvent().getTeam()).isEqualTo("T1TEAM");
    assertThat(mentions.getFirst().getEvent().getUser()).isEqualTo("U1ZOE");
    assertThat(mentions.getFirst().isExtSharedChannel()).isTrue();
  }

  @Test
  void otherEventsComeWhenAskedFor() {
    List<String> got = new CopyOnWriteArrayList<>();
    bolt.app.event(
        MessageEvent.class,
        (payload, context) -> {
          got.add("message " + payload.getEvent().getChannelType());
          return context.ack();
        });
    bolt.app.event(
        ReactionAddedEvent.class,
        (payload, context) -> {
          got.add("reaction " + payload.getEvent().getReaction());
          return context.ack();
        });
    bolt.app.event(
        AppHomeOpenedEvent.class,
        (payload, context) -> {
          got.add("home " + payload.getEvent().getUser());
          return context.ack();
        });
    String ts = ana.says("incidents", "one");
    ana.reacts("incidents", ts, "eyes");
    ana.opensHome();
    assertThat(got).containsExactly("home U0ANA");
    rig.workspace.subscribe("message");
    rig.workspace.subscribe("reaction_added");
    ana.says("@ana", "two");
    ana.reacts("incidents", ts, "+1");
    assertThat(got).containsExactly("home U0ANA", "message im", "reaction +1");
  }

  @Test
  void whatIsNotAcknowledgedComesThreeTimesMore() {
    ana.says("incidents", "@upstream check shop.example.com");
    assertThat(bolt.retries).containsExactly("", "1", "2", "3");
    assertThat(rig.workspace.sent())
        .extracting(Sent::id)
        .hasSize(4)
        .containsOnly(rig.workspace.sent().getFirst().id());
    assertThat(rig.workspace.sent()).extracting(Sent::attempt).containsExactly(0, 1, 2, 3);
  }

  @Test
  void aLaterRetryIsEnough() {
    bolt.app.event(
        AppMentionEvent.class,
        (payload, context) -> {
          mentions.add(payload);
          return mentions.size() < 3
              ? com.slack.api.bolt.response.Response.error(500)
              : context.ack();
        });
    rig.workspace.retryEvents(
        Duration.ofSeconds(30), Duration.ZERO, Duration.ofMillis(1), Duration.ofMillis(1));
    ana.says("incidents", "@upstream check shop.example.com");
    Rig.eventually().until(() -> mentions.size() == 3);
    assertThat(mentions.stream().map(EventsApiPayload::getEventId).distinct()).hasSize(1);
  }

  @Test
  void anEventThatNobodyAnswersInTimeComesAgain() {
    CountDownLatch go = new CountDownLatch(1);
    bolt.app.event(
        AppMentionEvent.class,
        (payload, context) -> {
          mentions.add(payload);
          if (mentions.size() == 1) {
            Rig.eventually().until(() -> go.getCount() == 0);
          }
          return context.ack();
        });
    rig.workspace.retryEvents(Duration.ofMillis(500), Duration.ZERO, Duration.ZERO, Duration.ZERO);
    ana.says("incidents", "@upstream check shop.example.com");
    Rig.eventually().until(() -> mentions.size() >= 2);
    go.countDown();
    assertThat(bolt.retries).contains("", "1");
    assertThat(rig.workspace.sent().getFirst().ack().status()).isZero();
  }

  @Test
  void anEventMayComeTwiceAtOnce() {
    hears();
    rig.workspace.faults().doubled(1);
    ana.says("incidents", "@upstream check shop.example.com");
    assertThat(mentions).hasSize(2);
    assertThat(mentions.get(0).getEventId()).isEqualTo(mentions.get(1).getEventId());
  }

  @Test
  void aBotThatIsAwayGetsItWhenItIsBack() {
    hears();
    rig.workspace.deliver(Delivery.http(URI.create("http://127.0.0.1:1/slack/events")));
    rig.workspace.retryEvents(
        Duration.ofSeconds(30), Duration.ZERO, Duration.ofMillis(1), Duration.ofMillis(1));
    rig.workspace.deliver(
        Delivery.http(URI.create("http://127.0.0.1:1/slack/events"), bolt.address()));
    ana.says("incidents", "@upstream check shop.example.com");
    assertThat(mentions).hasSize(1);
  }
}
