package dev.upstream.config;

import java.util.Map;

/** The bot's token and signing secret: by environment or mounted file, never by upstream.yml. */
public record SlackSecrets(String botToken, String signingSecret) {
  private static final String TOKEN = "SLACK_BOT_TOKEN";
  private static final String SIGNING = "SLACK_SIGNING_SECRET";

  /** The Slack SDK takes the first sixteen characters of a token for granted. */
  private static final int SHORTEST = 16;

  /** Reads them from the environment given; throws {@link BadConfig}. */
  public static SlackSecrets from(Map<String, String> environment) {
    String token = value(environment, TOKEN);
    if (!token.startsWith("xoxb-") || token.length() < SHORTEST) {
      throw new BadConfig(
          TOKEN + " is no bot token: it starts with xoxb- (Slack app, \"OAuth & Permissions\").");
    }
    String signing = value(environment, SIGNING);
    if (signing.length() < SHORTEST) {
      throw new BadConfig(
          SIGNING + " is too short: copy it from the Slack app's \"Basic Information\".");
    }
    return new SlackSecrets(token, signing);
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
