package dev.upstream.slack;

import com.slack.api.app_backend.interactive_components.payload.BlockActionPayload;
import com.slack.api.app_backend.interactive_components.payload.MessageShortcutPayload;
import com.slack.api.app_backend.slash_commands.payload.SlashCommandPayload;
import com.slack.api.bolt.App;
import com.slack.api.bolt.AppConfig;
import com.slack.api.bolt.context.builtin.ActionContext;
import com.slack.api.bolt.context.builtin.MessageShortcutContext;
import com.slack.api.bolt.context.builtin.SlashCommandContext;
import com.slack.api.bolt.request.builtin.BlockActionRequest;
import com.slack.api.bolt.request.builtin.MessageShortcutRequest;
import com.slack.api.bolt.request.builtin.SlashCommandRequest;
import com.slack.api.bolt.response.Response;
import com.slack.api.model.event.AppMentionEvent;
import dev.upstream.answer.Question;
import dev.upstream.conversation.Asker;
import dev.upstream.conversation.Person;
import dev.upstream.conversation.Place;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Everything that Slack brings, over HTTP or a socket: commands, mentions, shortcuts, clicks and
 * modals. What begins something is committed before it is acknowledged.
 */
final class Doorway {
  /** Over a socket nothing is signed: Bolt asks for a word all the same. */
  private static final String UNSIGNED = "nothing is signed here";

  private final Asking asking;
  private final Clicks clicks;
  private final Windows windows;
  private final MuteWindow mutes;
  private final Desk desk;
  private final OutgoingGuard guard;
  private final SlackApi slack;
  private final Background background;

  Doorway(
      Asking asking,
      Clicks clicks,
      Windows windows,
      MuteWindow mutes,
      Desk desk,
      OutgoingGuard guard,
      SlackApi slack,
      Background background) {
    this.asking = asking;
    this.clicks = clicks;
    this.windows = windows;
    this.mutes = mutes;
    this.desk = desk;
    this.guard = guard;
    this.slack = slack;
    this.background = background;
  }

  /** Bolt with all of it; requests come to it with their signature already verified. */
  App app() {
    AppConfig config =
        AppConfig.builder()
            .slack(slack.slack())
            .singleTeamBotToken(slack.access().botToken())
            .signingSecret(slack.access().signingSecret().orElse(UNSIGNED))
            .authTestCacheEnabled(true)
            .build();
    App app = new App(config, slack.slack(), List.of());
    app.command("/upstream", this::command);
    app.blockAction(Pattern.compile(".*"), this::click);
    app.messageShortcut(Callback.CHECK_FROM_MESSAGE.id(), this::shortcut);
    app.event(
        AppMentionEvent.class,
        (event, context) -> {
          AppMentionEvent e = event.getEvent();
          mention(event.getTeamId(), event.getEventId(), e);
          return context.ack();
        });
    windows.register(app);
    mutes.register(app);
    return app;
  }

  private Response command(SlashCommandRequest request, SlashCommandContext context) {
    SlashCommandPayload p = request.getPayload();
    Asker asker =
        new Asker(
            new Person(text(p.getTeamId()), text(p.getUserId()), text(p.getUserName())),
            Place.of(text(p.getTeamId()), text(p.getChannelId())),
            Optional.of(text(p.getResponseUrl())).filter(u -> !u.isEmpty()));
    String said = text(p.getText());
    String trigger = text(p.getTriggerId());
    String delivery = "command/" + trigger;
    Command command = CommandParser.parse(said);
    boolean check = command instanceof Command.Check;
    boolean claimed = check || command instanceof Command.Status; // where it is begun
    if (!claimed && !clicks.first(delivery)) {
      return context.ack();
    }
    return obeyed(command, new Press(asker, "", trigger, delivery))
        .filter(m -> !check || clicks.first(delivery + "/told"))
        .map(m -> tell(context, m))
        .orElseGet(context::ack);
  }

  private Response tell(SlashCommandContext context, Message message) {
    return context.ack(SlackApi.ephemeral(guard.pass(message)));
  }

  /** What the person alone is told; empty when all is said elsewhere. */
  private Optional<Message> obeyed(Command command, Press press) {
    Asker asker = press.by();
    String trigger = press.trigger();
    return switch (command) {
      case Command.Help h -> Optional.of(HelpBlocks.of());
      case Command.Form f ->
          trigger.isEmpty() ? Optional.of(HelpBlocks.of()) : windows.check(asker, trigger);
      case Command.Wrong w -> Optional.of(NoteBlocks.sentence(w.sentence()));
      case Command.Status s -> {
        once(KeptPress.status(press));
        yield Optional.empty();
      }
      case Command.PolicyTest t -> Optional.of(desk.policyTest(t, asker));
      case Command.Check c -> asking.ask(c.question(), asker, press.delivery());
    };
  }

