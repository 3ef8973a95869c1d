package dev.upstream;

import dev.upstream.lab.Fill;
import dev.upstream.lab.Lab;
import dev.upstream.lab.LabCluster;
import dev.upstream.workspace.Ack;
import dev.upstream.workspace.Post;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Measures how long people wait in Slack for an answer about one broken target in a large cluster,
 * and prints it; bot/bin/scale starts it. Nothing is right or wrong here by the time it takes.
 */
final class ScaleMain {
  private static final String HOST = "shop.example.com";
  private static final Fill LARGE = new Fill(50, 20, 10);
  private static final int WARM_UP = 4;
  private static final int CHECKS = 20;

  private ScaleMain() {}

  /** What one person waited for. */
  private record Wait(Duration acknowledged, Duration headline, Duration verdict) {}

  public static void main(String[] args) throws IOException, InterruptedException {
    try (Lab lab = new Lab()) {
      LabCluster east = lab.east();
      east.applyScenario("case1");
      east.waitReady("istio-system");
      east.waitReady("shop");
      long began = System.nanoTime();
      LARGE.into(east);
      figure(
          "cluster: %,d services and %,d pods in %d namespaces, filled in %d s",
          LARGE.totalServices(), LARGE.totalPods(), LARGE.namespaces(), since(began).toSeconds());
      Bot.eventually().until(() -> east.requests(200, HOST, "/").containsKey(503));
      try (ServedBot bot =
          ServedBot.over(
              "[{name: east, kubeconfig: \"%s\", context: east}]".formatted(east.kubeconfig()))) {
        measure(bot);
      }
    }
    System.exit(0); // clients of the lab leave threads behind
  }

  private static void measure(ServedBot bot) throws InterruptedException {
    Wait first = check(bot, "first");
    figure(
        "first check: headline after %s, verdict after %s", ms(first.headline), ms(first.verdict));
    for (int i = 0; i < WARM_UP; i++) {
      check(bot, "warm-" + i);
    }
    List<Wait> waits = new ArrayList<>();
    for (int i = 0; i < CHECKS; i++) {
      waits.add(check(bot, "incident-" + i));
    }
    print("acknowledgement", waits.stream().map(Wait::acknowledged).sorted().toList());
    print("command to headline", waits.stream().map(Wait::headline).sorted().toList());
    print("command to verdict", waits.stream().map(Wait::verdict).sorted().toList());
    if (!bot.workspace.violations().isEmpty()) {
      throw new IllegalStateException("violations: " + bot.workspace.violations());
    }
  }

  /** In a channel of its own, since Slack takes one message a second for each. */
  private static Wait check(ServedBot bot, String channel) throws InterruptedException {
    bot.workspace.addChannel(channel, Bot.ANA);
    bot.workspace.inviteBot(channel);
    long began = System.nanoTime();
    Ack ack = bot.ana().types(channel, "/upstream", "check " + HOST);
    Optional<Duration> headline = Optional.empty();
    while (since(began).compareTo(Duration.ofMinutes(1)) < 0) {
      List<Post> posts = bot.workspace.posts(channel);
      if (!posts.isEmpty() && headline.isEmpty()) {
        headline = Optional.of(since(began));
      }
      if (!posts.isEmpty() && posts.getFirst().text().contains("95 % of requests")) {
        return new Wait(ack.took(), headline.orElseThrow(), since(began));
      }
      Thread.sleep(1);
    }
    throw new IllegalStateException("no answer in a minute:\n" + bot.workspace.transcript(channel));
  }

  private static Duration since(long began) {
    return Duration.ofNanos(System.nanoTime() - began);
  }

  private static void print(String what, List<Duration> sorted) {
    figure(
        "warm, %s: median %s, 95th percentile %s of %d checks",
        what,
        ms(sorted.get(sorted.size() / 2)),
        ms(sorted.get((int) (0.95 * (sorted.size() - 1)))),
        sorted.size());
  }

  private static String ms(Duration duration) {
    return duration.toMillis() + " ms";
  }

  private static void figure(String format, Object... values) {
    System.out.printf("figure: scale, " + format + "%n", values);
  }
}
