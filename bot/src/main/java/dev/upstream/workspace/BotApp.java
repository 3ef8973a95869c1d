package dev.upstream.workspace;

import java.util.List;

/**
 * The one app that is installed: what it is called, and the secrets that it shares with Slack.
 *
 * @param botToken of the first workspace, starting with {@code xoxb-}
 * @param appToken for sockets, starting with {@code xapp-}
 */
public record BotApp(String name, String botToken, String appToken, String signingSecret) {
  static final String ID = "A0APP";

  public BotApp {
    if (!botToken.startsWith("xoxb-") || !appToken.startsWith("xapp-")) {
      throw new IllegalArgumentException("a bot token starts with xoxb-, an app token with xapp-");
    }
  }

  List<String> secrets() {
    return List.of(botToken, appToken, signingSecret);
  }

  @Override
  public String toString() {
    return "BotApp(" + name + ")";
  }
}
