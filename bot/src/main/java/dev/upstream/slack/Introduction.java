package dev.upstream.slack;

import com.slack.api.methods.response.auth.AuthTestResponse;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks Slack who the bot is, until Slack says it. */
public final class Introduction implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Introduction.class);
  private static final int LONGEST_PAUSE_SECONDS = 30;

  private final SlackApi slack;
  private final Thread asking;

  private Introduction(SlackApi slack, AuthTestResponse first) {
    this.slack = slack;
    this.asking = Thread.ofVirtual().name("introduction").unstarted(() -> ask(first));
  }

  /**
   * Goes on from a first answer.
   *
   * @param first what {@link SlackApi#identity} led to
   */
  public static Introduction after(AuthTestResponse first, SlackApi slack) {
    Introduction introduction = new Introduction(slack, first);
    introduction.asking.start();
    return introduction;
  }

  private void ask(AuthTestResponse first) {
    AuthTestResponse answer = first;
    try {
      for (int tries = 0; !answer.isOk(); tries++) {
        if (SlackApi.hopeless(answer.getError())) {
          LOG.error(
              "Slack refuses SLACK_BOT_TOKEN ({}): messages wait until that is put right",
              answer.getError());
        } else {
          LOG.warn("Slack did not say who this bot is: {}", answer.getError());
        }
        Thread.sleep(Duration.ofSeconds(Math.min(LONGEST_PAUSE_SECONDS, 1L << Math.min(tries, 6))));
        answer = slack.identity();
      }
      LOG.info("Slack knows this bot as @{} of {}", answer.getUser(), answer.getTeam());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    asking.interrupt();
  }
}
