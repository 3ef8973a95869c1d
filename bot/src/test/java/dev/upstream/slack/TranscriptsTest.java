package dev.upstream.slack;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import dev.upstream.answer.Reply;
import dev.upstream.diagnosis.Diagnosis;
import dev.upstream.diagnosis.Finding;
import dev.upstream.diagnosis.Headline;
import dev.upstream.diagnosis.Percent;
import dev.upstream.diagnosis.SameCause;
import dev.upstream.diagnosis.Verdict;
import dev.upstream.report.JsonReport;
import dev.upstream.report.Pages;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every message in every state, as a person reads it. */
class TranscriptsTest {
  private static final Instant NOW = Case1.NOW;
  private static final Span.Link LINK =
      new Span.Link(
          URI.create("https://acme.slack.com/archives/C0INCIDENTS/p1763719740000100"),
          "in this message");
  private static final MuteNote MUTE =
      new MuteNote("ana", NOW.plus(Duration.ofHours(4)), "known, the rollback is on its way");

  private final StringBuilder out = new StringBuilder();

  private void add(String when, String shown) {
    out.append("#### ").append(when).append("\n\n").append(shown.strip()).append("\n\n\n");
  }

  private void add(String when, Message message) {
    add(when, Seen.withNotification(message));
  }

  @ParameterizedTest
  @EnumSource(Cases.class)
  void theFourCases(Cases shipped) {
    Reply.Answered answered = shipped.answer();
    Telling telling = Cases.telling(answered);
    add("headline", HeadlineBlocks.answered(answered, telling));
    List<Message> thread = ThreadBlocks.of(answered, telling);
    for (int i = 0; i < thread.size(); i++) {
      add("thread " + (i + 1), thread.get(i));
    }
    Diagnosis d = answered.worst();
    Before worked = new Before(Verdict.HEALTHY, Optional.of(0d), Optional.empty(), d.at());
    add(
        "headline, re-checked after it had worked 15 minutes before",
        HeadlineBlocks.rechecked(
            answered,
            new Before(
                worked.verdict(),
                worked.share(),
                worked.cause(),
                d.at().minus(Duration.ofMinutes(15))),
            telling));
    add(
        "headline, muted",
        HeadlineBlocks.muted(
            answered,
            List.of(new MuteNote("ben", d.at().plus(Duration.ofHours(1)), "known")),
            telling));
    Finding first = d.findings().getFirst();
    add("Explain", PageBlocks.of(first.id(), Pages.of(first.id()).orElseThrow()));
    Golden.assertSame(shipped.folder + ".txt", out.toString());
    Golden.assertSame(
        shipped.folder + "-evidence.txt",
        Seen.of(EvidenceFile.of(answered, shipped.logs(), telling)));
  }

  @Test
  void jsonIsTheDocumentOfTheCommandLine() {
    Reply.Answered answered = Cases.CASE_1.answer();
    JsonReport.Timing timing = new JsonReport.Timing(12, 3);
    Attachment file = JsonFile.of(answered, timing);
    assertThat(file.name()).isEqualTo("diagnosis-case1.example.com-20261121T145618Z.json");
    String shown = Seen.of(file);
    assertThat(JsonParser.parseString(shown.substring(shown.indexOf('\n'))))
        .isEqualTo(JsonParser.parseString(JsonReport.of(answered, timing)));
  }

  @Test
  void shares() {
    for (double share : new double[] {1, 0.95, 0.5, 0.3, 0.05, 0.01, 0.004}) {
      add("share " + share, HeadlineBlocks.answered(failing(share), at(NOW)));
    }
    add("share not known", HeadlineBlocks.answered(failing(Optional.empty()), at(NOW)));
    for (Verdict verdict : List.of(Verdict.UNKNOWN, Verdict.AT_RISK, Verdict.HEALTHY)) {
      add(verdict.word(), HeadlineBlocks.answered(quiet(verdict), at(NOW)));
    }
    Golden.assertSame("shares.txt", out.toString());
  }

