package dev.upstream.slack;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The server that is spoken to, and what proves who speaks.
 *
 * @param baseUrl of the Web API, ending with a slash
 */
public record SlackAccess(
    URI baseUrl, String botToken, Optional<String> signingSecret, Optional<String> appToken) {
  private static final List<String> HOOKS = List.of("hooks.slack.com", "hooks.slack-gov.com");

  /** Where Slack sends signed requests. */
  public static SlackAccess http(URI baseUrl, String botToken, String signingSecret) {
    return new SlackAccess(baseUrl, botToken, Optional.of(signingSecret), Optional.empty());
  }

  public List<String> secrets() {
    return Stream.of(Optional.of(botToken), signingSecret, appToken)
        .flatMap(Optional::stream)
        .toList();
  }

  /**
   * Whether an answer may go there: a forged address would make the bot call whom others choose.
   */
  public boolean mayAnswerTo(String responseUrl) {
    return parsed(responseUrl)
        .filter(
            u ->
                "https".equals(u.getScheme()) && HOOKS.contains(u.getHost()) && u.getPort() < 0
                    || baseUrl.getScheme().equals(u.getScheme())
                        && baseUrl.getHost().equals(u.getHost())
                        && baseUrl.getPort() == u.getPort())
        .isPresent();
  }

  private static Optional<URI> parsed(String url) {
    try {
      return Optional.of(new URI(url));
    } catch (java.net.URISyntaxException e) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return "SlackAccess(" + baseUrl + ")";
  }
}
