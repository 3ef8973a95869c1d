package dev.upstream.slack;

import com.google.gson.Gson;
import com.slack.api.app_backend.interactive_components.response.BlockSuggestionResponse;
import com.slack.api.app_backend.views.payload.ViewSubmissionPayload;
import com.slack.api.bolt.App;
import com.slack.api.bolt.context.builtin.BlockSuggestionContext;
import com.slack.api.bolt.context.builtin.ViewSubmissionContext;
import com.slack.api.bolt.request.builtin.BlockSuggestionRequest;
import com.slack.api.bolt.request.builtin.ViewSubmissionRequest;
import com.slack.api.bolt.response.Response;
import com.slack.api.methods.SlackApiException;
import com.slack.api.methods.response.views.ViewsOpenResponse;
import com.slack.api.model.view.View;
import com.slack.api.model.view.ViewState;
import dev.upstream.answer.Directory;
import dev.upstream.answer.ReadableDirectory;
import dev.upstream.conversation.Asker;
import dev.upstream.conversation.Notes;
import dev.upstream.conversation.Person;
import dev.upstream.conversation.Place;
import dev.upstream.diagnosis.Finding;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Modals: what to check, and for how long a finding is muted. */
final class Windows {
  private static final Logger LOG = LoggerFactory.getLogger(Windows.class);
  private static final Duration OPEN = Duration.ofHours(12);
  private static final Gson JSON = new Gson();

  private final SlackApi slack;
  private final OutgoingGuard guard;
  private final Notes notes;
  private final Directory directory;
  private final Rights rights;
  private final Asking asking;
  private final Clicks clicks;
  private final ZoneId zone;
  private final InstantSource clock;

  Windows(
      SlackApi slack,
      OutgoingGuard guard,
      Notes notes,
      Directory directory,
      Rights rights,
      Asking asking,
      Clicks clicks,
      ZoneId zone,
      InstantSource clock) {
    this.slack = slack;
    this.guard = guard;
    this.notes = notes;
    this.directory = directory;
    this.rights = rights;
    this.asking = asking;
    this.clicks = clicks;
    this.zone = zone;
    this.clock = clock;
  }

  /** Where a window was opened, which Slack does not say when it is sent. */
  private record Origin(String channel, String thread, String url, String message) {}

  void register(App app) {
    app.viewSubmission(Callback.CHECK.id(), this::checkSent);
    app.viewSubmission(Callback.MUTE.id(), this::muteSent);
    app.viewClosed(Pattern.compile(".*"), (request, context) -> context.ack());
    app.blockSuggestion(Pattern.compile(".*"), this::suggest);
  }

  /** Opens the form; what went wrong is told instead. */
  Optional<Message> check(Asker asker, String trigger, String target) {
    String memory = ShortId.next();
    remember("window/" + memory, asker, "");
    return opened(trigger, guard.pass(CheckModal.of(CheckModal.Entries.about(target), memory)));
  }

  /** Opens the form for a finding. */
  Optional<Message> mute(Handle handle, Press press) {
    return switch (clicks.finding(handle, press)) {
      case Sight.Found.Not<Finding> n -> Optional.of(n.why());
      case Sight.Found.It<Finding> f -> {
        remember(mutes(handle, press.by().person()), press.by(), press.message());
        yield opened(
            press.trigger(), guard.pass(MuteModal.of(f.it(), handle, zone, clock.instant())));
      }
    };
  }

  private static String mutes(Handle handle, Person by) {
    return "mute/" + handle.value() + "/" + by.user();
  }

  private void remember(String key, Asker asker, String message) {
    Origin origin =
        new Origin(
            asker.place().channel(),
            asker.place().thread().orElse(""),
            asker.responseUrl().orElse(""),
            message);
    notes.choose(key, JSON.toJson(origin), clock.instant().plus(OPEN));
  }

  private Optional<Origin> origin(String key) {
    return notes.chosen(key, clock.instant()).map(json -> JSON.fromJson(json, Origin.class));
  }

  private Optional<Message> opened(String trigger, View view) {
    try {
      ViewsOpenResponse answer = slack.methods().viewsOpen(r -> r.triggerId(trigger).view(view));
      if (answer.isOk()) {
        return Optional.empty();
      }
      LOG.warn("Slack did not open a window: {}", answer.getError());
    } catch (IOException | SlackApiException e) {
      LOG.warn("Slack did not open a window: {}", e.getClass().getSimpleName());
    }
    return Optional.of(
        NoteBlocks.sentence(
            "Slack did not open the window. Try again, or type it: /upstream check <what is"
                + " broken>."));
  }

  private Response checkSent(ViewSubmissionRequest request, ViewSubmissionContext context) {
    ViewSubmissionPayload p = request.getPayload();
    Map<String, ViewState.Value> values = values(p.getView());
    CheckModal.Entries entries =
        new CheckModal.Entries(
            picked(values, Action.CLUSTER),
            picked(values, Action.NAMESPACE),
            picked(values, Action.SERVICE),
            typed(values, Action.TARGET),
            typed(values, Action.CLIENT));
    String memory = Doorway.text(p.getView().getPrivateMetadata());
    Optional<Origin> origin = origin("window/" + memory);
    return switch (CheckModal.read(entries)) {
      case CheckModal.Outcome.Wrong w -> context.ackWithErrors(errors(w.errors()));
      case CheckModal.Outcome.Asked a -> {
        if (origin.isEmpty()) {
          yield context.ackWithUpdate(
              guard.pass(CheckModal.sorry("This window was open for too long. Ask anew.")));
        }
        Asker asker = asker(p, origin.get());
        Optional<Message> note = asking.ask(a.question(), asker, "window/" + memory);
        yield note.isEmpty()
            ? context.ack()
            : context.ackWithUpdate(guard.pass(CheckModal.sorry(note.get().notification())));
      }
    };
  }

