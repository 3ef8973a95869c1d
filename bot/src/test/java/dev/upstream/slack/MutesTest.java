package dev.upstream.slack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upstream.answer.Answering;
import dev.upstream.answer.Question;
import dev.upstream.answer.Reply;
import dev.upstream.conversation.Mute;
import dev.upstream.conversation.Person;
import dev.upstream.diagnosis.Diagnosis;
import dev.upstream.diagnosis.Finding;
import dev.upstream.diagnosis.Role;
import dev.upstream.diagnosis.SameCause;
import dev.upstream.diagnosis.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** When an answer is shown small since somebody knows of it. */
class MutesTest {
  private static Mutes of(SameCause... muted) {
    List<Mute> mutes = new ArrayList<>();
    for (SameCause same : muted) {
      same.findings().forEach(f -> mutes.add(mute(f)));
    }
    return Mutes.of(mutes);
  }

  private static Mute mute(Finding finding) {
    return new Mute(
        finding.key(),
        Case1.NOW,
        Case1.NOW.plusSeconds(60),
        "known",
        new Person("T0TEAM", "U0ANA", "ana"));
  }

  private static Telling telling() {
    return Telling.of(Cases.CHECK, "ana", Cases.UTC, Case1.NOW);
  }

  /** The first case with findings of other roles. */
  private static Diagnosis with(Diagnosis d, Verdict verdict, List<Finding> findings) {
    return new Diagnosis(
        d.target(),
        d.client(),
        d.at(),
        verdict,
        d.share(),
        d.since(),
        d.headline(),
        d.path(),
        d.hops(),
        findings,
        d.changes(),
        d.ruledOut(),
        d.notChecked(),
        d.checks());
  }

  private static Reply.Answered only(Verdict verdict, Role role) {
    Diagnosis d = Case1.reply("shop.example.com").worst();
    Finding f = d.findings().getFirst();
    Finding as =
        new Finding(
            f.id(),
            role,
            f.severity(),
            f.confidence(),
            f.cluster(),
            f.subject(),
            f.fieldPath(),
            f.summary(),
            f.ofSeveral(),
            f.impact(),
            f.share(),
            f.since(),
            f.evidence(),
            f.explains());
    return new Reply.Answered(List.of(with(d, verdict, List.of(as))));
  }

  @ParameterizedTest
  @EnumSource(Cases.class)
  void whatTheHeadlineNamesIsAllThatHasToBeMuted(Cases shipped) {
    Reply.Answered answered = shipped.answer();
    SameCause named = Alarm.of(answered.worst()).first().orElseThrow();
    assertThat(Seen.of(HeadlineBlocks.answered(answered, telling()))).contains(named.headline());
    assertThat(of(named).silencing(answered)).hasSize(1);
    assertThat(Mutes.NONE.silencing(answered)).isEmpty();
  }

  @Test
  void ofSeveralObjectsEachIsMuted() {
    Reply.Answered answered = Cases.CASE_4.answer();
    SameCause nodes = Alarm.of(answered.worst()).first().orElseThrow();
    assertThat(nodes.findings()).hasSize(3);
    SameCause one = new SameCause(List.of(nodes.first()));
    assertThat(of(one).silencing(answered)).isEmpty();
    assertThat(of(one).of(nodes)).isEmpty();
  }

  @Test
  void aPartOfTheCauseAndARiskCanBeMuted() {
    for (Reply.Answered answered :
        List.of(only(Verdict.DEGRADED, Role.CONTRIBUTING), only(Verdict.AT_RISK, Role.RISK))) {
      assertThat(Seen.of(HeadlineBlocks.answered(answered, telling()))).contains("[Mute\u2026]");
      assertThat(of(Alarm.of(answered.worst()).first().orElseThrow()).silencing(answered))
          .hasSize(1);
    }
  }

  @Test
  void whereNoCauseIsKnownThereIsNothingToMute() {
    for (Reply.Answered answered :
        List.of(only(Verdict.DEGRADED, Role.SYMPTOM), only(Verdict.UNKNOWN, Role.RISK))) {
      assertThat(Seen.of(HeadlineBlocks.answered(answered, telling()))).doesNotContain("Mute");
      SameCause same = SameCause.of(answered.worst().findings()).getFirst();
      assertThat(of(same).silencing(answered)).isEmpty();
    }
  }

  @Test
  void aSymptomThatTheMutedCauseDoesNotExplainIsToldLoud() {
    Diagnosis d = Case1.reply("shop.example.com").worst();
    Finding cause = d.findings().getFirst();
    List<Finding> more = new ArrayList<>(d.findings());
    more.add(
        Cases.CASE_3.answer().worst().findings().stream()
            .filter(f -> f.role() == Role.SYMPTOM)
            .findFirst()
            .orElseThrow());
    Reply.Answered answered = new Reply.Answered(List.of(with(d, Verdict.DEGRADED, more)));
    assertThat(of(SameCause.of(cause, d.findings())).silencing(answered)).isEmpty();
  }

  @Test
  void anotherClusterThatFailsIsNotHidden() {
    Reply.Answered all =
        (Reply.Answered)
            new Answering(Case1.collector())
                .answer(
                    new Question(
                        "shop.example.com", List.of("all"), Optional.empty(), Optional.empty()));
    Diagnosis east = all.worst();
    SameCause named = Alarm.of(east).first().orElseThrow();
    assertThat(of(named).silencing(all)).hasSize(1);

    Diagnosis other = Cases.CASE_3.answer().worst();
    List<Diagnosis> both = new ArrayList<>(all.diagnoses());
    both.add(other);
    Reply.Answered failing = new Reply.Answered(both);
    SameCause second = Alarm.of(other).first().orElseThrow();
    assertThat(of(named).silencing(failing)).isEmpty();
    assertThat(of(second).silencing(failing)).isEmpty();
    assertThat(of(named, second).silencing(failing)).hasSize(1);
    assertThat(
            Seen.of(HeadlineBlocks.muted(failing, of(named, second).silencing(failing), telling())))
        .contains("Cluster west: could not be asked");
  }
}
