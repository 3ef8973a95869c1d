package dev.upstream.slack;

import com.google.gson.Gson;
import com.slack.api.methods.SlackApiException;
import com.slack.api.methods.response.views.ViewsOpenResponse;
import com.slack.api.methods.response.views.ViewsUpdateResponse;
import com.slack.api.model.view.View;
import dev.upstream.conversation.Asker;
import dev.upstream.conversation.Notes;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Windows at Slack: opened, filled, and where each of them was opened. */
final class Frames {
  private static final Logger LOG = LoggerFactory.getLogger(Frames.class);
  private static final Duration OPEN = Duration.ofHours(12);
  private static final Gson JSON = new Gson();

  private final SlackApi slack;
  private final Notes notes;
  private final InstantSource clock;

  Frames(SlackApi slack, Notes notes, InstantSource clock) {
    this.slack = slack;
    this.notes = notes;
    this.clock = clock;
  }

  /** Where a window was opened, which Slack does not say when it is sent. */
  record Origin(String channel, String thread, String url, String message) {}

  void remember(String key, Asker asker, String message) {
    Origin origin =
        new Origin(
            asker.place().channel(),
            asker.place().thread().orElse(""),
            asker.responseUrl().orElse(""),
            message);
    notes.choose(key, JSON.toJson(origin), clock.instant().plus(OPEN));
  }

  Optional<Origin> origin(String key) {
    return notes.chosen(key, clock.instant()).map(json -> JSON.fromJson(json, Origin.class));
  }

  /** Returns the window's id; empty when Slack did not open it. */
  Optional<String> open(String trigger, View view) {
    try {
      ViewsOpenResponse answer = slack.methods().viewsOpen(r -> r.triggerId(trigger).view(view));
      if (answer.isOk()) {
        return Optional.of(answer.getView().getId());
      }
      LOG.warn("Slack did not open a window: {}", answer.getError());
    } catch (IOException | SlackApiException e) {
      LOG.warn("Slack did not open a window: {}", e.getClass().getSimpleName());
    }
    return Optional.empty();
  }

  void fill(String window, View view) {
    try {
      ViewsUpdateResponse answer = slack.methods().viewsUpdate(r -> r.viewId(window).view(view));
      if (!answer.isOk()) {
        LOG.warn("Slack did not fill a window: {}", answer.getError());
      }
    } catch (IOException | SlackApiException e) {
      LOG.warn("Slack did not fill a window: {}", e.getClass().getSimpleName());
    }
  }
}
