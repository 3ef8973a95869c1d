package dev.upstream.replica;

import dev.upstream.workspace.Ack;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.stream.StreamSupport;

/**
 * People who keep asking, by commands and mentions, pressing buttons and looking again, whatever
 * happens.
 */
final class Crowd implements AutoCloseable {
  /** Slack takes no more than fifty edits a minute, of all headlines together. */
  private static final int LONGEST_PAUSE_MILLIS = 3_000;

  private final Replicas replicas;
  private final Random random;
  private final ExecutorService hands = Executors.newVirtualThreadPerTaskExecutor();
  private final Thread loop = Thread.ofVirtual().unstarted(this::act);
  private final Semaphore began = new Semaphore(0);
  private final List<Typed> typed = new CopyOnWriteArrayList<>();
  private final List<Mentioned> mentioned = new CopyOnWriteArrayList<>();
  private final List<Pressed> pressed = new CopyOnWriteArrayList<>();
  private final List<Rechecked> rechecked = new CopyOnWriteArrayList<>();
  private int names = 1000;
  private volatile boolean stopped;

  /** The bot was asked by a message, which Slack tells it of until it is acknowledged. */
  record Mentioned(Typed.Asked asked, String ts) {}

  /** A button for a file, pressed on a headline. */
  record Pressed(Channels.Said headline, File file, Ack ack) {
    boolean acknowledged() {
      return ack.status() == 200 && ack.inTime();
    }

    /** Which answer the headline told when it was pressed. */
    String answer() {
      return StreamSupport.stream(headline.post().blocks().spliterator(), false)
          .flatMap(b -> StreamSupport.stream(b.path("elements").spliterator(), false))
          .filter(e -> e.path("text").path("text").asText().equals(file.label))
          .map(e -> e.path("value").asText())
          .findFirst()
          .orElseThrow();
    }
  }

  /** The asker wanted his headline to be looked at again. */
  record Rechecked(Channels.Said headline, Ack ack) {
    boolean acknowledged() {
      return ack.status() == 200 && ack.inTime();
    }
  }

  /** What a button brings into the thread. */
  enum File {
    EVIDENCE("Show evidence", "evidence-"),
    JSON("JSON", "diagnosis-");

    final String label;
    final String beginning;

    File(String label, String beginning) {
      this.label = label;
      this.beginning = beginning;
    }
  }

  Crowd(Replicas replicas, Random random) {
    this.replicas = replicas;
    this.random = random;
  }

  void start() {
    loop.start();
  }

  /** Returns when the next command is on its way. */
  void awaitCommand() throws InterruptedException {
    began.drainPermits();
    began.acquire();
  }

  List<Typed> typed() {
    return List.copyOf(typed);
  }

  List<Mentioned> mentioned() {
    return List.copyOf(mentioned);
  }

  List<Pressed> pressed() {
    return List.copyOf(pressed);
  }

  List<Rechecked> rechecked() {
    return List.copyOf(rechecked);
  }

  private void act() {
    while (!stopped) {
      switch (random.nextInt(9)) {
        case 0 -> press();
        case 8 -> recheck();
        case 1 -> mention(anew());
        case 2 -> type(new Typed.Asked(person(), channel(), name() + Verdict.NOBODY));
        case 3, 4 -> together(anew());
        default -> type(anew());
      }
      pause();
    }
  }

  private void type(Typed.Asked asked) {
    hands.execute(() -> typed.add(new Typed(asked, replicas.types(asked))));
    began.release();
  }

  /** Others ask the same at the same time, one of them in the same channel. */
  private void together(Typed.Asked first) {
    type(first);
    String other =
        Replicas.PEOPLE.stream().filter(p -> !p.equals(first.person())).findFirst().orElseThrow();
    type(new Typed.Asked(other, first.channel(), first.target()));
    String elsewhere = channel();
    if (!elsewhere.equals(first.channel())) {
      type(new Typed.Asked(person(), elsewhere, first.target()));
    }
  }

  private void mention(Typed.Asked asked) {
    hands.execute(
        () ->
            mentioned.add(
                new Mentioned(
                    asked,
                    replicas
                        .workspace
                        .person(asked.person())
                        .says(asked.channel(), "@upstream check " + asked.target()))));
    began.release();
  }

  private Typed.Asked anew() {
    int service = random.nextInt(TwentyServices.COUNT);
    return new Typed.Asked(person(), channel(), name() + "." + TwentyServices.host(service));
  }

  private String name() {
    names++;
    return "c" + names;
  }

  private void press() {
    Optional<Channels.Said> headline = anAnswer();
    File file = File.values()[random.nextInt(File.values().length)];
    String person = person();
    headline.ifPresent(
        h -> hands.execute(() -> pressed.add(new Pressed(h, file, clicks(person, h, file.label)))));
  }

  private void recheck() {
    anAnswer()
        .ifPresent(
            h -> {
              String person = h.asker(Replicas.PEOPLE);
              hands.execute(() -> rechecked.add(new Rechecked(h, clicks(person, h, "Re-check"))));
              began.release();
            });
  }

  private Optional<Channels.Said> anAnswer() {
    List<Channels.Said> answers =
        Channels.now(replicas).headlines().stream()
            .filter(h -> h.isFinal() && !h.tellsOfFailure())
            .toList();
    return answers.isEmpty()
        ? Optional.empty()
        : Optional.of(answers.get(random.nextInt(answers.size())));
  }

  private Ack clicks(String person, Channels.Said headline, String label) {
    return replicas.workspace.person(person).clicks(headline.channel(), headline.post(), label);
  }

  private String person() {
    return Replicas.PEOPLE.get(random.nextInt(Replicas.PEOPLE.size()));
  }

  private String channel() {
    return Replicas.CHANNELS.get(random.nextInt(Replicas.CHANNELS.size()));
  }

  private void pause() {
    try {
      Thread.sleep(random.nextInt(LONGEST_PAUSE_MILLIS));
    } catch (InterruptedException e) {
      stopped = true;
    }
  }

  /** Returns when everyone has heard whether the bot took what he asked. */
  @Override
  public void close() throws InterruptedException {
    stopped = true;
    loop.join();
    hands.close();
  }
}
