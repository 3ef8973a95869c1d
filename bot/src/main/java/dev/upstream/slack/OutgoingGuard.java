package dev.upstream.slack;

import com.google.gson.Gson;
import com.slack.api.model.block.ContextBlock;
import com.slack.api.model.block.ContextBlockElement;
import com.slack.api.model.block.DividerBlock;
import com.slack.api.model.block.HeaderBlock;
import com.slack.api.model.block.LayoutBlock;
import com.slack.api.model.block.SectionBlock;
import com.slack.api.model.block.composition.MarkdownTextObject;
import com.slack.api.model.block.composition.PlainTextObject;
import com.slack.api.model.block.composition.TextObject;
import com.slack.api.util.json.GsonFactory;
import dev.upstream.snapshot.LogRedaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import java.util.regex.Pattern;

/**
 * What every message passes on its way out: sizes that Slack takes, no mention, link or formatting
 * that came from elsewhere, nothing invisible, no secret.
 */
public final class OutgoingGuard {
  private static final int MOST_BLOCKS = 50;
  private static final int MOST_IN_ALL = 12_000;
  private static final int LONGEST_TEXT = 3_000;
  private static final int LONGEST_HEADER = 150;
  private static final int LONGEST_NOTIFICATION = 1_000;
  private static final int MOST_LINES = 60;

  /** Patterns are only matched within this many characters, whatever a log line holds. */
  private static final int WINDOW = 12_000;

  /** Room for the words that say how much was cut. */
  private static final int CUT_NOTICE = 48;

  /** Room for the signs around a span. */
  private static final int DELIMITERS = 8;

  private static final Gson JSON = GsonFactory.createSnakeCase();
  private static final String HIDDEN = "(redacted)";
  private static final Pattern TOKEN =
      Pattern.compile(
          "xox[a-z]-[A-Za-z0-9-]{6,}|xapp-[A-Za-z0-9-]{6,}|gh[pousr]_[A-Za-z0-9]{20,}"
              + "|(?:AKIA|ASIA)[A-Z0-9]{16}|(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{8,}+\\.[A-Za-z0-9_.-]+|-----BEGIN"
              + " [A-Z ]*PRIVATE KEY-----[^-]*");

  /** Also where the name has something before it, such as DB_PASSWORD. */
  private static final Pattern NAMED =
      Pattern.compile(
          "(?i)(?<![\\w-])([\\w-]*(?:password|passwd|secret|token|api[_-]?key|access[_-]?key"
              + "|private[_-]?key)[\"']?\\s*[:=]\\s*[\"']?)[^\\s,;\"'&]+");

  private final List<String> secrets;

  /** A message that passed; only the guard can make one. */
  public static final class Outgoing {
    private final String text;
    private final List<LayoutBlock> blocks;

    private Outgoing(String text, List<LayoutBlock> blocks) {
      this.text = text;
      this.blocks = List.copyOf(blocks);
    }

    public String text() {
      return text;
    }

    public List<LayoutBlock> blocks() {
      return blocks;
    }
  }

  /**
   * @param secrets what must never leave, whatever it stands in
   */
  public OutgoingGuard(List<String> secrets) {
    this.secrets = List.copyOf(secrets);
  }

  public Outgoing pass(Message message) {
    String words =
        fit(message.notification(), true, LONGEST_NOTIFICATION, Mrkdwn::escapedLength).strip();
    StringBuilder text = new StringBuilder();
    Mrkdwn.write(text, new Span.Words(words), words.isEmpty() ? "Upstream" : words);
    return new Outgoing(text.toString(), fitting(message.blocks()));
  }

  private List<LayoutBlock> fitting(List<Block> blocks) {
    List<LayoutBlock> all = blocks.stream().flatMap(b -> block(b).stream()).toList();
    if (all.size() <= MOST_BLOCKS && size(all) <= MOST_IN_ALL) {
      return all;
    }
    List<LayoutBlock> kept = new ArrayList<>();
    int used = size(List.of(leftOut(all.size())));
    for (LayoutBlock block : all) {
      int more = size(List.of(block));
      if (kept.size() + 1 >= MOST_BLOCKS || used + more > MOST_IN_ALL) {
        break;
      }
      used += more;
      kept.add(block);
    }
    kept.add(leftOut(all.size() - kept.size()));
    return kept;
  }

