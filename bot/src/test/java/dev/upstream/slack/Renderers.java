package dev.upstream.slack;

import dev.upstream.answer.Question;
import dev.upstream.answer.Reply;
import dev.upstream.conversation.Asker;
import dev.upstream.conversation.Person;
import dev.upstream.conversation.Place;
import dev.upstream.conversation.Run;
import dev.upstream.diagnosis.SameCause;
import dev.upstream.policy.Policy;
import dev.upstream.policy.Rights;
import dev.upstream.report.JsonReport;
import dev.upstream.snapshot.LogExcerpt;
import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** Everything that makes words for Slack, by the name of its method, fed with hostile text. */
final class Renderers {
  /** What leaves, or what a renderer made of it. */
  sealed interface Piece {
    record Said(Message message) implements Piece {}

    record Asked(Modal modal) implements Piece {}

    record Shared(Attachment file) implements Piece {}

    record Offered(Suggestions suggestions) implements Piece {}

    record Errors(Map<Action, String> errors) implements Piece {}
  }

  private static final Span.Link LINK =
      new Span.Link(
          URI.create("https://acme.slack.com/archives/C0INCIDENTS/p1763719740000100"), "here");
  private static final Instant NOW = Case1.NOW;
  private static final Handle CHECK = Cases.CHECK;
  private static final JsonReport.Timing TIMING = new JsonReport.Timing(1, 1);

  static final Map<String, Function<Hostile, Stream<Piece>>> ALL = all();

  /** Those that say the same whatever happens: once is enough. */
  static final Set<String> FIXED =
      Set.of(
          "FeedbackBlocks.asking",
          "NoteBlocks.gone",
          "NoteBlocks.tooMany",
          "NoteBlocks.thanks",
          "HelpBlocks.of",
          "MuteModal.loading");

  private Renderers() {}

  private static Map<String, Function<Hostile, Stream<Piece>>> all() {
    Map<String, Function<Hostile, Stream<Piece>>> all = new LinkedHashMap<>();
    answers(all);
    ends(all);
    notes(all);
    modals(all);
    return all;
  }

  private static void answers(Map<String, Function<Hostile, Stream<Piece>>> all) {
    all.put("HeadlineBlocks.answered", h -> say(HeadlineBlocks.answered(answer(h), telling(h))));
    all.put(
        "HeadlineBlocks.rechecked",
        h -> say(HeadlineBlocks.rechecked(answer(h), before(h), telling(h))));
    all.put(
        "HeadlineBlocks.muted",
        h -> say(HeadlineBlocks.muted(answer(h), List.of(mute(h), mute(h)), telling(h))));
    all.put(
        "ThreadBlocks.of",
        h -> ThreadBlocks.of(answer(h), telling(h)).stream().map(Piece.Said::new));
    all.put(
        "FindingBlocks.of",
        h ->
            say(
                FindingBlocks.of(
                    h.text(),
                    SameCause.of(h.finding(), List.of()),
                    h.number(),
                    h.number(),
                    times(),
                    CHECK)));
    all.put(
        "LookedBlocks.of", h -> say(LookedBlocks.of(h.diagnosis(), h.diagnosis().notChecked())));
    all.put(
        "ThreadBlocks.again",
        h -> say(ThreadBlocks.again(answer(h), before(h), h.either(), telling(h))));
    all.put("PathBlocks.of", h -> say(PathBlocks.of(h.diagnosis())));
    all.put("FindingBlocks.muted", h -> say(FindingBlocks.muted(same(h), mute(h), times(), CHECK)));
    all.put("FeedbackBlocks.asking", h -> say(FeedbackBlocks.asking(CHECK)));
    all.put("FeedbackBlocks.told", h -> say(FeedbackBlocks.told(CHECK, h.number(), h.number())));
    all.put(
        "EvidenceFile.of",
        h -> Stream.of(new Piece.Shared(EvidenceFile.of(answer(h), logs(h), telling(h)))));
    all.put("JsonFile.of", h -> Stream.of(new Piece.Shared(JsonFile.of(answer(h), TIMING))));
    all.put("PageBlocks.of", h -> say(PageBlocks.of(h.text(), page(h))));
  }

  private static void ends(Map<String, Function<Hostile, Stream<Piece>>> all) {
    all.put("ProgressBlocks.looking", h -> say(ProgressBlocks.looking(looking(h), Cases.UTC, NOW)));
    all.put(
        "EndBlocks.failed",
        h ->
            say(
                EndBlocks.failed(
                    h.any(EndBlocks.Failure.class),
                    h.text(),
                    h.text(),
                    h.text(),
                    CHECK,
                    h.either() ? Optional.of(before(h)) : Optional.empty(),
                    times())));
    all.put(
        "EndBlocks.refused",
        h ->
            say(
                EndBlocks.refused(
                    h.either() ? Optional.of(h.text()) : Optional.empty(),
                    h.text(),
                    h.text(),
                    CHECK,
                    before(h),
                    times())));
  }

