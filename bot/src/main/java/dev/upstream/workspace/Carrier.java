package dev.upstream.workspace;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Brings what people do to the bot, and its acknowledgement back. */
final class Carrier implements AutoCloseable {
  /** How long an acknowledgement is waited for, to know how late it is. */
  static final Duration LONGEST = Duration.ofSeconds(30);

  private final Server server;
  private final Faults faults;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicInteger turn = new AtomicInteger();
  private volatile Optional<Delivery> delivery = Optional.empty();
  private volatile Duration tolerated = Ack.USUAL;

  /**
   * What came back.
   *
   * @param noRetry whether the bot asked not to get it again
   */
  record Outcome(Ack ack, boolean noRetry) {
    boolean taken() {
      return ack.inTime() && ack.status() >= 200 && ack.status() < 300;
    }
  }

  Carrier(Server server, Faults faults) {
    this.server = server;
    this.faults = faults;
  }

  void by(Delivery newDelivery) {
    delivery = Optional.of(newDelivery);
  }

  /** An acknowledgement that takes longer is a violation, and is not heard. */
  void tolerate(Duration patience) {
    tolerated = patience;
  }

  Ack send(Parcel parcel) {
    return send(
            parcel, delivery.orElseThrow(() -> new Impossible("no delivery was named")), LONGEST)
        .ack();
  }

  Ack send(Parcel parcel, Delivery by) {
    return send(parcel, by, LONGEST).ack();
  }

  /** An event: given up after this time; nothing when no way to the bot was named. */
  Optional<Outcome> send(Parcel parcel, Duration patience) {
    return delivery.map(d -> send(parcel, d, patience));
  }

  private Outcome send(Parcel parcel, Delivery by, Duration patience) {
    if (faults.takeDouble()) {
      CompletableFuture<Outcome> twin =
          CompletableFuture.supplyAsync(() -> once(parcel, by, patience), threads);
      Outcome first = once(parcel, by, patience);
      twin.join();
      return first;
    }
    return once(parcel, by, patience);
  }

  private Outcome once(Parcel parcel, Delivery by, Duration patience) {
    Outcome sent =
        switch (by) {
          case Delivery.Http http ->
              post(
                  http.bots(),
                  parcel.signed(server.app.signingSecret(), server.clock.instant()),
                  patience);
          case Delivery.Sockets s -> new Outcome(server.sockets.send(parcel, patience), false);
        };
    Outcome outcome = new Outcome(sent.ack().within(tolerated), sent.noRetry());
    server.sent.add(new Sent(parcel.type().word(), parcel.id(), parcel.attempt(), outcome.ack()));
    server.figures.acknowledged(outcome.ack());
    if (outcome.ack().late()) {
      server.violations.add(
          parcel.type().word(),
          "%s after %d ms"
              .formatted(
                  outcome.ack().status() == 0 ? "not acknowledged" : "acknowledged",
                  outcome.ack().took().toMillis()));
    }
    return outcome;
  }

  Outcome post(List<URI> bots, SignedRequest request, Duration patience) {
    int first = turn.getAndIncrement();
    Outcome outcome = new Outcome(Ack.of(0, "", Duration.ZERO), false);
    for (int i = 0; i < bots.size(); i++) {
      URI bot = bots.get(Math.floorMod(first + i, bots.size()));
      long start = System.nanoTime();
      try {
        return post(bot, request, patience, start);
      } catch (ConnectException e) {
        outcome = failed(e, start);
      } catch (IOException e) {
        return failed(e, start);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return failed(e, start);
      }
    }
    return outcome;
  }

  private Outcome post(URI bot, SignedRequest request, Duration patience, long start)
      throws IOException, InterruptedException {
    HttpRequest.Builder http =
        HttpRequest.newBuilder(bot)
            .timeout(patience)
            .POST(HttpRequest.BodyPublishers.ofByteArray(request.body()));
    request.headers().forEach(http::header);
    HttpResponse<String> answer =
        client.send(http.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    return new Outcome(
        Ack.of(answer.statusCode(), answer.body(), since(start)),
        answer.headers().firstValue("X-Slack-No-Retry").filter("1"::equals).isPresent());
  }

  private static Outcome failed(Exception e, long start) {
    return new Outcome(Ack.of(0, e.toString(), since(start)), false);
  }

  static Duration since(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  @Override
  public void close() {
    client.shutdownNow();
    threads.shutdownNow();
  }
}
