package dev.upstream.slack;

import com.slack.api.model.Attachment;
import com.slack.api.model.Message;
import com.slack.api.model.block.ContextBlock;
import com.slack.api.model.block.HeaderBlock;
import com.slack.api.model.block.LayoutBlock;
import com.slack.api.model.block.RichTextBlock;
import com.slack.api.model.block.SectionBlock;
import com.slack.api.model.block.composition.TextObject;
import com.slack.api.model.block.element.RichTextElement;
import com.slack.api.model.block.element.RichTextListElement;
import com.slack.api.model.block.element.RichTextPreformattedElement;
import com.slack.api.model.block.element.RichTextQuoteElement;
import com.slack.api.model.block.element.RichTextSectionElement;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** All that stands in a message: alerts say it in attachments and blocks, with an empty text. */
final class MessageWords {
  private final Set<String> words = new LinkedHashSet<>();

  private MessageWords() {}

  static String of(Message message) {
    MessageWords all = new MessageWords();
    all.add(message.getText());
    each(message.getAttachments()).forEach(all::attached);
    each(message.getBlocks()).forEach(all::block);
    return String.join("\n", all.words);
  }

  private static <T> Collection<T> each(@Nullable Collection<T> some) {
    return Optional.ofNullable(some).orElse(List.of());
  }

  private void add(@Nullable String text) {
    if (text != null && !text.isBlank()) {
      words.add(text);
    }
  }

  private void attached(Attachment attachment) {
    int before = words.size();
    add(attachment.getPretext());
    add(attachment.getTitle());
    add(attachment.getText());
    each(attachment.getFields())
        .forEach(f -> add(Doorway.text(f.getTitle()) + ": " + Doorway.text(f.getValue())));
    each(attachment.getBlocks()).forEach(this::block);
    if (words.size() == before) {
      add(attachment.getFallback());
    }
  }

  private void block(LayoutBlock block) {
    if (block instanceof SectionBlock section) {
      add(section.getText());
      each(section.getFields()).forEach(this::field);
    } else if (block instanceof HeaderBlock header) {
      add(header.getText());
    } else if (block instanceof ContextBlock context) {
      each(context.getElements()).forEach(e -> add(e instanceof TextObject t ? t : null));
    } else if (block instanceof RichTextBlock rich && words.isEmpty()) { // else its text said it
      each(rich.getElements()).forEach(e -> add(e instanceof RichTextElement r ? plain(r) : ""));
    }
  }

  private void add(@Nullable TextObject text) {
    add(text == null ? null : text.getText());
  }

  /** A name with its value on the next line. */
  private void field(TextObject field) {
    add(Doorway.text(field.getText()).replaceFirst(":(\\*?)\\s*\\n", ":$1 "));
  }

  private static String plain(RichTextElement element) {
    return switch (element) {
      case RichTextSectionElement.Text t -> Doorway.text(t.getText());
      case RichTextSectionElement.Link l -> "<" + Doorway.text(l.getUrl()) + ">";
      case RichTextSectionElement s -> plain(s.getElements(), "");
      case RichTextPreformattedElement p -> plain(p.getElements(), "");
      case RichTextQuoteElement q -> plain(q.getElements(), "");
      case RichTextListElement l -> plain(l.getElements(), "\n");
      default -> "";
    };
  }

  private static String plain(@Nullable List<RichTextElement> elements, String between) {
    return each(elements).stream().map(MessageWords::plain).collect(Collectors.joining(between));
  }
}
