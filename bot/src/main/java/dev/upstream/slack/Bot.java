package dev.upstream.slack;

import com.slack.api.bolt.App;
import dev.upstream.answer.Collector;
import dev.upstream.answer.Directory;
import dev.upstream.conversation.Content;
import dev.upstream.conversation.Ledger;
import dev.upstream.conversation.Notes;
import dev.upstream.conversation.Outbox;
import dev.upstream.conversation.Recordings;
import dev.upstream.conversation.Wanted;
import dev.upstream.conversation.Work;
import dev.upstream.policy.Policy;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

/** The whole conversation put together: what Slack brings goes in, what is said goes out. */
public final class Bot implements AutoCloseable {
  /** Slack's words for a place where the bot is not, or may not speak. */
  private static final Set<String> NOT_HERE = Set.of("not_in_channel", "channel_not_found");

  private final SlackApi slack;
  private final OutgoingGuard guard;
  private final Askers askers;
  private final Ledger ledger;
  private final InstantSource clock;
  private final Conversation conversation;
  private final Runnable rest;
  private final App app;
  private final Courier courier;
  private final Background background = new Background();
  private volatile Runnable awake = () -> {};

  /**
   * What the bot stands on.
   *
   * @param caps how many checks a cluster takes at once
   * @param most checks that are not over, in all: beyond that none is begun
   * @param keep for how long ended checks are kept
   * @param pages the catalogue's page of an id
   * @param named the groups that rules name
   * @param version of the bot
   * @param rest ends what calls into the bot, before anything that it stands on is closed
   */
  public record Ground(
      Collector collector,
      Directory directory,
      ToIntFunction<String> caps,
      int most,
      Duration keep,
      Ledger ledger,
      Outbox outbox,
      Notes notes,
      Recordings recordings,
      Supplier<Policy> policy,
      Supplier<Set<String>> named,
      Function<String, Optional<String>> pages,
      ZoneId zone,
      InstantSource clock,
      String version,
      Runnable rest) {}

  public Bot(SlackApi slack, OutgoingGuard guard, Ground g) {
    this.slack = slack;
    this.guard = guard;
    this.askers = new Askers(g.notes(), g.keep());
    this.ledger = g.ledger();
    this.rest = g.rest();
    this.clock = g.clock();
    Runnable wake = this::wake;
    People people = new People(slack, clock, g.named());
    Rights rights = new Rights(g.policy(), people, new Channels(slack, clock), g.collector());
    Story story = new Story(guard, g.notes(), g.keep(), rights, g.zone(), clock);
    Turn turn = new Turn(g.collector(), g.caps(), g.most());
    Asking asking =
        new Asking(
            g.collector(), ledger, askers, rights.inHaste(), story, clock, wake, slack, turn);
    Desk desk =
        new Desk(
            g.collector(),
            g.directory(),
            g.policy(),
            people,
            rights,
            slack,
            g.zone(),
            clock,
            g.version());
    Clicks clicks =
        new Clicks(
            ledger,
            g.outbox(),
            g.notes(),
            g.keep(),
            new Recall(g.collector(), ledger, g.recordings(), rights, askers, clock),
            rights,
            story,
            asking,
            guard,
            g.pages(),
            g.zone(),
            clock,
            wake,
            desk::status);
    Frames frames = new Frames(slack, g.notes(), clock);
    Windows windows = new Windows(frames, guard, g.directory(), rights.inHaste(), asking);
    MuteWindow mutes = new MuteWindow(frames, guard, clicks, g.zone(), clock, background);
    this.conversation =
        new Conversation(
            g.collector(),
            ledger,
            g.outbox(),
            g.notes(),
            g.recordings(),
            story,
            clicks,
            clock,
            turn,
            wake);
    this.app = new Doorway(asking, clicks, windows, mutes, desk, guard, slack, background).app();
    this.courier = Courier.start(g.outbox(), slack, this::instead, clock);
    this.awake = courier::wake;
  }

  private void wake() {
    awake.run();
  }

  /** Bolt, for the HTTP controller and for the socket. */
  public App app() {
    return app;
  }

  /** What the store's jobs do. */
  public Work work() {
    return conversation;
  }

  /**
   * A headline that can't be posted: its asker is told, and how to invite the bot. The outbox tells
   * the same to those who were led to it.
   */
  private List<Wanted> instead(Wanted wanted, String error) {
    if (!(wanted.content() instanceof Content.Post) || wanted.parent().isPresent()) {
      return List.of();
    }
    Message note =
        NOT_HERE.contains(error)
            ? NoteBlocks.invite(Optional.ofNullable(slack.identity().getUser()).orElse("upstream"))
            : NoteBlocks.refusedBySlack(error);
    return wanted
        .run()
        .flatMap(ledger::run)
        .map(r -> askers.of(wanted, r.asker(), clock.instant()))
        .map(
            a ->
                List.of(
                    new Wanted(
                        wanted.id() + wanted.run().map(r -> "/" + r).orElse("") + "/instead",
                        wanted.run(),
                        wanted.place(),
                        Optional.empty(),
                        0,
                        Contents.whisper(a.person().user(), a.responseUrl(), guard.pass(note)),
                        0,
                        true)))
        .orElse(List.of());
  }

  @Override
  public void close() {
    rest.run();
    background.close();
    courier.close();
    app.stop();
  }
}
