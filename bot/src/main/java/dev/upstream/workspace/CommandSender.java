package dev.upstream.workspace;

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
import java.util.Set;
import java.util.stream.Collectors;

/** Sends what people type to the bot, signed, and takes its acknowledgement. */
final class CommandSender implements AutoCloseable {
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private final Server server;
  private final Team team;
  private final HttpClient client = HttpClient.newHttpClient();

  CommandSender(Server server, Team team) {
    this.server = server;
    this.team = team;
  }

  SignedRequest signed(String person, String channelName, String command, String typed) {
    Map<String, String> form = new LinkedHashMap<>();
    synchronized (server) {
      Channel channel = team.channelNamed(channelName);
      String user = team.add(person, Set.of()).id();
      form.put("token", "unused");
      form.put("team_id", team.id);
      form.put("team_domain", team.domain);
      form.put("channel_id", channel.id);
      form.put("channel_name", shownName(channel));
      form.put("user_id", user);
      form.put("user_name", person);
      form.put("command", command);
      form.put("text", TypedText.delivered(typed, server.idsByName(team)));
      form.put("api_app_id", BotApp.ID);
      form.put("is_enterprise_install", "false");
      form.put(
          "response_url",
          server.hooks.add("commands", team, channel, user, Optional.empty()).toString());
      form.put("trigger_id", server.nextId() + "." + server.nextId() + ".trigger");
    }
    String body =
        form.entrySet().stream()
            .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    return SignedRequest.of(
        body.getBytes(StandardCharsets.UTF_8), server.app.signingSecret(), server.clock.instant());
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
    synchronized (server) {
      Channel channel = team.channelNamed(channelName);
      String user = team.add(person, Set.of()).id();
      if (ack.status() != 200) {
        channel.add(
            server.whispered(
                team,
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
        server.violations.add("ack", "neither empty nor JSON: " + ack.body());
        return;
      }
      List<String> problems = new ArrayList<>();
      String error = Spoken.judge(server, "ack", given.get(), problems);
      if (!error.isEmpty()) {
        server.violations.add("ack", error + " " + String.join("; ", problems));
        return;
      }
      Spoken.add(server, team, channel, user, given.get());
    }
  }

  private static String shownName(Channel channel) {
    return switch (channel.kind) {
      case PUBLIC -> channel.name;
      case PRIVATE -> "privategroup";
      case DIRECT -> "directmessage";
    };
  }

  @Override
  public void close() {
    client.close();
  }
}
