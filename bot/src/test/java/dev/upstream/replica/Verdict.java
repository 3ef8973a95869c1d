package dev.upstream.replica;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upstream.workspace.Sent;
import dev.upstream.workspace.SharedFile;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether everyone got what he was promised, once. */
final class Verdict {
  /** How the names of targets end that are in no cluster. */
  static final String NOBODY = ".nobody.test";

  private final Channels channels;
  private final List<Typed> typed;
  private final List<Crowd.Mentioned> mentioned;
  private final List<Crowd.Pressed> pressed;
  private final List<Crowd.Rechecked> rechecked;
  private final List<Sent> events;

  private Verdict(Replicas replicas, Crowd crowd) {
    this.channels = Channels.now(replicas);
    this.typed = crowd.typed();
    this.mentioned = crowd.mentioned();
    this.pressed = crowd.pressed();
    this.rechecked = crowd.rechecked();
    this.events =
        replicas.workspace.sent().stream().filter(s -> s.type().equals("events_api")).toList();
  }

  static Verdict of(Replicas replicas, Crowd crowd) {
    return new Verdict(replicas, crowd);
  }

  /** Nothing is on its way any more, as far as people and Slack see. */
  boolean isOver() {
    Set<String> told = events.stream().map(Sent::id).collect(Collectors.toSet());
    Set<String> givenUp =
        events.stream()
            .filter(s -> s.attempt() == Replicas.RETRIES)
            .map(Sent::id)
            .collect(Collectors.toSet());
    told.removeAll(taken());
    told.removeAll(givenUp);
    return told.isEmpty() && channels.allFinal();
  }

  /** Events that were acknowledged, by the first attempt or a later one. */
  private Set<String> taken() {
    return events.stream()
        .filter(s -> s.ack().status() == 200)
        .map(Sent::id)
        .collect(Collectors.toSet());
  }

  void holds() {
    assertThat(channels.allFinal()).isTrue();
    assertThat(channels.ids()).doesNotHaveDuplicates();
    assertThat(channels.files()).extracting(SharedFile::id).doesNotHaveDuplicates();
    assertThat(typed).allSatisfy(this::isAnswered);
    assertThat(channels.headlines()).allSatisfy(this::isTold);
    assertThat(mentioned).allSatisfy(this::isHeard);
    assertThat(heard()).isGreaterThanOrEqualTo(taken().size());
    assertThat(pressed).allSatisfy(this::isBrought);
    assertThat(rechecked).allSatisfy(this::isLookedAtAgain);
  }

  private void isAnswered(Typed t) {
    int headlines = channels.headlines(t.asked()).size();
    int whispers = channels.whispers(t.asked()).size();
    assertThat(headlines + whispers).isLessThanOrEqualTo(1);
    if (isNobody(t)) {
      assertThat(headlines).isZero();
    } else if (t.linked()) {
      assertThat(whispers).isEqualTo(1);
      assertThat(channels.headlinesThere(t.asked())).isNotEmpty();
    } else if (t.acknowledged()) {
      assertThat(headlines).isEqualTo(1);
    }
  }

  private static boolean isNobody(Typed t) {
    return t.asked().target().endsWith(NOBODY);
  }

  /** A thread ends with the question how useful it was. */
  private void isTold(Channels.Said headline) {
    List<String> thread =
        channels.thread(headline).stream()
            .filter(s -> s.post().files().isEmpty())
            .map(s -> s.post().text())
            .toList();
    if (headline.tellsOfFailure()) {
      assertThat(thread).isEmpty();
    } else {
      assertThat(thread).endsWith(Channels.USEFUL);
      assertThat(thread).containsOnlyOnce(Channels.USEFUL);
    }
  }

  private void isHeard(Crowd.Mentioned m) {
    List<Channels.Said> headlines = channels.headlines(m);
    assertThat(headlines).hasSizeLessThanOrEqualTo(1);
    assertThat(channels.questions(m))
        .isEqualTo(headlines.stream().filter(h -> !h.tellsOfFailure()).count());
  }

  private long heard() {
    return mentioned.stream().filter(m -> !channels.headlines(m).isEmpty()).count();
  }

  /** Once for each answer; who pressed after a later look was asked for may only be told so. */
  private void isBrought(Crowd.Pressed p) {
    List<SharedFile> files = channels.files(p.headline(), p.file().beginning);
    long answers =
        pressed.stream()
            .filter(o -> o.file() == p.file() && o.headline().id().equals(p.headline().id()))
            .map(Crowd.Pressed::answer)
            .distinct()
            .count();
    assertThat((long) files.size()).isLessThanOrEqualTo(answers);
    boolean lookedAtAgain =
        rechecked.stream().anyMatch(r -> r.headline().id().equals(p.headline().id()));
    if (p.acknowledged() && !lookedAtAgain) {
      assertThat(files).hasSize(1);
    }
  }

  /** The headline is there once and says what it said before, unless the later look failed. */
  private void isLookedAtAgain(Crowd.Rechecked r) {
    List<Channels.Said> now =
        channels.headlines().stream().filter(h -> h.id().equals(r.headline().id())).toList();
    assertThat(now).hasSize(1);
    if (r.acknowledged()) {
      assertThat(now).allMatch(h -> h.tellsOfLastAnswer() || h.tellsOfFailure());
    }
  }

  @Override
  public String toString() {
    List<Typed> nobody =
        typed.stream().filter(Typed::acknowledged).filter(Verdict::isNobody).toList();
    return """
    %d commands, %d acknowledged, %d of them linked to a headline that was there
    %d of them of targets that nobody has, %d of these told so
    %d mentions, %d acknowledged, %d answered
    %d files asked for, %d acknowledged, %d files in the threads, each once
    %d looks again, %d acknowledged, %d headlines tell of them
    %d headlines of commands, all final, %d of them tell of a failure
    %d durable messages, each once\
    """
        .formatted(
            typed.size(),
            typed.stream().filter(Typed::acknowledged).count(),
            typed.stream().filter(Typed::linked).count(),
            nobody.size(),
            nobody.stream().filter(t -> !channels.whispers(t.asked()).isEmpty()).count(),
            mentioned.size(),
            taken().size(),
            heard(),
            pressed.size(),
            pressed.stream().filter(Crowd.Pressed::acknowledged).count(),
            channels.files().size(),
            rechecked.size(),
            rechecked.stream().filter(Crowd.Rechecked::acknowledged).count(),
            channels.headlines().stream().filter(Channels.Said::tellsOfLastAnswer).count(),
            channels.headlines().size(),
            channels.headlines().stream().filter(Channels.Said::tellsOfFailure).count(),
            channels.ids().size());
  }
}