  private static void notes(Map<String, Function<Hostile, Stream<Piece>>> all) {
    all.put("NoteBlocks.sentence", h -> say(NoteBlocks.sentence(h.text())));
    all.put("NoteBlocks.refusedBySlack", h -> say(NoteBlocks.refusedBySlack(h.text())));
    all.put(
        "Again.late",
        h ->
            say(
                Again.late(
                    Run.of(
                        "r",
                        new Asker(
                            new Person("T1", "U1", h.text()),
                            Place.of("T1", "C1"),
                            Optional.empty()),
                        Question.about(h.text()),
                        NOW))));
    all.put("NoteBlocks.invite", h -> say(NoteBlocks.invite(h.text())));
    all.put(
        "NoteBlocks.joined",
        h ->
            say(
                NoteBlocks.joined(
                    h.text(), h.text(), Optional.of(new Span.Link(LINK.address(), h.text())))));
    all.put("NoteBlocks.gone", h -> say(NoteBlocks.gone()));
    all.put("NoteBlocks.tooMany", h -> say(NoteBlocks.tooMany()));
    all.put("NoteBlocks.muted", h -> say(NoteBlocks.muted(mute(h), times())));
    all.put("NoteBlocks.mutes", h -> say(NoteBlocks.mutes(same(h), mute(h), times(), h.either())));
    all.put("NoteBlocks.thanks", h -> say(NoteBlocks.thanks(h.either())));
    all.put("HelpBlocks.of", h -> say(HelpBlocks.of()));
    all.put(
        "StatusBlocks.of",
        h ->
            say(
                StatusBlocks.of(
                    h.some(3, 60, () -> cluster(h)), h.text(), Cases.UTC, h.time(), NOW)));
    all.put(
        "PolicyTestBlocks.of",
        h ->
            say(
                PolicyTestBlocks.of(
                    new Command.PolicyTest(h.text(), h.text(), h.some(1, 2, h::text)),
                    h.text(),
                    new Policy(List.of(Rights.rule(3, h.text(), "shop", "@sre"))),
                    Optional.of(Rights.member(h.text(), "@sre")),
                    Optional.of(Rights.member(h.text(), "@sre")),
                    h.some(1, 40, h::text))));
    all.put(
        "CommandParser.parse",
        h ->
            Stream.of(h.text(), "check " + h.text(), "policy test " + h.text())
                .flatMap(t -> wrong(CommandParser.parse(t))));
    all.put(
        "PolicyWords.parse",
        h ->
            Stream.of("test " + h.text() + " read shop", "test U012AB3CD read " + h.text())
                .flatMap(t -> wrong(PolicyWords.parse("policy " + t))));
    all.put("PastedMessage.question", h -> pasted(h).map(Renderers::asked).orElse(Stream.empty()));
    all.put(
        "CommandParser.mentioned",
        h -> wrong(CommandParser.mentioned("<@U1> " + h.text(), Optional.of("U1"))));
  }

  private static void modals(Map<String, Function<Hostile, Stream<Piece>>> all) {
    all.put("CheckModal.of", h -> ask(CheckModal.of(entries(h), "m1")));
    all.put("MuteModal.loading", h -> ask(MuteModal.loading()));
    all.put("CheckModal.sorry", h -> ask(CheckModal.sorry(h.text())));
    all.put(
        "CheckModal.read",
        h ->
            switch (CheckModal.read(entries(h))) {
              case CheckModal.Outcome.Wrong w -> Stream.of(new Piece.Errors(w.errors()));
              case CheckModal.Outcome.Asked a -> Stream.empty();
            });
    all.put(
        "MuteModal.of",
        h -> {
          SameCause same = same(h);
          return ask(MuteModal.of(same, CHECK.finding(same.first()), Cases.UTC, NOW));
        });
    all.put(
        "MuteModal.read",
        h ->
            switch (MuteModal.read(h.text(), h.text(), NOW, Cases.UTC)) {
              case MuteModal.Outcome.Wrong w -> Stream.of(new Piece.Errors(w.errors()));
              case MuteModal.Outcome.Muted m ->
                  say(NoteBlocks.muted(new MuteNote(h.text(), m.until(), m.reason()), times()));
            });
    all.put(
        "Suggestions.of",
        h ->
            Stream.of(
                new Piece.Offered(
                    Suggestions.of(
                        Stream.concat(
                                h.some(5, 300, h::text).stream(),
                                h.some(5, 300, () -> "shop/web-" + h.number()).stream())
                            .toList(),
                        h.either() ? "" : h.text()))));
  }

