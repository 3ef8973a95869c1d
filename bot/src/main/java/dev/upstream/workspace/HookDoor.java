package dev.upstream.workspace;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Where a command or a click is answered: the addresses that they brought. */
record HookDoor(Server server, Faults faults) implements Doors.Door {
  private static final int LARGEST = 4 << 20;
  private static final String NAME = "response_url";
  private static final Set<String> KNOWN =
      Set.of(
          "text",
          "blocks",
          "response_type",
          "replace_original",
          "delete_original",
          "thread_ts",
          "metadata",
          "mrkdwn",
          "unfurl_links",
          "unfurl_media");

  @Override
  public void take(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readNBytes(LARGEST);
    Optional<Arguments> given = Arguments.of(Exchanges.header(exchange, "Content-Type"), body);
    Optional<Disturbance> disturbance = faults.take(NAME);
    server.struck(NAME, given, disturbance);
    if (Exchanges.broke(exchange, disturbance)) {
      return;
    }
    Optional<Hooks.Hook> hook = server.hooks.use(exchange.getRequestURI().getPath());
    int status;
    String answer;
    if (hook.isEmpty() || given.isEmpty()) {
      server.violations.add(NAME, hook.isEmpty() ? "used up or expired" : "no JSON");
      status = 404;
      answer = "{\"ok\":false,\"error\":\"used_url\"}";
    } else {
      String error = taken(hook.get(), given.get());
      server.calls.add(new Call(NAME, given.get().all(), error));
      status = error.isEmpty() ? 200 : 400;
      answer = error.isEmpty() ? "ok" : error;
    }
    if (!Exchanges.lost(disturbance)) {
      Exchanges.answer(exchange, status, answer);
    }
  }

  private String taken(Hooks.Hook hook, Arguments given) {
    List<String> problems = new ArrayList<>();
    String error;
    synchronized (server) {
      error = taken(hook, given, problems);
    }
    if (!error.isEmpty()) {
      server.violations.add(NAME, error + " " + String.join("; ", problems));
    }
    return error;
  }

  private String taken(Hooks.Hook hook, Arguments given, List<String> problems) {
    for (String key : given.all().keySet()) {
      if (!KNOWN.contains(key)) {
        problems.add("unknown argument: " + key);
        return "invalid_arguments";
      }
    }
    Optional<Post> original = hook.original().flatMap(hook.channel()::any);
    if (given.flag("delete_original")) {
      original.ifPresent(p -> hook.channel().remove(p.ts()));
      return original.isPresent() ? "" : missing(hook, problems);
    }
    String error = Spoken.judge(server, NAME, given, problems);
    if (!error.isEmpty()) {
      return error;
    }
    JsonNode blocks = Ids.given(server, given.blocks());
    if (given.flag("replace_original")) {
      original.ifPresent(p -> hook.channel().replace(p.edit(given.get("text"), blocks)));
      return original.isPresent() ? "" : missing(hook, problems);
    }
    Spoken.add(server, hook.team(), hook.channel(), hook.user(), given);
    return "";
  }

  /** A bot cannot know that the message is gone, but it knows that a command brings none. */
  private static String missing(Hooks.Hook hook, List<String> problems) {
    if (hook.original().isEmpty()) {
      problems.add("a command has no original message");
      return "invalid_arguments";
    }
    return "";
  }
}
