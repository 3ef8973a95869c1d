package dev.upstream.workspace;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Slash commands, and what people see of their acknowledgement. */
final class Commands {
  private final Server server;

  Commands(Server server) {
    this.server = server;
  }

  /** The command as it is sent, whoever types it. */
  Parcel parcel(Team team, Member who, Channel channel, String command, String typed) {
    String trigger = server.triggers.issue(team, who, Optional.empty());
    ObjectNode form =
        Arguments.JSON
            .createObjectNode()
            .put("token", "unused")
            .put("team_id", team.id)
            .put("team_domain", team.domain)
            .put("channel_id", channel.id)
            .put("channel_name", shownName(channel))
            .put("user_id", who.id())
            .put("user_name", who.name())
            .put("command", command)
            .put("text", TypedText.delivered(typed, server.names(team)))
            .put("api_app_id", BotApp.ID)
            .put("is_enterprise_install", "false")
            .put(
                "response_url",
                server.hooks.add("commands", team, channel, who.id(), Optional.empty()).toString())
            .put("trigger_id", trigger);
    return Parcel.of(Parcel.Type.SLASH_COMMANDS, trigger, form);
  }

  /** A channel's name, as far as Slack tells it. */
  static String shownName(Channel channel) {
    return switch (channel.kind) {
      case PUBLIC -> channel.name;
      case PRIVATE -> "privategroup";
      case DIRECT -> "directmessage";
    };
  }

  private static String failure(Ack ack) {
    if (ack.late()) {
      return "operation_timeout";
    }
    return ack.status() == 0 ? "dispatch_failed" : "http_service_error";
  }

  /** What the person sees of the acknowledgement: its text, or that the command failed. */
  void take(Ack ack, Team team, Member who, Channel channel) {
    synchronized (server) {
      if (!ack.taken()) {
        channel.add(
            server.whispered(
                team,
                who.id(),
                "The command failed with the error \"" + failure(ack) + "\".",
                Arguments.JSON.createArrayNode()));
        return;
      }
      if (ack.body().isBlank()) {
        return;
      }
      Optional<Arguments> given =
          Arguments.of("application/json", ack.body().getBytes(StandardCharsets.UTF_8));
      if (given.isEmpty()) {
        server.violations.add("ack", "neither empty nor JSON: " + ack.body());
        return;
      }
      if (given.get().all().isEmpty()) {
        return;
      }
      List<String> problems = new ArrayList<>();
      String error = Spoken.judge(server, "ack", given.get(), problems);
      if (!error.isEmpty()) {
        server.violations.add("ack", error + " " + String.join("; ", problems));
        return;
      }
      Spoken.add(server, team, channel, who.id(), given.get());
    }
  }
}
