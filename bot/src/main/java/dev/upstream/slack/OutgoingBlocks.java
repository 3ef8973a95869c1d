package dev.upstream.slack;

import com.slack.api.model.block.ActionsBlock;
import com.slack.api.model.block.ContextBlock;
import com.slack.api.model.block.ContextBlockElement;
import com.slack.api.model.block.HeaderBlock;
import com.slack.api.model.block.InputBlock;
import com.slack.api.model.block.LayoutBlock;
import com.slack.api.model.block.SectionBlock;
import com.slack.api.model.block.composition.MarkdownTextObject;
import com.slack.api.model.block.composition.OptionObject;
import com.slack.api.model.block.composition.PlainTextObject;
import com.slack.api.model.block.composition.TextObject;
import com.slack.api.model.block.element.BlockElement;
import com.slack.api.model.block.element.ButtonElement;
import com.slack.api.model.block.element.ExternalSelectElement;
import com.slack.api.model.block.element.PlainTextInputElement;
import com.slack.api.model.block.element.RadioButtonsElement;
import java.util.List;
import java.util.Optional;

/** Blocks in Slack's own types; every word goes through {@link OutgoingText} first. */
final class OutgoingBlocks {
  private static final int LONGEST_TEXT = 3_000;
  private static final int LONGEST_HEADER = 150;
  private static final int LONGEST_LABEL = 75;
  private static final int LONGEST_PLACEHOLDER = 150;
  private static final int LONGEST_TYPED = 3_000;

  /** Room for the signs around a span. */
  private static final int DELIMITERS = 8;

  private final OutgoingText words;

  OutgoingBlocks(OutgoingText words) {
    this.words = words;
  }

  /** Empty where nothing would be seen. */
  Optional<LayoutBlock> of(Block block) {
    return switch (block) {
      case Block.Header h when h.text().length() > LONGEST_HEADER ->
          of(Block.Section.rich(new Span.Strong(h.text())));
      case Block.Header h ->
          filled(words.label(h.text(), LONGEST_HEADER))
              .map(t -> HeaderBlock.builder().text(plain(t)).build());
      case Block.Section s -> text(s.text()).map(t -> SectionBlock.builder().text(t).build());
      case Block.Context c ->
          text(c.text())
              .map(t -> ContextBlock.builder().elements(List.of((ContextBlockElement) t)).build());
      case Block.Actions a ->
          Optional.of(
              ActionsBlock.builder()
                  .elements(a.buttons().stream().<BlockElement>map(this::button).toList())
                  .build());
      case Block.Input i -> Optional.of(input(i));
    };
  }

  private ButtonElement button(Button button) {
    return ButtonElement.builder()
        .actionId(button.action().id())
        .value(button.handle().value())
        .text(label(button.label(), LONGEST_LABEL))
        .accessibilityLabel(words.label(button.spoken(), LONGEST_LABEL))
        .build();
  }

  private LayoutBlock input(Block.Input input) {
    InputBlock block =
        InputBlock.builder()
            .blockId(input.action().id())
            .label(label(input.label(), LONGEST_LABEL))
            .element(field(input))
            .optional(input.optional())
            .build();
    filled(words.label(input.hint(), LONGEST_PLACEHOLDER)).ifPresent(h -> block.setHint(plain(h)));
    return block;
  }

  private BlockElement field(Block.Input input) {
    String id = input.action().id();
    return switch (input.field()) {
      case Field.Pick p -> {
        ExternalSelectElement select =
            ExternalSelectElement.builder()
                .actionId(id)
                .minQueryLength(0)
                .placeholder(label(p.placeholder(), LONGEST_PLACEHOLDER))
                .build();
        p.chosen().ifPresent(c -> select.setInitialOption(option(c)));
        yield select;
      }
      case Field.OneOf o ->
          RadioButtonsElement.builder()
              .actionId(id)
              .options(o.choices().stream().map(this::option).toList())
              .initialOption(option(o.chosen()))
              .build();
      case Field.Typed t -> {
        PlainTextInputElement typed =
            PlainTextInputElement.builder()
                .actionId(id)
                .placeholder(label(t.placeholder(), LONGEST_PLACEHOLDER))
                .multiline(t.lines())
                .maxLength(Math.min(t.most(), LONGEST_TYPED))
                .build();
        filled(words.fit(t.initial(), !t.lines(), t.most(), Character::charCount))
            .ifPresent(typed::setInitialValue);
        yield typed;
      }
    };
  }

  private OptionObject option(Choice choice) {
    return OptionObject.builder()
        .text(label(choice.label(), LONGEST_LABEL))
        .value(choice.value())
        .build();
  }

  private Optional<TextObject> text(Text text) {
    return switch (text) {
      case Text.Plain p ->
          filled(words.fit(p.text(), false, LONGEST_TEXT, Character::charCount))
              .map(OutgoingBlocks::plain);
      case Text.Rich r ->
          filled(rich(r.spans()))
              .map(t -> MarkdownTextObject.builder().text(t).verbatim(true).build());
    };
  }

  private String rich(List<Span> spans) {
    StringBuilder out = new StringBuilder();
    for (Span span : spans) {
      int address = span instanceof Span.Link l ? 5 * l.address().toString().length() : 0;
      int room = LONGEST_TEXT - out.length() - DELIMITERS - address;
      if (room < 2 * OutgoingText.CUT_NOTICE) {
        out.append(" \u2026 (cut here)");
        break;
      }
      boolean oneLine = !(span instanceof Span.Words || span instanceof Span.Preformatted);
      Mrkdwn.write(out, span, words.fit(span.text(), oneLine, room, Mrkdwn::escapedLength));
    }
    return out.toString();
  }

  /** A label says something, whatever is left of what it should say. */
  PlainTextObject label(String raw, int longest) {
    return plain(filled(words.label(raw, longest)).orElse("\u2026"));
  }

  static PlainTextObject plain(String text) {
    return PlainTextObject.builder().text(text).emoji(false).build();
  }

  private static Optional<String> filled(String text) {
    return text.isBlank() ? Optional.empty() : Optional.of(text);
  }
}
