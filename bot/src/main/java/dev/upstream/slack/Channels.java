package dev.upstream.slack;

import com.slack.api.methods.response.conversations.ConversationsInfoResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** Which channels people of other workspaces read too. */
final class Channels {
  private static final Duration GOOD = Duration.ofSeconds(50);
  private static final int MOST = 5_000;

  private final Inquiries slack;
  private final Remembered<String, Boolean> shared;

  Channels(SlackApi slack, InstantSource clock) {
    this.slack = new Inquiries(slack, clock);
    this.shared = new Remembered<>(GOOD, MOST, clock);
  }

  /** A channel of which Slack says nothing counts as shared. */
  boolean shared(String channel) {
    if (isDirect(channel)) {
      return false;
    }
    return shared.get(channel, this::ask).orElse(true);
  }

  /** Whether nobody knows who reads there only because Slack does not answer just now. */
  boolean waitsFor(String channel) {
    return !isDirect(channel) && shared.get(channel, this::ask).isEmpty() && slack.resting();
  }

  /** The bot's own conversation with one person, who is asked for the right anyway. */
  private static boolean isDirect(String channel) {
    return channel.startsWith("D");
  }

  private Optional<Boolean> ask(String channel) {
    return slack
        .ask("conversations.info", m -> m.conversationsInfo(r -> r.channel(channel)))
        .flatMap(Channels::shared);
  }

  private static Optional<Boolean> shared(ConversationsInfoResponse answer) {
    return answer.isOk()
        ? Optional.of(answer.getChannel().isExtShared() || answer.getChannel().isPendingExtShared())
        : Optional.empty();
  }
}