  /** After the acknowledgement, and by another replica if this one does not come to its end. */
  private void once(KeptPress kept) {
    if (clicks.first(kept)) {
      background.run(() -> clicks.pressed(kept));
    }
  }

  /** In the thread where the bot was spoken to; a message outside of threads begins one. */
  private void mention(@Nullable String team, @Nullable String id, AppMentionEvent e) {
    String home = text(team);
    String thread = Optional.ofNullable(e.getThreadTs()).orElse(text(e.getTs()));
    Person person =
        new Person(
            Optional.ofNullable(e.getUserTeam()).orElse(home),
            text(e.getUser()),
            desk.name(text(e.getUser())));
    Asker asker =
        new Asker(
            person, new Place(home, text(e.getChannel()), Optional.of(thread)), Optional.empty());
    Press press = new Press(asker, thread, "", "event/" + text(id));
    if (text(e.getBotId()).isEmpty()) {
      obeyed(CommandParser.mentioned(text(e.getText()), slack.self()), press)
          .ifPresent(m -> clicks.whisper(press, m));
    }
  }

  private Response shortcut(MessageShortcutRequest request, MessageShortcutContext context) {
    MessageShortcutPayload p = request.getPayload();
    String thread =
        Optional.ofNullable(p.getMessage().getThreadTs()).orElse(text(p.getMessage().getTs()));
    Asker asker =
        new Asker(
            person(
                p.getUser().getTeamId(),
                p.getTeam().getId(),
                p.getUser().getId(),
                p.getUser().getName()),
            new Place(text(p.getTeam().getId()), text(p.getChannel().getId()), Optional.of(thread)),
            Optional.of(text(p.getResponseUrl())).filter(u -> !u.isEmpty()));
    String delivery = "shortcut/" + text(p.getTriggerId());
    Optional<Question> question = PastedMessage.question(p.getMessage());
    Optional<Message> note =
        question.isPresent()
            ? asking.ask(question.get(), asker, delivery)
            : clicks.first(delivery)
                ? windows.check(
                    asker, text(p.getTriggerId()), PastedMessage.unclear(p.getMessage()))
                : Optional.empty();
    note.ifPresent(m -> clicks.whisper(new Press(asker, thread, "", delivery), m));
    return context.ack();
  }

  private Response click(BlockActionRequest request, ActionContext context) {
    BlockActionPayload p = request.getPayload();
    if (p.getActions() == null || p.getActions().isEmpty() || p.getChannel() == null) {
      return context.ack(); // a choice in a modal is read when the modal is sent
    }
    BlockActionPayload.Action pressed = p.getActions().getFirst();
    Optional<Action> action = Action.of(text(pressed.getActionId()));
    Optional<Handle> handle = Handle.parse(text(pressed.getValue()));
    Press press = press(p);
    if (action.isEmpty() || handle.isEmpty()) {
      if (clicks.first(press.delivery())) {
        clicks.unknown(press);
      }
    } else if (action.get() == Action.MUTE) { // a window opens now or never
      if (clicks.first(press.delivery())) {
        mutes.open(handle.get(), press).ifPresent(m -> clicks.whisper(press, m));
      }
    } else {
      once(new KeptPress(action.get(), handle.get(), press));
    }
    return context.ack();
  }

  private static Press press(BlockActionPayload p) {
    return new Press(
        new Asker(
            person(
                p.getUser().getTeamId(),
                p.getTeam().getId(),
                p.getUser().getId(),
                Optional.ofNullable(p.getUser().getName()).orElse(p.getUser().getUsername())),
            new Place(
                text(p.getTeam().getId()),
                text(p.getChannel().getId()),
                Optional.ofNullable(p.getMessage()).map(m -> m.getThreadTs())),
            Optional.of(text(p.getResponseUrl())).filter(u -> !u.isEmpty())),
        Optional.ofNullable(p.getContainer()).map(c -> text(c.getMessageTs())).orElse(""),
        text(p.getTriggerId()),
        "click/" + text(p.getTriggerId()));
  }

  /** Somebody of the team that Slack names with the person, else of the one that it asks for. */
  static Person person(
      @Nullable String home, @Nullable String team, @Nullable String user, @Nullable String name) {
    return new Person(text(home).isEmpty() ? text(team) : text(home), text(user), text(name));
  }

  static String text(@Nullable String value) {
    return value == null ? "" : value;
  }
}
