package dev.upstream.workspace;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Sends what people type to the bot, signed, and takes its acknowledgement. */
final class CommandSender implements AutoCloseable {
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private final State state;
  private final URI address;
  private final HttpClient client = HttpClient.newHttpClient();

  CommandSender(State state, URI address) {
    this.state = state;
    this.address = address;
  }

  SignedRequest signed(String person, String channelName, String command, String typed) {
    Channel channel = state.named(channelName);
    String user = state.addUser(person);
    String hook = state.addHook(channel.id, user);
    Map<String, String> form = new LinkedHashMap<>();
    form.put("token", "unused");
    form.put("team_id", State.TEAM);
    form.put("team_domain", State.TEAM_DOMAIN);
    form.put("channel_id", channel.id);
    form.put("channel_name", channel.isPrivate ? "privategroup" : channel.name);
    form.put("user_id", user);
    form.put("user_name", person);
    form.put("command", command);
    form.put("text", TypedText.delivered(typed, state.users()));
    form.put("api_app_id", "A0APP");
    form.put("is_enterprise_install", "false");
    form.put("response_url", address.resolve("/commands/" + hook).toString());
    form.put("trigger_id", state.nextId() + "." + state.nextId() + ".trigger");
    String body =
        form.entrySet().stream()
            .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    return SignedRequest.of(
        body.getBytes(StandardCharsets.UTF_8), state.signingSecret, state.clock.instant());
  }

  Ack send(URI bot, SignedRequest request) {
    HttpRequest.Builder http =
        HttpRequest.newBuilder(bot)
            .timeout(LONGEST)
            .POST(HttpRequest.BodyPublishers.ofByteArray(request.body()));
    request.headers().forEach(http::header);
    long start = System.nanoTime();
    try {
      HttpResponse<String> answer =
          client.send(http.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
      return new Ack(answer.statusCode(), answer.body(), since(start));
    } catch (IOException e) {
      return new Ack(0, e.toString(), since(start));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Ack(0, "interrupted", since(start));
    }
  }

  private static Duration since(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  /** What the person sees of the acknowledgement: its text, or that the command failed. */
  void take(Ack ack, String channelName, String person) {
    Channel channel = state.named(channelName);
    String user = state.addUser(person);
    if (ack.status() != 200) {
      channel.add(
          state.whispered(
              user,
              "The command failed with the error \"http_service_error\" (" + ack.status() + ").",
              Arguments.JSON.createArrayNode()));
      return;
    }
    if (ack.body().isBlank()) {
      return;
    }
    Optional<Arguments> given =
        Arguments.of("application/json", ack.body().getBytes(StandardCharsets.UTF_8));
    if (given.isEmpty()) {
      state.violations.add("ack", "neither empty nor JSON: " + ack.body());
      return;
    }
    JsonNode blocks = given.get().blocks();
    List<String> problems = new ArrayList<>();
    String error = state.judge("ack", given.get().get("text"), blocks, problems);
    if (!error.isEmpty()) {
      state.violations.add("ack", error + " " + String.join("; ", problems));
      return;
    }
    channel.add(state.whispered(user, given.get().get("text"), blocks));
  }

  @Override
  public void close() {
    client.close();
  }
}
