package dev.upstream.replica;

import dev.upstream.workspace.Ack;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/** People who keep asking and pressing buttons, whatever happens to the replicas. */
final class Crowd implements AutoCloseable {
  /** Slack takes no more than fifty edits a minute, of all headlines together. */
  private static final int LONGEST_PAUSE_MILLIS = 3_200;

  private final Replicas replicas;
  private final Random random;
  private final ExecutorService hands = Executors.newVirtualThreadPerTaskExecutor();
  private final Thread loop = Thread.ofVirtual().unstarted(this::act);
  private final Semaphore began = new Semaphore(0);
  private final List<Typed> typed = new CopyOnWriteArrayList<>();
  private final List<Pressed> pressed = new CopyOnWriteArrayList<>();
  private final Set<Typed.Asked> known = new HashSet<>();
  private final List<String> targets = new ArrayList<>();
  private volatile boolean stopped;

  /** A button for a file, pressed on a headline. */
  record Pressed(Channels.Said headline, File file, Ack ack) {
    boolean acknowledged() {
      return ack.status() == 200;
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

  List<Pressed> pressed() {
    return List.copyOf(pressed);
  }

  private void act() {
    while (!stopped) {
      if (random.nextInt(6) == 0) {
        press();
      } else {
        type(asked());
      }
      pause();
    }
  }

  private void type(Typed.Asked asked) {
    hands.execute(() -> typed.add(new Typed(asked, replicas.types(asked))));
    began.release();
  }

  /** Something new, something that nobody has, or what somebody asked just now. */
  private Typed.Asked asked() {
    int kind = random.nextInt(10);
    if (kind < 3 && !targets.isEmpty()) {
      Typed.Asked same = new Typed.Asked(person(), channel(), targets.getLast());
      if (known.add(same)) {
        return same;
      }
    }
    String name = "c" + (1000 + known.size());
    boolean nobody = kind == 9;
    String target =
        nobody
            ? name + Verdict.NOBODY
            : name + "." + TwentyServices.host(random.nextInt(TwentyServices.COUNT));
    if (!nobody) {
      targets.add(target);
    }
    Typed.Asked asked = new Typed.Asked(person(), channel(), target);
    known.add(asked);
    return asked;
  }

  private void press() {
    List<Channels.Said> answers =
        Channels.now(replicas).headlines().stream()
            .filter(h -> h.isFinal() && !h.tellsOfFailure())
            .toList();
    if (answers.isEmpty()) {
      return;
    }
    Channels.Said headline = answers.get(random.nextInt(answers.size()));
    File file = File.values()[random.nextInt(File.values().length)];
    String person = person();
    hands.execute(
        () ->
            pressed.add(
                new Pressed(
                    headline,
                    file,
                    replicas
                        .workspace
                        .person(person)
                        .clicks(headline.channel(), headline.post(), file.label))));
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
