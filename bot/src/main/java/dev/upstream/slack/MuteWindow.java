package dev.upstream.slack;

import com.slack.api.app_backend.views.payload.ViewSubmissionPayload;
import com.slack.api.bolt.App;
import com.slack.api.bolt.context.builtin.ViewSubmissionContext;
import com.slack.api.bolt.request.builtin.ViewSubmissionRequest;
import com.slack.api.bolt.response.Response;
import com.slack.api.model.view.View;
import com.slack.api.model.view.ViewState;
import dev.upstream.conversation.Person;
import dev.upstream.diagnosis.SameCause;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The form that asks for how long a finding is muted, and why. */
final class MuteWindow {
  private static final Logger LOG = LoggerFactory.getLogger(MuteWindow.class);

  /** Of the three seconds in which a window may be opened. */
  private static final Duration SOON = Duration.ofSeconds(1);

  private static final Message BROKE =
      NoteBlocks.sentence("Upstream itself broke while it looked that up. Press the button again.");
  private static final Message NOT_OPENED =
      NoteBlocks.sentence("Slack did not open the window. Press the button again.");

  private final Frames frames;
  private final OutgoingGuard guard;
  private final Clicks clicks;
  private final ZoneId zone;
  private final InstantSource clock;
  private final Background background;

  MuteWindow(
      Frames frames,
      OutgoingGuard guard,
      Clicks clicks,
      ZoneId zone,
      InstantSource clock,
      Background background) {
    this.frames = frames;
    this.guard = guard;
    this.clicks = clicks;
    this.zone = zone;
    this.clock = clock;
    this.background = background;
  }

  void register(App app) {
    app.viewSubmission(Callback.MUTE.id(), this::muteSent);
  }

  /** Opens the form; what went wrong is told instead. */
  Optional<Message> open(Handle handle, Press press) {
    Future<Clicks.Sought> looked = background.begin(() -> clicks.finding(handle, press));
    try {
      return switch (looked.get(SOON.toMillis(), TimeUnit.MILLISECONDS)) {
        case Clicks.Sought.None n -> Optional.of(n.why());
        case Clicks.Sought.One f ->
            frames.open(press.trigger(), form(f.same(), handle, press)).isPresent()
                ? Optional.empty()
                : Optional.of(NOT_OPENED);
      };
    } catch (TimeoutException slow) {
      return later(looked, handle, press);
    } catch (ExecutionException e) {
      LOG.error("The window for a mute came to nothing: {}", Trace.of(e));
      return Optional.of(BROKE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of(BROKE);
    }
  }

  /** It is opened while it still may be, and filled when the finding is known. */
  private Optional<Message> later(Future<Clicks.Sought> looked, Handle handle, Press press) {
    Optional<String> window = frames.open(press.trigger(), guard.pass(MuteModal.loading()));
    window.ifPresent(w -> background.after(() -> fill(w, looked, handle, press)));
    return window.isPresent() ? Optional.empty() : Optional.of(NOT_OPENED);
  }

  private void fill(String window, Future<Clicks.Sought> looked, Handle handle, Press press) {
    try {
      frames.fill(
          window,
          switch (looked.get()) {
            case Clicks.Sought.None n -> sorry(n.why());
            case Clicks.Sought.One f -> form(f.same(), handle, press);
          });
    } catch (ExecutionException e) {
      LOG.error("The window for a mute came to nothing: {}", Trace.of(e));
      frames.fill(window, sorry(BROKE));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private View sorry(Message why) {
    return guard.pass(CheckModal.sorry(why.notification()));
  }

  private View form(SameCause same, Handle handle, Press press) {
    frames.remember(mutes(handle, press.by().person()), press.by(), press.message());
    return guard.pass(MuteModal.of(same, handle, zone, clock.instant()));
  }

  private static String mutes(Handle handle, Person by) {
    return "mute/" + handle.value() + "/" + by.user();
  }

  private Response muteSent(ViewSubmissionRequest request, ViewSubmissionContext context) {
    ViewSubmissionPayload p = request.getPayload();
    Map<String, ViewState.Value> values = Windows.values(p.getView());
    MuteModal.Outcome outcome =
        MuteModal.read(
            Windows.chosen(values, Action.DURATION),
            Windows.typed(values, Action.REASON),
            clock.instant(),
            zone);
    Optional<Handle> handle = Handle.parse(Doorway.text(p.getView().getPrivateMetadata()));
    return switch (outcome) {
      case MuteModal.Outcome.Wrong w -> context.ackWithErrors(guard.pass(w.errors()));
      case MuteModal.Outcome.Muted m -> {
        Person by = Windows.person(p);
        Optional<Frames.Origin> origin = handle.flatMap(h -> frames.origin(mutes(h, by)));
        if (origin.isEmpty()) {
          yield context.ackWithUpdate(
              guard.pass(CheckModal.sorry("This window was open for too long. Press Mute again.")));
        }
        Press press =
            new Press(
                Windows.asker(p, origin.get()),
                origin.get().message(),
                "",
                "mute/" + Doorway.text(p.getView().getId()));
        KeptPress kept = new KeptPress(Action.MUTE, handle.orElseThrow(), press, Optional.of(m));
        if (clicks.first(kept)) { // what was seen is read after the acknowledgement
          background.run(() -> clicks.pressed(kept));
        }
        yield context.ack();
      }
    };
  }
}
