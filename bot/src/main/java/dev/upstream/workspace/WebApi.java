package dev.upstream.workspace;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The Web API: who calls, how often, and with which arguments; then the method. */
final class WebApi {
  private static final String LIMITED = "ratelimited";
  private static final String WRONG_TOKEN = "not_allowed_token_type";

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
      super(LIMITED, null, false, false);
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
      if (error.equals(WRONG_TOKEN)) {
        server.violations.add(method, error);
      }
      out.put("ok", false).put("error", error);
      e.details().forEach(d -> out.withObject("/response_metadata").withArray("/messages").add(d));
    } catch (TooOften e) {
      error = LIMITED;
      out.put("ok", false).put("error", error);
      retryAfter = OptionalLong.of(e.seconds);
    }
    note(method, arguments, error);
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
    scope(asking);
    for (String key : given.all().keySet()) {
      if (!method.arguments().contains(key)) {
        throw asking.bad("invalid_arguments", "[ERROR] unknown argument: " + key);
      }
    }
    synchronized (server) {
      return method.work().run(asking);
    }
  }

  private void scope(Asking asking) throws Refused {
    Optional<String> needed;
    synchronized (server) {
      needed = Scopes.needed(asking.method(), asking.team().channel(asking.get("channel")));
    }
    if (needed.isPresent()
        && server.manifest().filter(m -> !m.scopes().contains(needed.get())).isPresent()) {
      throw asking.bad("missing_scope", "needed: " + needed.get());
    }
  }

  private void pace(Method method, Team team, Arguments given) throws TooOften {
    OptionalLong wait =
        server.pace.refused(key(method, team, given), method.rate(), server.clock.instant());
    if (wait.isPresent()) {
      throw new TooOften(wait.getAsLong());
    }
  }

  private static String key(Method method, Team team, Arguments given) {
    return team.id
        + " "
        + method.name()
        + (method.rate().byChannel() ? " " + given.get("channel") : "");
  }

  /** What this call is counted with; nothing when it is refused for other reasons anyway. */
  private Optional<String> key(String name, String authorization, Optional<Arguments> arguments) {
    Optional<Method> method = Optional.ofNullable(methods.get(name));
    try {
      return method.isEmpty() || arguments.isEmpty()
          ? Optional.empty()
          : Optional.of(key(method.get(), team(method.get(), authorization), arguments.get()));
    } catch (Refused e) {
      return Optional.empty();
    }
  }

  /** The answer to a call that comes before the time that an earlier refusal named. */
  Optional<Answer> tooEarly(String name, String authorization, Optional<Arguments> arguments) {
    Optional<String> key = key(name, authorization, arguments);
    if (key.isEmpty()) {
      return Optional.empty();
    }
    OptionalLong wait =
        server.pace.stillClosed(
            key.get(),
            server.clock.instant(),
            () -> server.violations.add(name, "called again before Retry-After was over"));
    if (wait.isEmpty()) {
      return Optional.empty();
    }
    ObjectNode out = Arguments.JSON.createObjectNode().put("ok", false).put("error", LIMITED);
    note(name, arguments, LIMITED);
    return Optional.of(new Answer(wait, out));
  }

  /** A call went wrong on demand, before anything was done. */
  void struck(
      String name, String authorization, Optional<Arguments> arguments, Disturbance disturbance) {
    server.struck(name, arguments, Optional.of(disturbance));
    if (disturbance instanceof Disturbance.RateLimited r) {
      Instant until = server.clock.instant().plusSeconds(r.retryAfterSeconds());
      key(name, authorization, arguments).ifPresent(k -> server.pace.close(k, until));
    }
  }

  private void note(String name, Optional<Arguments> arguments, String error) {
    server.calls.add(new Call(name, arguments.map(Arguments::all).orElse(Map.of()), error));
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
            .filter(t -> t.isInstalled() && authorization.equals("Bearer " + t.botToken))
            .findFirst()
            .orElseThrow(() -> new Refused(app ? WRONG_TOKEN : "invalid_auth"));
    if (method.name().equals(AppMethods.SOCKET)) {
      throw new Refused(WRONG_TOKEN);
    }
    if (team.isRevoked()) {
      throw new Refused("token_revoked");
    }
    return team;
  }
}
