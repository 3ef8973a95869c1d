package dev.upstream.slack;

import com.slack.api.Slack;
import com.slack.api.SlackConfig;
import com.slack.api.app_backend.slash_commands.response.SlashCommandResponse;
import com.slack.api.methods.MethodsClient;
import com.slack.api.methods.SlackApiException;
import com.slack.api.methods.response.auth.AuthTestResponse;
import com.slack.api.util.http.SlackHttpClient;
import dev.upstream.slack.OutgoingGuard.Outgoing;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Slack's Web API, as far as it is used; waits where Slack asks for patience. */
public final class SlackApi {
  private static final int TIMEOUT_MILLIS = 15_000;

  /** Slack's words for a token that no waiting makes right. */
  private static final Set<String> HOPELESS =
      Set.of(
          "invalid_auth",
          "not_authed",
          "account_inactive",
          "token_revoked",
          "token_expired",
          "not_allowed_token_type",
          "missing_scope",
          "no_permission");

  private final Slack slack;
  private final MethodsClient methods;
  private volatile Optional<String> home = Optional.empty();
  private volatile Optional<String> self = Optional.empty();
  private final SlackAccess access;

  public SlackApi(SlackAccess access) {
    SlackConfig config = new SlackConfig();
    config.setMethodsEndpointUrlPrefix(access.baseUrl().toString());
    config.setStatsEnabled(false);
    config.setHttpClientCallTimeoutMillis(TIMEOUT_MILLIS);
    this.slack = Slack.getInstance(config, client(config));
    this.methods = slack.methods(access.botToken());
    this.access = access;
  }

  /** The client below sends a request again by itself, even one that Slack has taken: not here. */
  private static SlackHttpClient client(SlackConfig config) {
    SlackHttpClient client =
        new SlackHttpClient(
            SlackHttpClient.buildOkHttpClient(config)
                .newBuilder()
                .retryOnConnectionFailure(false)
                .build());
    client.setConfig(config);
    return client;
  }

  Slack slack() {
    return slack;
  }

  SlackAccess access() {
    return access;
  }

  MethodsClient methods() {
    return methods;
  }

  /** Whether the answer says that somebody has to bring another token. */
  public static boolean hopeless(@Nullable String error) {
    return error != null && HOPELESS.contains(error);
  }

  /** Who the bot is; the answer's error says why that is not known. */
  public AuthTestResponse identity() {
    try {
      AuthTestResponse answer = methods.authTest(r -> r);
      if (answer.isOk()) {
        home = Optional.ofNullable(answer.getUrl());
        self = Optional.ofNullable(answer.getUserId());
      }
      return answer;
    } catch (SlackApiException e) {
      return unknown("HTTP " + e.getResponse().code());
    } catch (IOException e) {
      return unknown(e.getClass().getSimpleName());
    }
  }

  /** The bot's own id; asked for where Slack never said it. */
  Optional<String> self() {
    return self.or(() -> Optional.ofNullable(identity().getUserId()));
  }

  /** A link to a message, as far as Slack ever said where the workspace is. */
  Optional<Span.Link> link(String channel, String ts, String text) {
    return home.map(h -> h + "archives/" + channel + "/p" + ts.replace(".", ""))
        .filter(Span.Link::isOne)
        .map(a -> new Span.Link(URI.create(a), text));
  }

  private static AuthTestResponse unknown(String error) {
    AuthTestResponse response = new AuthTestResponse();
    response.setError(error);
    return response;
  }

  static SlashCommandResponse ephemeral(Outgoing message) {
    return SlashCommandResponse.builder()
        .responseType("ephemeral")
        .text(message.text())
        .blocks(message.blocks())
        .build();
  }
}
