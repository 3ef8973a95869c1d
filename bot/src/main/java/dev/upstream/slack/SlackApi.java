package dev.upstream.slack;

import com.slack.api.Slack;
import com.slack.api.SlackConfig;
import com.slack.api.app_backend.slash_commands.SlashCommandResponseSender;
import com.slack.api.app_backend.slash_commands.response.SlashCommandResponse;
import com.slack.api.methods.MethodsClient;
import com.slack.api.methods.SlackApiException;
import com.slack.api.methods.SlackApiTextResponse;
import com.slack.api.methods.request.chat.ChatDeleteRequest;
import com.slack.api.methods.request.chat.ChatPostEphemeralRequest;
import com.slack.api.methods.request.chat.ChatPostMessageRequest;
import com.slack.api.methods.request.chat.ChatUpdateRequest;
import com.slack.api.methods.response.auth.AuthTestResponse;
import com.slack.api.methods.response.chat.ChatPostMessageResponse;
import dev.upstream.slack.OutgoingGuard.Outgoing;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Slack's Web API, as far as it is used; waits where Slack asks for patience. */
public final class SlackApi {
  private static final Logger LOG = LoggerFactory.getLogger(SlackApi.class);
  private static final int TRIES = 5;
  private static final long LONGEST_WAIT_SECONDS = 60;
  private static final int TIMEOUT_MILLIS = 15_000;

  private final Slack slack;
  private final MethodsClient methods;
  private final SlackAccess access;

  public SlackApi(SlackAccess access) {
    SlackConfig config = new SlackConfig();
    config.setMethodsEndpointUrlPrefix(access.baseUrl().toString());
    config.setStatsEnabled(false);
    config.setHttpClientCallTimeoutMillis(TIMEOUT_MILLIS);
    this.slack = Slack.getInstance(config);
    this.methods = slack.methods(access.botToken());
    this.access = access;
  }

  Slack slack() {
    return slack;
  }

  MethodsClient methods() {
    return methods;
  }

  SlackAccess access() {
    return access;
  }

  /** A call that Slack answers. */
  private interface Call<T extends SlackApiTextResponse> {
    T make() throws IOException, SlackApiException;
  }

  /** Who the bot is; the answer's error says why that is not known. */
  public AuthTestResponse identity() {
    try {
      return methods.authTest(r -> r);
    } catch (SlackApiException e) {
      return unknown("HTTP " + e.getResponse().code());
    } catch (IOException e) {
      return unknown(e.getClass().getSimpleName());
    }
  }

  private static AuthTestResponse unknown(String error) {
    AuthTestResponse response = new AuthTestResponse();
    response.setError(error);
    return response;
  }

  /**
   * @param thread the message to answer under
   */
  Delivery post(String channel, Optional<String> thread, Outgoing message) {
    ChatPostMessageRequest request =
        ChatPostMessageRequest.builder()
            .channel(channel)
            .text(message.text())
            .blocks(message.blocks())
            .parse("none")
            .unfurlLinks(false)
            .unfurlMedia(false)
            .build();
    thread.ifPresent(request::setThreadTs);
    return calling(false, () -> methods.chatPostMessage(request));
  }

  Delivery update(String channel, String ts, Outgoing message) {
    ChatUpdateRequest request =
        ChatUpdateRequest.builder()
            .channel(channel)
            .ts(ts)
            .text(message.text())
            .blocks(message.blocks())
            .parse("none")
            .build();
    return calling(true, () -> methods.chatUpdate(request));
  }

  Delivery delete(String channel, String ts) {
    ChatDeleteRequest request = ChatDeleteRequest.builder().channel(channel).ts(ts).build();
    return calling(true, () -> methods.chatDelete(request));
  }

  /** Only the asker sees it; the answer's own address also works where the bot is no member. */
  Delivery whisper(Asker asker, Outgoing message) {
    if (access.mayAnswerTo(asker.responseUrl())) {
      try {
        var sent =
            new SlashCommandResponseSender(slack).send(asker.responseUrl(), ephemeral(message));
        if (sent.getCode() == 200) {
          return new Delivery.Sent("");
        }
        LOG.warn("Slack answered {} to a response, trying an ephemeral message", sent.getCode());
      } catch (IOException e) {
        LOG.warn("No response was taken, trying an ephemeral message: {}", e.toString());
      }
    }
    ChatPostEphemeralRequest request =
        ChatPostEphemeralRequest.builder()
            .channel(asker.channel())
            .user(asker.user())
            .text(message.text())
            .blocks(message.blocks())
            .parse("none")
            .build();
    return calling(false, () -> methods.chatPostEphemeral(request));
  }

  static SlashCommandResponse ephemeral(Outgoing message) {
    return SlashCommandResponse.builder()
        .responseType("ephemeral")
        .text(message.text())
        .blocks(message.blocks())
        .build();
  }

  /**
   * @param repeatable whether doing it twice is the same as once; else it is only tried again when
   *     it surely was not done
   */
  private static <T extends SlackApiTextResponse> Delivery calling(
      boolean repeatable, Call<T> call) {
    String error = "";
    for (int tries = 1; tries <= TRIES; tries++) {
      long wait = 1L << (tries - 1);
      try {
        T response = call.make();
        return response.isOk() ? sent(response) : refused(response.getError());
      } catch (SlackApiException e) {
        error = "HTTP " + e.getResponse().code();
        if (e.getResponse().code() == 429) {
          wait = retryAfter(e.getResponse().header("Retry-After"));
        } else if (!repeatable) {
          break;
        }
      } catch (IOException e) {
        error = e.getClass().getSimpleName();
        if (!repeatable && !(e instanceof ConnectException)) {
          break;
        }
      }
      if (tries < TRIES && !slept(wait)) {
        break;
      }
    }
    return new Delivery.Failed(error);
  }

  private static Delivery sent(SlackApiTextResponse response) {
    return new Delivery.Sent(response instanceof ChatPostMessageResponse p ? p.getTs() : "");
  }

  private static Delivery refused(String error) {
    return switch (error) {
      case "not_in_channel", "channel_not_found" -> new Delivery.NotInChannel();
      case "message_not_found" -> new Delivery.Gone();
      default -> new Delivery.Failed(error);
    };
  }

  private static long retryAfter(@org.jspecify.annotations.Nullable String seconds) {
    return seconds != null && seconds.matches("\\d{1,6}")
        ? Math.min(Long.parseLong(seconds), LONGEST_WAIT_SECONDS)
        : 1;
  }

  private static boolean slept(long seconds) {
    try {
      Thread.sleep(Duration.ofSeconds(seconds));
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
