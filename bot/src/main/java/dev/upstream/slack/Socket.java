package dev.upstream.slack;

import com.slack.api.bolt.App;
import com.slack.api.methods.response.apps.connections.AppsConnectionsOpenResponse;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Socket Mode: what Slack brings comes over a connection that the bot opens, and opens again
 * whenever it ends. The SDK's own client gives up for good when Slack answers with an error.
 */
public final class Socket implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Socket.class);
  private static final int LONGEST_PAUSE_SECONDS = 30;
  private static final Duration LAST_TRY = Duration.ofSeconds(2);

  /** Slack delivers to at most so many; with more, some replicas hear nothing. */
  private static final int MOST_CONNECTIONS = 10;

  private final SlackApi slack;
  private final Envelopes envelopes;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final CompletableFuture<String> refused = new CompletableFuture<>();
  private final Thread keeper;
  private volatile Optional<SocketLine> current = Optional.empty();

  private Socket(App app, SlackApi slack) {
    this.slack = slack;
    this.envelopes = new Envelopes(app);
    this.keeper = Thread.ofPlatform().name("socket").daemon().unstarted(this::keep);
  }

  /** Begins to open the connection; where Slack is away, again and again. */
  public static Socket open(App app, SlackApi slack) {
    Socket socket = new Socket(app, slack);
    socket.keeper.start();
    return socket;
  }

  /**
   * Slack's word for an app token that no waiting makes right, where no connection was ever open;
   * later on it is only logged.
   */
  public CompletionStage<String> refused() {
    return refused.minimalCompletionStage();
  }

  /** What one try led to. */
  private sealed interface Opening {
    record Open(SocketLine line) implements Opening {}

    record Hopeless(String error) implements Opening {}

    record Trouble(String why, Duration patience) implements Opening {}
  }

  private void keep() {
    int failures = 0;
    try {
      long pause;
      do {
        Opening opening = tried();
        failures = opening instanceof Opening.Open ? 0 : failures + 1;
        pause = pause(opening, failures);
      } while (!stopped.await(pause, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits for the end of what was opened; returns how many seconds to wait for the next try. */
  private long pause(Opening opening, int failures) throws InterruptedException {
    long own = Math.min(LONGEST_PAUSE_SECONDS, 1L << Math.clamp(failures - 1, 0, 6));
    switch (opening) {
      case Opening.Open open ->
          LOG.info("The socket to Slack ended ({}): another one is opened", open.line().ended());
      case Opening.Hopeless hopeless -> {
        LOG.error(
            "Slack refuses SLACK_APP_TOKEN ({}): nothing is heard of Slack until that is put right",
            hopeless.error());
        if (current.isEmpty()) {
          refused.complete(hopeless.error());
        }
      }
      case Opening.Trouble trouble -> {
        own = Math.max(own, trouble.patience().toSeconds());
        LOG.warn("No socket to Slack ({}): next try in {} s", trouble.why(), own);
      }
    }
    return own;
  }

  private Opening tried() throws InterruptedException {
    String token = slack.access().appToken().orElseThrow();
    return switch (Attempt.at(() -> slack.slack().methods(token).appsConnectionsOpen(r -> r))) {
      case Attempt.Answer.Given<AppsConnectionsOpenResponse> given ->
          opened(URI.create(given.response().getUrl()));
      case Attempt.Answer.None<AppsConnectionsOpenResponse> none -> notOpened(none.outcome());
    };
  }

  private static Opening notOpened(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Refused r when SlackApi.hopeless(r.error()) -> new Opening.Hopeless(r.error());
      case Outcome.Refused r -> new Opening.Trouble(r.error(), Duration.ZERO);
      case Outcome.Limited l -> new Opening.Trouble("too many requests", l.patience());
      case Outcome.NotDone n -> new Opening.Trouble(n.why(), Duration.ZERO);
      case Outcome.Unknown u -> new Opening.Trouble(u.why(), Duration.ZERO);
      case Outcome.Done d -> new Opening.Trouble("no address", Duration.ZERO);
    };
  }

  private Opening opened(URI address) throws InterruptedException {
    SocketLine line =
        new SocketLine(
            address, Optional.ofNullable(slack.slack().getConfig().getProxyUrl()), envelopes);
    Optional<Integer> connections = line.greeted();
    if (connections.isEmpty()) {
      return new Opening.Trouble("it did not open", Duration.ZERO);
    }
    Optional<SocketLine> before = current;
    current = Optional.of(line);
    counted(connections.get());
    before.ifPresent(SocketLine::close);
    if (stopped.getCount() == 0) {
      line.close();
    }
    return new Opening.Open(line);
  }

  /** Ghosts of closed sockets count too, and payloads that go to them are lost. */
  private static void counted(int connections) {
    if (connections >= MOST_CONNECTIONS) {
      LOG.warn(
          "Slack counts {} sockets of this app, the most it takes: some may be dead, and what"
              + " goes to them is lost. Restart replicas one by one.",
          connections);
    } else {
      LOG.info("Connected to Slack; sockets of this app: {}", connections);
    }
  }

  @Override
  public void close() {
    stopped.countDown();
    envelopes.close();
    current.ifPresent(SocketLine::close);
    keeper.interrupt();
    try {
      keeper.join(LAST_TRY);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