  /** What a message is taken for, wherever its words stand. */
  private static Optional<Question> pasted(Hostile h) {
    com.slack.api.model.Message message = new com.slack.api.model.Message();
    message.setText(h.text());
    message.setAttachments(
        List.of(
            com.slack.api.model.Attachment.builder()
                .pretext(h.text())
                .title(h.text())
                .text("host: " + h.text() + "\nnamespace=shop, service=" + h.text())
                .build()));
    return PastedMessage.question(message);
  }

  private static Stream<Piece> asked(Question question) {
    return say(
        ProgressBlocks.looking(
            new ProgressBlocks.Looking(
                question.target(),
                question.target(),
                question.clusters(),
                List.of(),
                ProgressBlocks.Stage.ASKING,
                NOW),
            Cases.UTC,
            NOW));
  }

  private static Stream<Piece> say(Message message) {
    return Stream.of(new Piece.Said(message));
  }

  private static Stream<Piece> ask(Modal modal) {
    return Stream.of(new Piece.Asked(modal));
  }

  private static Stream<Piece> wrong(Command command) {
    return command instanceof Command.Wrong w
        ? say(NoteBlocks.sentence(w.sentence()))
        : Stream.empty();
  }

  private static Reply.Answered answer(Hostile h) {
    return h.answer();
  }

  private static Before before(Hostile h) {
    return new Before(
        h.any(dev.upstream.diagnosis.Verdict.class),
        h.share(),
        h.either() ? Optional.of(h.text()) : Optional.empty(),
        h.time());
  }

  private static Telling telling(Hostile h) {
    return new Telling(
        CHECK,
        h.text(),
        Cases.UTC,
        h.either() ? NOW : NOW.plusSeconds(90_000),
        h.either() ? Optional.of(h.text()) : Optional.empty());
  }

  private static Times times() {
    return new Times(Cases.UTC, NOW);
  }

  private static MuteNote mute(Hostile h) {
    return new MuteNote(h.text(), NOW.plusSeconds(h.number()), h.text());
  }

  private static List<EvidenceFile.Log> logs(Hostile h) {
    return h.some(
        2,
        4,
        () ->
            new EvidenceFile.Log(
                h.text(),
                new LogExcerpt(
                    h.text(), h.text(), h.text(), h.either(), h.some(3, 60, h::text), false)));
  }

  /** A page is read line by line; only its fences hold several that belong together. */
  private static String page(Hostile h) {
    return """
    # %s
    %s
    ## %s
    - %s
    1. `%s` %s **%s** [%s](%s)
    ```
    %s
    ```
    | a | b |
    |---|---|
    | %s | x |
    """
        .formatted(
            line(h), line(h), line(h), line(h), line(h), line(h), line(h), line(h), line(h),
            h.text(), line(h));
  }

  private static SameCause same(Hostile h) {
    return new SameCause(List.of(h.finding(), h.finding()));
  }

  private static String line(Hostile h) {
    return h.text().replaceAll("\\R", " ");
  }

  private static ProgressBlocks.Looking looking(Hostile h) {
    return new ProgressBlocks.Looking(
        h.text(),
        h.text(),
        h.some(3, 40, h::text),
        h.some(3, 40, h::text),
        h.any(ProgressBlocks.Stage.class),
        h.time());
  }

  private static StatusBlocks.Cluster cluster(Hostile h) {
    StatusBlocks.Reach reach =
        switch (h.number() % 4) {
          case 0 ->
              new StatusBlocks.Reach.Reached(
                  Optional.of(h.text()), h.some(2, 10, h::text), Optional.of(h.text()));
          case 1 -> new StatusBlocks.Reach.Recorded(h.time(), Optional.of(h.text()));
          case 2 -> new StatusBlocks.Reach.Closed(h.text());
          default -> new StatusBlocks.Reach.Unreached(h.text());
        };
    return new StatusBlocks.Cluster(h.text(), h.either(), reach, h.some(2, 30, h::text));
  }

  private static CheckModal.Entries entries(Hostile h) {
    return new CheckModal.Entries(
        h.either() ? Optional.of(h.text()) : Optional.empty(),
        h.either() ? Optional.of(h.text()) : Optional.empty(),
        h.either() ? Optional.of(h.text()) : Optional.empty(),
        h.maybe(),
        h.maybe());
  }
}
