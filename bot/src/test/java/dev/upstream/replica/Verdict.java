package dev.upstream.replica;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upstream.workspace.SharedFile;
import java.util.List;

/** Whether everyone got what he was promised, once. */
final class Verdict {
  /** How the names of targets end that are in no cluster. */
  static final String NOBODY = ".nobody.test";

  private final Channels channels;
  private final List<Typed> typed;
  private final List<Crowd.Pressed> pressed;

  Verdict(Channels channels, List<Typed> typed, List<Crowd.Pressed> pressed) {
    this.channels = channels;
    this.typed = List.copyOf(typed);
    this.pressed = List.copyOf(pressed);
  }

  /** Nothing is on its way any more, as far as people see. */
  boolean isOver() {
    return channels.headlines().stream().allMatch(Channels.Said::isFinal);
  }

  void holds() {
    assertThat(channels.headlines()).allMatch(Channels.Said::isFinal);
    assertThat(channels.ids()).doesNotHaveDuplicates();
    assertThat(channels.files()).extracting(SharedFile::id).doesNotHaveDuplicates();
    assertThat(typed).allSatisfy(this::isAnswered);
    assertThat(channels.headlines()).allSatisfy(this::isTold);
    assertThat(pressed).allSatisfy(this::isBrought);
  }

  private void isAnswered(Typed t) {
    int headlines = channels.headlines(t.asked()).size();
    int whispers = channels.whispers(t.asked()).size();
    assertThat(headlines + whispers).isLessThanOrEqualTo(1);
    if (t.asked().target().endsWith(NOBODY)) {
      assertThat(headlines).isZero();
    } else if (t.linked()) {
      assertThat(whispers).isEqualTo(1);
      assertThat(channels.headlinesThere(t.asked())).isNotEmpty();
    } else if (t.acknowledged()) {
      assertThat(headlines).isEqualTo(1);
    }
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
      assertThat(thread).endsWith("Was this answer useful?");
      assertThat(thread).containsOnlyOnce("Was this answer useful?");
    }
  }

  private void isBrought(Crowd.Pressed p) {
    List<SharedFile> files = channels.files(p.headline(), p.file().beginning);
    assertThat(files).hasSizeLessThanOrEqualTo(1);
    if (p.acknowledged()) {
      assertThat(files).hasSize(1);
    }
  }

  @Override
  public String toString() {
    long nobody = typed.stream().filter(t -> t.asked().target().endsWith(NOBODY)).count();
    long told =
        typed.stream()
            .filter(t -> t.asked().target().endsWith(NOBODY))
            .filter(t -> !channels.whispers(t.asked()).isEmpty())
            .count();
    return """
    %d commands, %d acknowledged, %d of them linked; %d of targets that nobody has, %d of these told
    %d headlines, all final, %d of them tell of a failure; %d durable messages, each once
    %d files asked for, %d acknowledged, %d files, each once"""
        .formatted(
            typed.size(),
            typed.stream().filter(Typed::acknowledged).count(),
            typed.stream().filter(Typed::linked).count(),
            nobody,
            told,
            channels.headlines().size(),
            channels.headlines().stream().filter(Channels.Said::tellsOfFailure).count(),
            channels.ids().size(),
            pressed.size(),
            pressed.stream().filter(Crowd.Pressed::acknowledged).count(),
            channels.files().size());
  }
}