  private Response muteSent(ViewSubmissionRequest request, ViewSubmissionContext context) {
    ViewSubmissionPayload p = request.getPayload();
    Map<String, ViewState.Value> values = values(p.getView());
    MuteModal.Outcome outcome =
        MuteModal.read(
            chosen(values, Action.DURATION), typed(values, Action.REASON), clock.instant(), zone);
    Optional<Handle> handle = Handle.parse(Doorway.text(p.getView().getPrivateMetadata()));
    return switch (outcome) {
      case MuteModal.Outcome.Wrong w -> context.ackWithErrors(errors(w.errors()));
      case MuteModal.Outcome.Muted m -> {
        Person by = person(p);
        Optional<Origin> origin = handle.flatMap(h -> origin(mutes(h, by)));
        if (origin.isEmpty()) {
          yield context.ackWithUpdate(
              guard.pass(CheckModal.sorry("This window was open for too long. Press Mute again.")));
        }
        Press press =
            new Press(
                asker(p, origin.get()),
                origin.get().message(),
                "",
                "mute/" + Doorway.text(p.getView().getId()));
        yield clicks
            .mute(handle.orElseThrow(), m, press)
            .map(n -> context.ackWithUpdate(guard.pass(CheckModal.sorry(n.notification()))))
            .orElseGet(context::ack);
      }
    };
  }

  private static Person person(ViewSubmissionPayload p) {
    String own = Doorway.text(p.getUser().getTeamId());
    return new Person(
        own.isEmpty() ? Doorway.text(p.getTeam().getId()) : own,
        Doorway.text(p.getUser().getId()),
        Doorway.text(p.getUser().getName()));
  }

  private static Asker asker(ViewSubmissionPayload p, Origin origin) {
    return new Asker(
        person(p),
        new Place(
            Doorway.text(p.getTeam().getId()),
            origin.channel(),
            Optional.of(origin.thread()).filter(t -> !t.isEmpty())),
        Optional.of(origin.url()).filter(u -> !u.isEmpty()));
  }

  private static Map<String, String> errors(Map<Action, String> errors) {
    Map<String, String> byBlock = new HashMap<>();
    errors.forEach((action, sentence) -> byBlock.put(action.id(), sentence));
    return byBlock;
  }

  /** What a picker offers, out of what the person may read. */
  private Response suggest(BlockSuggestionRequest request, BlockSuggestionContext context) {
    var p = request.getPayload();
    String team = Doorway.text(p.getTeam().getId());
    String own = Doorway.text(p.getUser().getTeamId());
    Person person =
        new Person(
            own.isEmpty() ? team : own,
            Doorway.text(p.getUser().getId()),
            Doorway.text(p.getUser().getName()));
    Optional<ReadableDirectory> seen =
        rights.reader(person).map(r -> new ReadableDirectory(directory, r));
    Map<String, ViewState.Value> values = p.getView() == null ? Map.of() : values(p.getView());
    Collection<String> names =
        seen.map(d -> names(d, Action.of(Doorway.text(p.getActionId())), values)).orElse(List.of());
    BlockSuggestionResponse options =
        guard.pass(Suggestions.of(names, Doorway.text(p.getValue()), Optional.empty()));
    return context.ack(options);
  }

  private static Collection<String> names(
      Directory seen, Optional<Action> picker, Map<String, ViewState.Value> values) {
    List<String> clusters = picked(values, Action.CLUSTER).map(List::of).orElseGet(seen::clusters);
    Optional<String> namespace = picked(values, Action.NAMESPACE);
    TreeSet<String> names = new TreeSet<>();
    if (picker.equals(Optional.of(Action.CLUSTER))) {
      names.addAll(seen.clusters());
    } else if (picker.equals(Optional.of(Action.NAMESPACE))) {
      clusters.forEach(c -> names.addAll(seen.namespaces(c)));
    } else if (picker.equals(Optional.of(Action.SERVICE))) {
      for (String cluster : clusters) {
        List<String> in = namespace.map(List::of).orElseGet(() -> seen.namespaces(cluster));
        in.forEach(n -> seen.services(cluster, n).forEach(s -> names.add(n + "/" + s)));
      }
    }
    return names;
  }

  /** By the action's id: every field has one action. */
  private static Map<String, ViewState.Value> values(View view) {
    Map<String, ViewState.Value> all = new HashMap<>();
    if (view.getState() != null && view.getState().getValues() != null) {
      view.getState().getValues().values().forEach(all::putAll);
    }
    return all;
  }

  private static Optional<ViewState.Value> value(
      Map<String, ViewState.Value> values, Action action) {
    return Optional.ofNullable(values.get(action.id()));
  }

  private static Optional<String> picked(Map<String, ViewState.Value> values, Action action) {
    return value(values, action)
        .flatMap(v -> Optional.ofNullable(v.getSelectedOption()))
        .map(o -> Doorway.text(o.getValue()))
        .filter(v -> !v.isEmpty());
  }

  private static String chosen(Map<String, ViewState.Value> values, Action action) {
    return picked(values, action).orElse("");
  }

  private static String typed(Map<String, ViewState.Value> values, Action action) {
    return value(values, action).map(v -> Doorway.text(v.getValue())).orElse("");
  }
}
