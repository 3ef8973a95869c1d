package dev.upstream.workspace;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/** A message that came as an acknowledgement or by an address for answers. */
final class Spoken {
  private Spoken() {}

  /** Slack's word for what is wrong with it; empty when it is taken. */
  static String judge(Server server, String where, Arguments given, List<String> problems) {
    String type = given.get("response_type");
    if (!type.isEmpty() && !type.equals("ephemeral") && !type.equals("in_channel")) {
      problems.add("response_type: " + type);
      return "invalid_arguments";
    }
    JsonNode blocks = given.blocks();
    String error = server.judge(where, given, problems);
    return error.isEmpty() && given.get("text").isEmpty() && blocks.isEmpty() ? "no_text" : error;
  }

  /** Shows it to the one person, or to all when that was asked for. */
  static void add(Server server, Team team, Channel channel, String user, Arguments given) {
    JsonNode blocks = given.blocks();
    Optional<String> thread = given.find("thread_ts").filter(t -> channel.find(t).isPresent());
    Post post =
        given.get("response_type").equals("in_channel")
            ? Post.of(
                server.nextTs(), team.botMember(), given.get("text"), Ids.given(server, blocks))
            : server.whispered(team, user, given.get("text"), blocks);
    channel.add(post.in(thread));
  }
}
