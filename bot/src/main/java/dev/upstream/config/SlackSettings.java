package dev.upstream.config;

import java.net.URI;
import java.time.ZoneId;

/**
 * How Slack is spoken to; the token and the signing secret are in {@link SlackSecrets}.
 *
 * @param baseUrl of the Web API, ending with a slash
 * @param zone in which times are shown
 * @param parallelChecks that run at the same time; more wait for their turn
 * @param openChecks that run or wait, over all replicas; beyond it none is begun
 */
public record SlackSettings(
    SlackMode mode, URI baseUrl, ZoneId zone, int parallelChecks, int openChecks) {
  public static final SlackSettings USUAL =
      new SlackSettings(
          SlackMode.SOCKET, URI.create("https://slack.com/api/"), ZoneId.of("UTC"), 8, 500);
}
