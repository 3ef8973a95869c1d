package dev.upstream.workspace;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Who the bot is. */
final class AppMethods {
  private AppMethods() {}

  static List<Method> all() {
    return List.of(Method.of("auth.test", Pace.SPECIAL, "", AppMethods::identity));
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
