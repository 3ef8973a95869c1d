package dev.upstream.workspace;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The addresses of messages. */
final class Permalinks {
  private static final Pattern LINK =
      Pattern.compile(
          "https://([a-z0-9-]+)\\.slack\\.com/archives/([A-Z0-9]+)/p(\\d{7,})(\\d{6})(\\?.*)?");

  private Permalinks() {}

  static String of(Team team, Channel channel, Post post) {
    String link =
        "https://%s.slack.com/archives/%s/p%s"
            .formatted(team.domain, channel.id, post.ts().replace(".", ""));
    return post.thread().map(t -> link + "?thread_ts=" + t + "&cid=" + channel.id).orElse(link);
  }

  /** Whether it leads to a message that exists. */
  static boolean leads(Server server, String link) {
    Matcher matcher = LINK.matcher(link);
    if (!matcher.matches()) {
      return false;
    }
    String ts = matcher.group(3) + "." + matcher.group(4);
    synchronized (server) {
      return server.teams().stream()
          .filter(t -> t.domain.equals(matcher.group(1)))
          .flatMap(t -> t.channel(matcher.group(2)).stream())
          .anyMatch(c -> c.find(ts).isPresent());
    }
  }
}
