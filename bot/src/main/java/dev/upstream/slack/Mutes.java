package dev.upstream.slack;

import dev.upstream.answer.Reply;
import dev.upstream.conversation.Mute;
import dev.upstream.diagnosis.Diagnosis;
import dev.upstream.diagnosis.Finding;
import dev.upstream.diagnosis.SameCause;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What is muted now, and what that makes of an answer.
 *
 * @param byFinding by the findings' keys
 */
record Mutes(Map<String, Mute> byFinding) {
  static final Mutes NONE = new Mutes(Map.of());

  Mutes {
    byFinding = Map.copyOf(byFinding);
  }

  static Mutes of(List<Mute> mutes) {
    return new Mutes(
        mutes.stream().collect(Collectors.toMap(Mute::finding, Function.identity(), (a, b) -> a)));
  }

  /** The mute that ends first; empty where one of the objects is not muted. */
  Optional<MuteNote> of(SameCause same) {
    List<Mute> own =
        same.findings().stream()
            .map(Finding::key)
            .flatMap(k -> Optional.ofNullable(byFinding.get(k)).stream())
            .toList();
    return own.size() < same.findings().size()
        ? Optional.empty()
        : own.stream().min(Comparator.comparing(Mute::until)).map(MuteNote::of);
  }

  /** Why nobody has to be alarmed by an answer; empty where somebody has to. */
  List<MuteNote> silencing(Reply.Answered answered) {
    List<MuteNote> notes = new ArrayList<>();
    for (Diagnosis d : answered.diagnoses()) {
      boolean counts = Grade.of(d).fails() || d.verdict() == answered.worst().verdict();
      Alarm alarm = Alarm.of(d);
      if (!counts) {
        continue;
      }
      List<MuteNote> own = alarm.causes().stream().map(this::of).flatMap(Optional::stream).toList();
      if (alarm.more() || own.isEmpty() || own.size() < alarm.causes().size()) {
        return List.of();
      }
      notes.addAll(own);
    }
    return notes.stream().distinct().toList();
  }
}
