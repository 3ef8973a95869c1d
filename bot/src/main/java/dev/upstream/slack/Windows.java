package dev.upstream.slack;

import com.slack.api.app_backend.interactive_components.response.BlockSuggestionResponse;
import com.slack.api.app_backend.views.payload.ViewSubmissionPayload;
import com.slack.api.bolt.App;
import com.slack.api.bolt.context.builtin.BlockSuggestionContext;
import com.slack.api.bolt.context.builtin.ViewSubmissionContext;
import com.slack.api.bolt.request.builtin.BlockSuggestionRequest;
import com.slack.api.bolt.request.builtin.ViewSubmissionRequest;
import com.slack.api.bolt.response.Response;
import com.slack.api.model.view.View;
import com.slack.api.model.view.ViewState;
import dev.upstream.answer.Directory;
import dev.upstream.answer.ReadableDirectory;
import dev.upstream.conversation.Asker;
import dev.upstream.conversation.Person;
import dev.upstream.conversation.Place;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The form that asks what to check. */
final class Windows {
  private static final Message NOT_OPENED =
      NoteBlocks.sentence(
          "Slack did not open the window. Try again, or type it: /upstream check <what is"
              + " broken>.");

  /** Of the three seconds that Slack waits for what a picker offers. */
  private static final Duration SOON = Duration.ofSeconds(1);

  private final Frames frames;
  private final OutgoingGuard guard;
  private final Directory directory;
  private final Rights rights;
  private final Asking asking;

  Windows(Frames frames, OutgoingGuard guard, Directory directory, Rights rights, Asking asking) {
    this.frames = frames;
    this.guard = guard;
    this.directory = directory;
    this.rights = rights;
    this.asking = asking;
  }

  void register(App app) {
    app.viewSubmission(Callback.CHECK.id(), this::checkSent);
    app.viewClosed(Pattern.compile(".*"), (request, context) -> context.ack());
    app.blockSuggestion(Pattern.compile(".*"), this::suggest);
  }

  /** Opens the form; what went wrong is told instead. */
  Optional<Message> check(Asker asker, String trigger) {
    return open(asker, trigger, memory -> CheckModal.of(CheckModal.Entries.about(""), memory));
  }

  /** The same for a message that does not say what is broken. */
  Optional<Message> check(Asker asker, String trigger, PastedMessage.Unclear message) {
    CheckModal.Entries entries =
        new CheckModal.Entries(Optional.empty(), message.namespace(), Optional.empty(), "", "");
    return open(asker, trigger, memory -> CheckModal.of(entries, memory, message.why()));
  }

  private Optional<Message> open(Asker asker, String trigger, Function<String, Modal> form) {
    String memory = ShortId.next();
    frames.remember("window/" + memory, asker, "");
    boolean opened = frames.open(trigger, guard.pass(form.apply(memory))).isPresent();
    directory.ready(directory.clusters(), Duration.ZERO); // until a picker is opened
    return opened ? Optional.empty() : Optional.of(NOT_OPENED);
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
    Optional<Frames.Origin> origin = frames.origin("window/" + memory);
    return switch (CheckModal.read(entries)) {
      case CheckModal.Outcome.Wrong w -> context.ackWithErrors(guard.pass(w.errors()));
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

  static Person person(ViewSubmissionPayload p) {
    return Doorway.person(
        p.getUser().getTeamId(), p.getTeam().getId(), p.getUser().getId(), p.getUser().getName());
  }

  static Asker asker(ViewSubmissionPayload p, Frames.Origin origin) {
    return new Asker(
        person(p),
        new Place(
            Doorway.text(p.getTeam().getId()),
            origin.channel(),
            Optional.of(origin.thread()).filter(t -> !t.isEmpty())),
        Optional.of(origin.url()).filter(u -> !u.isEmpty()));
  }

  /** What a picker offers, out of what the person may read. */
  private Response suggest(BlockSuggestionRequest request, BlockSuggestionContext context) {
    var p = request.getPayload();
    Person person =
        Doorway.person(
            p.getUser().getTeamId(),
            p.getTeam().getId(),
            p.getUser().getId(),
            p.getUser().getName());
    Optional<ReadableDirectory> seen =
        rights.reader(person).map(r -> new ReadableDirectory(directory, r));
    Map<String, ViewState.Value> values = p.getView() == null ? Map.of() : values(p.getView());
    Collection<String> names =
        seen.map(d -> names(d, Action.of(Doorway.text(p.getActionId())), values)).orElse(List.of());
    BlockSuggestionResponse options = guard.pass(Suggestions.of(names, Doorway.text(p.getValue())));
    return context.ack(options);
  }

  private static Collection<String> names(
      Directory seen, Optional<Action> picker, Map<String, ViewState.Value> values) {
    List<String> clusters = picked(values, Action.CLUSTER).map(List::of).orElseGet(seen::clusters);
    Optional<String> namespace = picked(values, Action.NAMESPACE);
    if (!picker.equals(Optional.of(Action.CLUSTER))) {
      seen.ready(clusters, SOON);
    }
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
  static Map<String, ViewState.Value> values(View view) {
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

  static String chosen(Map<String, ViewState.Value> values, Action action) {
    return picked(values, action).orElse("");
  }

  static String typed(Map<String, ViewState.Value> values, Action action) {
    return value(values, action).map(v -> Doorway.text(v.getValue())).orElse("");
  }
}
