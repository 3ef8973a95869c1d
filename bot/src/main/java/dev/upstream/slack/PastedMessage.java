package dev.upstream.slack;

import com.slack.api.model.Message;
import dev.upstream.answer.Question;
import dev.upstream.snapshot.LogRedaction;
import dev.upstream.target.TargetParser;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds what a message is about: a pasted line of a log, an alert with its labels, or a link. Of a
 * message the first line that names something counts; the links of an alert lead elsewhere.
 */
final class PastedMessage {
  private static final int LONGEST = 20_000;

  /** As Slack delivers what it takes for a link. */
  private static final Pattern BRACKETED =
      Pattern.compile("<https?://[^|<>\\s]{1,2000}(?:\\|[^<>]{0,2000})?>");

  /** What Slack left alone, such as one in a block of code. */
  private static final Pattern BARE = Pattern.compile("https?://[^\\s<>|`\"]{1,2000}");

  private static final String BEHIND_A_LINK = ".,;:)]}\"'!?*_~";

  private PastedMessage() {}

  /**
   * A message that does not say what is broken.
   *
   * @param why a sentence
   * @param namespace where it is, as far as labels say it
   */
  record Unclear(String why, Optional<String> namespace) {}

  static Optional<Question> question(Message message) {
    return question(MessageWords.of(message));
  }

  static Unclear unclear(Message message) {
    String text = SlackWords.typed(cut(MessageWords.of(message)));
    return new Unclear(
        text.lines()
            .flatMap(l -> TargetParser.trouble(bare(l)).stream())
            .findFirst()
            .orElse(
                "I found nothing in that message that I could check: no link or host, no line of a"
                    + " log, no labels of a Service or a pod. Say it here."),
        labels(text).namespace());
  }

  static Optional<Question> question(String delivered) {
    String text = SlackWords.typed(cut(delivered));
    List<String> lines = text.lines().map(PastedMessage::bare).filter(l -> !l.isEmpty()).toList();
    boolean alert = AlertLabels.alert(delivered);
    return Stream.concat(lines.stream(), Stream.of(text)) // a line may have been broken
        .filter(l -> TargetParser.line(l).isPresent())
        .findFirst()
        .map(Question::about)
        .or(() -> labelled(text))
        .or(() -> alert ? Optional.empty() : linked(cut(delivered)))
        .or(
            () ->
                !alert && lines.size() == 1 && TargetParser.parse(lines.getFirst()).isPresent()
                    ? Optional.of(Question.about(lines.getFirst()))
                    : Optional.empty());
  }

  private static String cut(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
  }

  private static String bare(String line) {
    return line.strip().replaceAll("^`{1,3}|`{1,3}$", "").strip();
  }

  private static Optional<Question> linked(String delivered) {
    return Stream.concat(
            BRACKETED.matcher(delivered).results().map(m -> SlackWords.typed(m.group())),
            BARE.matcher(SlackWords.typed(delivered)).results().map(m -> ended(m.group())))
        .filter(link -> TargetParser.parse(link).isPresent())
        .findFirst()
        .map(Question::about);
  }

  /** Without the signs of the sentence that it stands in. */
  private static String ended(String link) {
    int end = link.length();
    while (BEHIND_A_LINK.indexOf(link.charAt(end - 1)) >= 0) {
      end--;
    }
    return link.substring(0, end);
  }

  private static Optional<Question> labelled(String text) {
    return labels(text).target().map(Question::about);
  }

  /**
   * A link holds labels of its own, such as those that a dashboard begins with. Credentials go
   * before it does: without what a link takes along nobody would know them for what they are.
   */
  private static AlertLabels labels(String text) {
    return AlertLabels.in(BARE.matcher(LogRedaction.mask(text)).replaceAll(""));
  }
}
