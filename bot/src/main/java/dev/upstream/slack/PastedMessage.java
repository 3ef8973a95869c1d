package dev.upstream.slack;

import com.slack.api.model.Attachment;
import com.slack.api.model.Message;
import dev.upstream.answer.Question;
import dev.upstream.target.Target;
import dev.upstream.target.TargetParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds what a message is about: a pasted line of a log, an alert with its labels, or a link. Of a
 * message the first line that names something counts.
 */
final class PastedMessage {
  private static final int LONGEST = 20_000;

  /** As Slack delivers what it takes for a link. */
  private static final Pattern BRACKETED =
      Pattern.compile("<https?://[^|<>\\s]{1,2000}(?:\\|[^<>]{0,2000})?>");

  /** What Slack left alone, such as one in a block of code. */
  private static final Pattern BARE = Pattern.compile("https?://[^\\s<>|`\"]{1,2000}");

  private static final String BEHIND_A_LINK = ".,;:)]}\"'!?*_~";

  /** Alertmanager's labels, as templates write them: name = value, name: value, name="value". */
  private static final Pattern LABEL =
      Pattern.compile(
          "\\b(namespace|exported_namespace|destination_service|destination_service_name"
              + "|destination_service_namespace|service|exported_service|ingress|host|pod)"
              + "\\b[`*\"]{0,3} {0,3}[=:][ `*\"]{0,6}([A-Za-z0-9][A-Za-z0-9.-]{0,252})");

  private PastedMessage() {}

  /** All that stands in a message: alerts say it in attachments, with an empty text. */
  static String words(Message message) {
    List<String> words = new ArrayList<>();
    words.add(message.getText());
    Optional.ofNullable(message.getAttachments()).orElse(List.of()).forEach(a -> add(a, words));
    return words.stream().filter(Objects::nonNull).collect(Collectors.joining("\n"));
  }

  private static void add(Attachment attachment, List<String> words) {
    words.add(attachment.getPretext());
    words.add(attachment.getTitle());
    words.add(attachment.getText());
    Optional.ofNullable(attachment.getFields())
        .orElse(List.of())
        .forEach(f -> words.add(f.getTitle() + ": " + f.getValue()));
  }

  static Optional<Question> question(String delivered) {
    String text = SlackWords.typed(cut(delivered));
    List<String> lines = text.lines().map(PastedMessage::bare).filter(l -> !l.isEmpty()).toList();
    return lines.stream()
        .flatMap(
            l ->
                TargetParser.parse(l).stream().filter(Target.LogLine.class::isInstance).map(t -> l))
        .findFirst()
        .map(Question::about)
        .or(() -> labelled(text))
        .or(() -> linked(cut(delivered)))
        .or(
            () ->
                lines.size() == 1 && TargetParser.parse(lines.getFirst()).isPresent()
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
    Map<String, String> labels = new TreeMap<>();
    for (Matcher m = LABEL.matcher(text); m.find(); ) {
      labels.putIfAbsent(m.group(1), m.group(2));
    }
    Optional<String> namespace =
        first(labels, "destination_service_namespace", "exported_namespace", "namespace");
    return first(labels, "destination_service", "host")
        .filter(h -> h.contains("."))
        .or(
            () ->
                first(labels, "destination_service_name", "exported_service", "service")
                    .flatMap(s -> namespace.map(n -> n + "/" + s)))
        .or(
            () ->
                first(labels, "ingress").flatMap(i -> namespace.map(n -> "ingress/" + n + "/" + i)))
        .or(() -> first(labels, "pod").flatMap(p -> namespace.map(n -> "pod/" + n + "/" + p)))
        .filter(t -> TargetParser.parse(t).isPresent())
        .map(Question::about);
  }

  private static Optional<String> first(Map<String, String> labels, String... names) {
    return List.of(names).stream()
        .flatMap(n -> Optional.ofNullable(labels.get(n)).stream())
        .findFirst();
  }
}
