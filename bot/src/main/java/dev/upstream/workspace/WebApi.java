package dev.upstream.workspace;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The Web API: who calls, how often, and with which arguments; then the method. */
final class WebApi {
  private final Server server;
  private final Map<String, Method> methods =
      Stream.of(
              ChatMethods.all(),
              HistoryMethods.all(),
              ConversationMethods.all(),
              PeopleMethods.all(),
              FileMethods.all(),
              MarkMethods.all(),
              ViewMethods.all(),
              AppMethods.all())
          .flatMap(List::stream)
          .collect(Collectors.toUnmodifiableMap(Method::name, Function.identity()));

  WebApi(Server server) {
    this.server = server;
  }

  /**
   * @param retryAfter seconds; then the status is 429
   */
  record Answer(OptionalLong retryAfter, ObjectNode body) {}

  /** A call that comes too often. */
  private static final class TooOften extends Exception {
    private static final long serialVersionUID = 1;
    private final long seconds;

    TooOften(long seconds) {
      super("ratelimited", null, false, false);
      this.seconds = seconds;
    }
  }

  /**
   * Answers a call.
   *
   * @param authorization the header, as it came
   */
  Answer answer(String method, String authorization, Optional<Arguments> arguments) {
    ObjectNode out = Arguments.JSON.createObjectNode();
    OptionalLong retryAfter = OptionalLong.empty();
    String error = "";
    try {
      ObjectNode more = run(method, authorization, arguments);
      out.put("ok", true).setAll(more);
    } catch (Refused e) {
      error = e.error();
      out.put("ok", false).put("error", error);
      e.details().forEach(d -> out.withObject("/response_metadata").withArray("/messages").add(d));
    } catch (TooOften e) {
      error = "ratelimited";
      out.put("ok", false).put("error", error);
      retryAfter = OptionalLong.of(e.seconds);
    }
    server.calls.add(new Call(method, arguments.map(Arguments::all).orElse(Map.of()), error));
    return new Answer(retryAfter, out);
  }

  private ObjectNode run(String name, String authorization, Optional<Arguments> arguments)
      throws Refused, TooOften {
    Method method = methods.get(name);
    if (method == null) {
      server.violations.add(name, "unknown_method");
      throw new Refused("unknown_method");
    }
    Team team = team(method, authorization);
    if (arguments.isEmpty()) {
      server.violations.add(name, "invalid_form_data");
      throw new Refused("invalid_form_data");
    }
    Arguments given = arguments.get();
    pace(method, team, given);
    Asking asking = new Asking(server, team, name, given);
    for (String key : given.all().keySet()) {
      if (!method.arguments().contains(key)) {
        throw asking.bad("invalid_arguments", "[ERROR] unknown argument: " + key);
      }
    }
    synchronized (server) {
      return method.work().run(asking);
    }
  }

  private void pace(Method method, Team team, Arguments given) throws TooOften {
    String key =
        team.id + " " + method.name() + (method.rate().byChannel() ? given.get("channel") : "");
    OptionalLong wait = server.pace.refused(key, method.rate(), server.clock.instant());
    if (wait.isPresent()) {
      throw new TooOften(wait.getAsLong());
    }
  }

  private Team team(Method method, String authorization) throws Refused {
    if (authorization.isEmpty()) {
      throw new Refused("not_authed");
    }
    boolean app = authorization.equals("Bearer " + server.app.appToken());
    if (app && method.name().equals(AppMethods.SOCKET)) {
      return server.teams().getFirst();
    }
    Team team =
        server.teams().stream()
            .filter(t -> authorization.equals("Bearer " + t.botToken))
            .findFirst()
            .orElseThrow(() -> app ? wrongToken(method) : new Refused("invalid_auth"));
    if (method.name().equals(AppMethods.SOCKET)) {
      throw wrongToken(method);
    }
    if (team.isRevoked()) {
      throw new Refused("token_revoked");
    }
    return team;
  }

  private Refused wrongToken(Method method) {
    server.violations.add(method.name(), "not_allowed_token_type");
    return new Refused("not_allowed_token_type");
  }
}
