package dev.upstream.workspace;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Who the bot is, and how its sockets are opened. */
final class AppMethods {
  /** The one method for the token of the app, not of the bot. */
  static final String SOCKET = "apps.connections.open";

  private AppMethods() {}

  static List<Method> all() {
    return List.of(
        Method.of("auth.test", Pace.SPECIAL, "", AppMethods::identity),
        Method.of(SOCKET, Pace.TIER_3, "", AppMethods::socket));
  }

  private static ObjectNode socket(Asking asking) {
    return Asking.done().put("url", asking.server().sockets.ticket().toString());
  }

  private static ObjectNode identity(Asking asking) {
    Team team = asking.team();
    return Asking.done()
        .put("url", "https://" + team.domain + ".slack.com/")
        .put("team", team.domain)
        .put("user", asking.server().app.name())
        .put("team_id", team.id)
        .put("user_id", team.bot)
        .put("bot_id", team.botId())
        .put("is_enterprise_install", false);
  }
}
