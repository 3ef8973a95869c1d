package dev.upstream.replica;

import dev.upstream.workspace.Post;
import dev.upstream.workspace.SharedFile;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What stands in all channels at one time, as people read it. */
record Channels(List<Said> all) {
  /** How a thread ends. */
  static final String USEFUL = "Was this answer useful?";

  private static final Pattern UNFINISHED = Pattern.compile("(?:Looking at|Waiting to look at) .*");

  Channels {
    all = List.copyOf(all);
  }

  /** A message and where it stands. */
  record Said(String channel, Post post) {
    boolean isHeadline() {
      return post.onlyFor().isEmpty() && post.thread().isEmpty() && id().isPresent();
    }

    /** It says what came of the check, be it that it failed. */
    boolean isFinal() {
      return !UNFINISHED.matcher(post.text()).matches();
    }

    boolean tellsOfFailure() {
      return post.text().contains("failed; nothing is known about it");
    }

    boolean speaksOf(String target) {
      return Pattern.compile("(?<![\\w.-])" + Pattern.quote(target) + "(?![\\w-])")
          .matcher(post.text())
          .find();
    }

    /** Who of these asked for it. */
    String asker(List<String> people) {
      return people.stream().filter(this::answers).findFirst().orElseThrow();
    }

    /** It was looked at again after the answer that it told first. */
    boolean tellsOfLastAnswer() {
      return post.blocks().toString().contains("Last answer");
    }

    private boolean answers(String person) {
      return Pattern.compile("Asked by " + person + "(?:\\.| at )")
          .matcher(post.blocks().toString())
          .find();
    }

    /** The id that the bot gave it. */
    Optional<String> id() {
      return Optional.of(post.metadata().path("event_payload").path("id").asText())
          .filter(i -> !i.isEmpty());
    }
  }

  static Channels now(Replicas replicas) {
    return new Channels(
        Replicas.CHANNELS.stream()
            .flatMap(c -> replicas.workspace.posts(c).stream().map(p -> new Said(c, p)))
            .toList());
  }

  List<Said> headlines() {
    return all.stream().filter(Said::isHeadline).toList();
  }

  /** The headlines of one who asked. */
  List<Said> headlines(Typed.Asked asked) {
    return about(asked).filter(Said::isHeadline).filter(s -> s.answers(asked.person())).toList();
  }

  /** The headlines that one who was linked may have been sent to. */
  List<Said> headlinesThere(Typed.Asked asked) {
    return about(asked).filter(Said::isHeadline).toList();
  }

  /** What the one who asked alone was told. */
  List<Said> whispers(Typed.Asked asked) {
    return about(asked)
        .filter(s -> s.post().onlyFor().equals(Optional.of(asked.person())))
        .toList();
  }

  private Stream<Said> about(Typed.Asked asked) {
    return all.stream()
        .filter(s -> s.channel().equals(asked.channel()) && s.speaksOf(asked.target()));
  }

  List<Said> thread(Said headline) {
    return thread(headline.channel(), headline.post().ts()).toList();
  }

  private Stream<Said> thread(String channel, String root) {
    return all.stream()
        .filter(
            s ->
                s.channel().equals(channel)
                    && s.post().onlyFor().isEmpty()
                    && s.post().thread().equals(Optional.of(root)));
  }

  /** The headlines under a message that asked; what stands under a headline carries its id. */
  List<Said> headlines(Crowd.Mentioned mentioned) {
    return thread(mentioned.asked().channel(), mentioned.ts())
        .filter(s -> s.id().filter(i -> !i.contains("/")).isPresent())
        .toList();
  }

  /** How often the question how useful it was stands under a message that asked. */
  long questions(Crowd.Mentioned mentioned) {
    return thread(mentioned.asked().channel(), mentioned.ts())
        .filter(s -> s.post().text().equals(USEFUL))
        .count();
  }

  /** No check is on its way, as far as people see. */
  boolean allFinal() {
    return all.stream().allMatch(Said::isFinal);
  }

  /** The files in the thread whose names begin like this. */
  List<SharedFile> files(Said headline, String beginning) {
    return thread(headline).stream()
        .flatMap(s -> s.post().files().stream())
        .filter(f -> f.name().startsWith(beginning))
        .toList();
  }

  List<SharedFile> files() {
    return all.stream().flatMap(s -> s.post().files().stream()).toList();
  }

  /** The ids of all durable messages. */
  List<String> ids() {
    return all.stream().flatMap(s -> s.id().stream()).toList();
  }
}
