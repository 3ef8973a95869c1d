package dev.upstream.slack;

import com.slack.api.app_backend.slash_commands.payload.SlashCommandPayload;
import com.slack.api.bolt.App;
import com.slack.api.bolt.AppConfig;
import com.slack.api.bolt.context.builtin.SlashCommandContext;
import com.slack.api.bolt.handler.builtin.SlashCommandHandler;
import com.slack.api.bolt.request.builtin.SlashCommandRequest;
import com.slack.api.bolt.response.Response;
import dev.upstream.answer.Answering;
import dev.upstream.answer.Reply;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** {@code /upstream}: acknowledges at once, refuses what is wrong, and begins checks. */
public final class UpstreamCommand implements SlashCommandHandler {
  private final Supplier<Answering> answering;
  private final Checks checks;
  private final OutgoingGuard guard;
  private final Deliveries deliveries;

  public UpstreamCommand(
      Supplier<Answering> answering, Checks checks, OutgoingGuard guard, Deliveries deliveries) {
    this.answering = answering;
    this.checks = checks;
    this.guard = guard;
    this.deliveries = deliveries;
  }

  /** Bolt with this command; requests come to it with their signature already verified. */
  public App app(SlackApi slack) {
    AppConfig config =
        AppConfig.builder()
            .slack(slack.slack())
            .singleTeamBotToken(slack.access().botToken())
            .signingSecret(slack.access().signingSecret())
            .build();
    return new App(config, slack.slack(), List.of()).command("/upstream", this);
  }

  @Override
  public Response apply(SlashCommandRequest request, SlashCommandContext context) {
    SlashCommandPayload payload = request.getPayload();
    String id =
        Optional.ofNullable(payload.getTriggerId()).orElseGet(request::getRequestBodyAsString);
    if (!deliveries.first(id)) {
      return context.ack();
    }
    return switch (CommandParser.parse(Optional.ofNullable(payload.getText()).orElse(""))) {
      case Command.Form f -> tell(context, HelpBlocks.of());
      case Command.Status s -> tell(context, HelpBlocks.of());
      case Command.PolicyTest p -> tell(context, HelpBlocks.of());
      case Command.Help h -> tell(context, HelpBlocks.of());
      case Command.Wrong w -> tell(context, NoteBlocks.sentence(w.sentence()));
      case Command.Check c -> check(c, Asker.of(payload), context);
    };
  }

  private Response check(Command.Check check, Asker asker, SlashCommandContext context) {
    Optional<Reply.Refused> refusal = answering.get().refusal(check.question());
    if (refusal.isPresent()) {
      return tell(context, NoteBlocks.sentence(refusal.get().sentence()));
    }
    return checks.begin(check.question(), asker)
        ? context.ack()
        : tell(context, NoteBlocks.tooMany());
  }

  private Response tell(SlashCommandContext context, Message message) {
    return context.ack(SlackApi.ephemeral(guard.pass(message)));
  }
}