  @Test
  void rechecks() {
    Reply.Answered bad = Case1.reply("shop.example.com");
    Instant then = NOW.minus(Duration.ofMinutes(15));
    Before failed = new Before(Verdict.DEGRADED, Optional.of(0.95), Before.of(bad).cause(), then);
    Map<String, Reply.Answered> now = new java.util.LinkedHashMap<>();
    now.put("fixed", quiet(Verdict.HEALTHY));
    now.put("the same", bad);
    now.put("worse, 100 %", failing(1));
    now.put("better, 5 %", failing(0.05));
    now.put("not seen any more", quiet(Verdict.UNKNOWN));
    now.forEach((what, answer) -> add(what, HeadlineBlocks.rechecked(answer, failed, at(NOW))));
    add(
        "another cause",
        HeadlineBlocks.rechecked(
            bad, new Before(Verdict.DEGRADED, Optional.of(0.95), Optional.of("x"), then), at(NOW)));
    add("in the thread, better", ThreadBlocks.again(failing(0.05), failed, false, at(NOW)));
    add(
        "in the thread, before the findings of another cause",
        ThreadBlocks.again(bad, failed, true, at(NOW)));
    Reply.Answered lost = noCause();
    add("the cause is not found any more", HeadlineBlocks.rechecked(lost, failed, at(NOW)));
    add(
        "known at last",
        HeadlineBlocks.rechecked(
            bad, new Before(Verdict.UNKNOWN, Optional.empty(), Optional.empty(), then), at(NOW)));
    Golden.assertSame("rechecks.txt", out.toString());
  }

  @Test
  void severalClusters() {
    Reply.Answered all =
        (Reply.Answered)
            new dev.upstream.answer.Answering(Case1.collector())
                .answer(
                    new dev.upstream.answer.Question(
                        "shop.example.com", List.of("all"), Optional.empty(), Optional.empty()));
    List<Diagnosis> three = new ArrayList<>(all.diagnoses());
    three.add(quiet(Verdict.HEALTHY).worst());
    Reply.Answered answered = new Reply.Answered(three);
    add("on all", HeadlineBlocks.answered(answered, at(NOW)));
    Reply.Other nothing =
        new Reply.Other("south", new Reply.Refused("nothing of that name is here"));
    add(
        "on all, where one does not have it",
        HeadlineBlocks.answered(answered.beside(List.of(nothing)), at(NOW)));
    Reply.Answered fine =
        new Reply.Answered(Stream.generate(() -> quiet(Verdict.HEALTHY).worst()).limit(3).toList());
    add("on all, where all works", HeadlineBlocks.answered(fine, at(NOW)));
    add("on all, muted", HeadlineBlocks.muted(answered, List.of(MUTE), at(NOW)));
    List<Message> thread = ThreadBlocks.of(answered, at(NOW));
    add("thread, the last but one", thread.get(thread.size() - 2));
    Golden.assertSame("several-clusters.txt", out.toString());
  }

  @Test
  void otherStates() {
    ProgressBlocks.Looking looking =
        new ProgressBlocks.Looking(
            "shop.example.com",
            "ana",
            List.of("east", "west"),
            List.of(),
            ProgressBlocks.Stage.ASKING,
            NOW);
    add("looking", ProgressBlocks.looking(looking, Cases.UTC, NOW));
    add("8 seconds later", ProgressBlocks.looking(read(looking), Cases.UTC, NOW.plusSeconds(8)));
    add(
        "waiting",
        ProgressBlocks.looking(staged(looking, ProgressBlocks.Stage.WAITING), Cases.UTC, NOW));
    add(
        "begun again",
        ProgressBlocks.looking(
            staged(looking, ProgressBlocks.Stage.AGAIN), Cases.UTC, NOW.plusSeconds(31)));
    Times times = new Times(Cases.UTC, NOW);
    Before last =
        new Before(
            Verdict.DEGRADED,
            Optional.of(0.95),
            Optional.of("x"),
            NOW.minus(Duration.ofMinutes(15)));
    for (EndBlocks.Failure failure : EndBlocks.Failure.values()) {
      for (Optional<Before> before : List.of(Optional.<Before>empty(), Optional.of(last))) {
        add(
            "failed: " + failure + (before.isPresent() ? " when looked at again" : ""),
            EndBlocks.failed(
                failure, "shop.example.com", "ana", "1a2b3c4d", Cases.CHECK, before, times));
      }
    }
    add(
        "looked at again, and it is gone",
        EndBlocks.refused(
            Optional.of("Nothing here is named \"shpo/web\" (looked in east). Near: shop/web."),
            "shpo/web",
            "ana",
            Cases.CHECK,
            last,
            times));
    add(
        "looked at again for somebody who may not see it",
        EndBlocks.refused(Optional.empty(), "shop/web", "bob", Cases.CHECK, last, times));
    add(
        "a finding, muted",
        FindingBlocks.muted(
            cause(Case1.reply("shop.example.com")), MUTE, new Times(Cases.UTC, NOW), Cases.CHECK));
    add("asked how useful, later", FeedbackBlocks.told(Cases.CHECK, 2, 1));
    Golden.assertSame("other-states.txt", out.toString());
  }