  private static LayoutBlock leftOut(int parts) {
    String words = "Cut here: " + parts + " more parts did not fit into this message.";
    return ContextBlock.builder().elements(List.of(plain(words))).build();
  }

  private static int size(List<LayoutBlock> blocks) {
    return JSON.toJson(blocks).length();
  }

  private Optional<LayoutBlock> block(Block block) {
    return switch (block) {
      case Block.Header h ->
          filled(header(h.text())).map(t -> HeaderBlock.builder().text(plain(t)).build());
      case Block.Section s -> text(s.text()).map(t -> SectionBlock.builder().text(t).build());
      case Block.Context c ->
          text(c.text())
              .map(t -> ContextBlock.builder().elements(List.of((ContextBlockElement) t)).build());
      case Block.Divider d -> Optional.of(DividerBlock.builder().build());
    };
  }

  /** An ellipsis says enough here: the sentence below has all of it. */
  private String header(String raw) {
    String text = clean(raw, true);
    return text.length() <= LONGEST_HEADER
        ? text
        : start(text, LONGEST_HEADER - 1, Character::charCount) + "\u2026";
  }

  private Optional<TextObject> text(Text text) {
    return switch (text) {
      case Text.Plain p ->
          filled(fit(p.text(), false, LONGEST_TEXT, Character::charCount))
              .map(OutgoingGuard::plain);
      case Text.Rich r ->
          filled(rich(r.spans()))
              .map(t -> MarkdownTextObject.builder().text(t).verbatim(true).build());
    };
  }

  private String rich(List<Span> spans) {
    StringBuilder out = new StringBuilder();
    for (Span span : spans) {
      int room = LONGEST_TEXT - out.length() - DELIMITERS;
      if (room < 2 * CUT_NOTICE) {
        out.append(" \u2026");
        break;
      }
      boolean oneLine = span instanceof Span.Code || span instanceof Span.Strong;
      Mrkdwn.write(out, span, fit(span.text(), oneLine, room, Mrkdwn::escapedLength));
    }
    return out.toString();
  }

  /** The text without secrets and invisible signs, cut where it is too long, and saying so. */
  private String fit(String raw, boolean oneLine, int limit, IntUnaryOperator cost) {
    boolean whole = raw.length() <= WINDOW;
    String text = clean(raw, oneLine);
    List<String> lines = text.lines().limit(MOST_LINES + 1L).toList();
    if (lines.size() > MOST_LINES) {
      whole = false;
      text = String.join("\n", lines.subList(0, MOST_LINES));
    }
    if (whole && text.codePoints().map(cost).sum() <= limit) {
      return text;
    }
    return start(text, limit - CUT_NOTICE, cost)
        + " \u2026 (cut; "
        + raw.length()
        + " characters in all)";
  }

  /** Secrets go before and after: an invisible sign may stand inside one, or right before it. */
  private String clean(String raw, boolean oneLine) {
    String text = masked(raw.length() <= WINDOW ? raw : window(raw));
    String seen = oneLine ? CleanText.line(text) : CleanText.lines(text);
    return seen.equals(text) ? text : masked(seen);
  }

  /** Not in the middle of a word, which may be half a secret, where that can be helped. */
  private static String window(String text) {
    int blank = text.lastIndexOf(' ', WINDOW);
    int end = Character.isHighSurrogate(text.charAt(WINDOW - 1)) ? WINDOW - 1 : WINDOW;
    return text.substring(0, blank > WINDOW / 2 ? blank : end);
  }

  private String masked(String text) {
    String masked = text;
    for (String secret : secrets) {
      masked = masked.replace(secret, HIDDEN);
    }
    masked = TOKEN.matcher(LogRedaction.mask(masked)).replaceAll(HIDDEN);
    return NAMED.matcher(masked).replaceAll("$1" + HIDDEN);
  }

  /** As many code points as fit, never half of one. */
  private static String start(String text, int limit, IntUnaryOperator cost) {
    int used = 0;
    for (int i = 0; i < text.length(); ) {
      int point = text.codePointAt(i);
      used += cost.applyAsInt(point);
      if (used > limit) {
        return text.substring(0, i);
      }
      i += Character.charCount(point);
    }
    return text;
  }

  private static Optional<String> filled(String text) {
    return text.isBlank() ? Optional.empty() : Optional.of(text);
  }

  private static PlainTextObject plain(String text) {
    return PlainTextObject.builder().text(text).emoji(false).build();
  }
}
