package dev.upstream.config;

import java.util.Map;
import java.util.Optional;

/**
 * The bot's secrets: by environment or mounted file, never by upstream.yml.
 *
 * @param signingSecret there in HTTP mode
 * @param appToken there in Socket Mode
 */
public record SlackSecrets(
    String botToken, Optional<String> signingSecret, Optional<String> appToken) {
  private static final String TOKEN = "SLACK_BOT_TOKEN";
  private static final String SIGNING = "SLACK_SIGNING_SECRET";
  private static final String APP = "SLACK_APP_TOKEN";

  /** The Slack SDK takes the first sixteen characters of a token for granted. */
  private static final int SHORTEST = 16;

  /** Reads them from the environment given; throws {@link BadConfig}. */
  public static SlackSecrets from(Map<String, String> environment, SlackMode mode) {
    String token = value(environment, TOKEN);
    if (!token.startsWith("xoxb-") || token.length() < SHORTEST) {
      throw new BadConfig(
          TOKEN + " is no bot token: it starts with xoxb- (Slack app, \"OAuth & Permissions\").");
    }
    return switch (mode) {
      case HTTP -> new SlackSecrets(token, Optional.of(signing(environment)), Optional.empty());
      case SOCKET -> new SlackSecrets(token, Optional.empty(), Optional.of(app(environment)));
    };
  }

  private static String signing(Map<String, String> environment) {
    String signing = value(environment, SIGNING);
    if (signing.length() < SHORTEST) {
      throw new BadConfig(
          SIGNING + " is too short: copy it from the Slack app's \"Basic Information\".");
    }
    return signing;
  }

  private static String app(Map<String, String> environment) {
    String app = value(environment, APP);
    if (!app.startsWith("xapp-") || app.length() < SHORTEST) {
      throw new BadConfig(
          APP
              + " is no app-level token: it starts with xapp- (Slack app, \"Basic Information\","
              + " scope connections:write).");
    }
    return app;
  }

  private static String value(Map<String, String> environment, String name) {
    String found =
        MountedValue.find(environment, name).orElseThrow(() -> MountedValue.missing(name));
    if (!found.chars().allMatch(c -> c > ' ' && c < 127)) {
      throw new BadConfig(name + " holds blanks or characters that no Slack secret has.");
    }
    return found;
  }

  @Override
  public String toString() {
    return "SlackSecrets(hidden)";
  }
}