  @Test
  void notesForOnePerson() {
    add("invite", NoteBlocks.invite("upstream"));
    add("joined", NoteBlocks.joined("shop.example.com", "ana", Optional.of(LINK)));
    add("gone", NoteBlocks.gone());
    add("too many", NoteBlocks.tooMany());
    add("muted", NoteBlocks.muted(MUTE, new Times(Cases.UTC, NOW)));
    SameCause cause = cause(Case1.reply("shop.example.com"));
    Times times = new Times(Cases.UTC, NOW);
    add("muted by who reads it", NoteBlocks.mutes(cause, MUTE, times, true));
    add("muted, and something else is wrong", NoteBlocks.mutes(cause, MUTE, times, false));
    add("thanks", NoteBlocks.thanks(true));
    add("thanks, not useful", NoteBlocks.thanks(false));
    add("help", HelpBlocks.of());
    add("status", StatusBlocks.of(clusters(), "0.4.0", Cases.UTC, NOW.minusSeconds(4), NOW));
    Golden.assertSame("notes.txt", out.toString());
  }

  @Test
  void modals() {
    add("loading", Seen.of(MuteModal.loading()));
    add("check", Seen.of(CheckModal.of(CheckModal.Entries.about(""), "m1")));
    PastedMessage.Unclear nothing = PastedMessage.unclear(new com.slack.api.model.Message());
    add(
        "check for a message that says nothing",
        Seen.of(CheckModal.of(CheckModal.Entries.about(""), "m1", nothing.why())));
    add(
        "check, from a message",
        Seen.of(
            CheckModal.of(
                new CheckModal.Entries(
                    Optional.of("east"),
                    Optional.of("shop"),
                    Optional.of("shop/web"),
                    "",
                    "checkout/api"),
                "m1")));
    for (Reply.Answered answered :
        List.of(Case1.reply("shop.example.com"), Cases.CASE_4.answer())) {
      SameCause cause = cause(answered);
      Handle handle = Cases.CHECK.finding(cause.first());
      add("mute", Seen.of(MuteModal.of(cause, handle, Cases.UTC, NOW)));
    }
    Golden.assertSame("modals.txt", out.toString());
  }

  private static SameCause cause(Reply.Answered answered) {
    List<Finding> findings = answered.worst().findings();
    return SameCause.of(findings.getFirst(), findings);
  }

  private static List<StatusBlocks.Cluster> clusters() {
    return List.of(
        new StatusBlocks.Cluster(
            "east",
            true,
            new StatusBlocks.Reach.Reached(
                Optional.of("v1.33.2"), List.of("1.27.1"), Optional.empty()),
            List.of("list pods in payments", "get configmaps in kube-system")),
        new StatusBlocks.Cluster(
            "north",
            false,
            new StatusBlocks.Reach.Reached(
                Optional.of("v1.34.0"),
                List.of(),
                Optional.of("Istiods were not looked at: no answer in 5 s.")),
            List.of()),
        new StatusBlocks.Cluster(
            "west",
            false,
            new StatusBlocks.Reach.Unreached(
                "no answer from its API server in 5 s. See whether it runs and whether Upstream's"
                    + " network leads there"),
            List.of()),
        new StatusBlocks.Cluster(
            "south",
            false,
            new StatusBlocks.Reach.Closed(
                "The credential expired at 2026-11-21T09:00:00Z. Give Upstream a new one."),
            List.of()),
        new StatusBlocks.Cluster(
            "recorded",
            false,
            new StatusBlocks.Reach.Recorded(NOW.minusSeconds(90_000), Optional.empty()),
            List.of()),
        new StatusBlocks.Cluster(
            "empty",
            false,
            new StatusBlocks.Reach.Recorded(
                NOW.minusSeconds(90_000),
                Optional.of("The recording holds no object of this cluster.")),
            List.of()));
  }

  private static ProgressBlocks.Looking read(ProgressBlocks.Looking l) {
    return new ProgressBlocks.Looking(
        l.target(), l.asker(), l.clusters(), List.of("east"), l.stage(), l.asked());
  }

  private static ProgressBlocks.Looking staged(
      ProgressBlocks.Looking l, ProgressBlocks.Stage stage) {
    return new ProgressBlocks.Looking(
        l.target(), l.asker(), l.clusters(), l.answered(), stage, l.asked());
  }

  private static Telling at(Instant now) {
    return Telling.of(Cases.CHECK, "ana", Cases.UTC, now.plusSeconds(2));
  }

  private static Reply.Answered failing(double share) {
    return failing(Optional.of(share));
  }

  private static Reply.Answered failing(Optional<Double> share) {
    Diagnosis d = Case1.reply("shop.example.com").worst();
    Verdict verdict = share.map(s -> s >= 0.995).orElse(false) ? Verdict.BROKEN : Verdict.DEGRADED;
    String who = share.map(s -> Percent.of(s) + " of requests").orElse("Some requests");
    return new Reply.Answered(
        List.of(
            new Diagnosis(
                d.target(),
                d.client(),
                d.at(),
                verdict,
                share,
                d.since(),
                Headline.of(
                    who + " to shop.example.com fail with 503", d.findings().getFirst().summary()),
                d.path(),
                d.hops(),
                d.findings(),
                d.changes(),
                d.ruledOut(),
                d.notChecked(),
                d.checks())));
  }

  private static Reply.Answered noCause() {
    Diagnosis d = failing(0.95).worst();
    return new Reply.Answered(
        List.of(
            new Diagnosis(
                d.target(),
                d.client(),
                d.at(),
                d.verdict(),
                d.share(),
                d.since(),
                Headline.of("95 % of requests to shop.example.com fail with 503", "")
                    .open("The cause was not found."),
                d.path(),
                d.hops(),
                List.of(),
                d.changes(),
                d.ruledOut(),
                d.notChecked(),
                d.checks())));
  }

  private static Reply.Answered quiet(Verdict verdict) {
    Headline headline =
        switch (verdict) {
          case BROKEN, DEGRADED -> throw new IllegalArgumentException();
          case UNKNOWN ->
              Headline.of(
                  "Nothing failing was seen for shop.example.com, but not everything could be"
                      + " checked",
                  "pods in shop in cluster north (Upstream may not list pods in shop).");
          case AT_RISK ->
              Headline.of(
                  "Requests to shop.example.com are served now, but there is a risk",
                  "Deployment shop/web has no readiness probe.");
          case HEALTHY ->
              Headline.of("Requests to shop.example.com are served; nothing wrong was found", "");
        };
    return new Reply.Answered(
        List.of(
            new Diagnosis(
                "shop.example.com",
                "edge",
                NOW,
                verdict,
                verdict == Verdict.UNKNOWN ? Optional.empty() : Optional.of(0d),
                Optional.empty(),
                headline,
                Optional.empty(),
                List.of(
                    new Diagnosis.HopState(
                        new dev.upstream.path.Hop(
                            "north",
                            new dev.upstream.snapshot.ObjectRef("v1", "Service", "shop", "web"),
                            "",
                            1),
                        Diagnosis.State.OK)),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of())));
  }
}
