package dev.upstream.slack;

import com.google.gson.Gson;
import com.google.gson.JsonParser;
import com.slack.api.model.view.View;
import com.slack.api.util.json.GsonFactory;
import dev.upstream.snapshot.LogRedaction;
import dev.upstream.workspace.Inspection;
import dev.upstream.workspace.MrkdwnText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what left the guard, by the workspace's own reading of Slack's rules and by rules of its
 * own; says what acts, shows or is too large.
 */
final class Judge {
  private static final Gson JSON = GsonFactory.createSnakeCase();
  private static final String SECRET = "hunter2";
  private static final String OWN_LINK =
      "<https://acme.slack.com/archives/C0INCIDENTS/p1763719740000100|";
  private static final Pattern MRKDWN_TEXT =
      Pattern.compile("\"type\":\"mrkdwn\",\"text\":\"((?:[^\"\\\\]|\\\\.)*+)\"");
  private static final Pattern PRESSED =
      Pattern.compile("\"action_id\":\"([^\"]*)\"(?:[^{}]*\"value\":\"([^\"]*)\")?");
  private static final Pattern BUTTON_VALUE =
      Pattern.compile("\"value\":\"((?:[^\"\\\\]|\\\\.)*+)\"");
  private static final Pattern INVISIBLE =
      Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}&&[^\\n]]");
  private static final int LONGEST_SECTION = 3_000;

  /** A longer title is bold in the size of the other words. */
  private static final int LONGEST_HEADER = 150;

  private static final List<MrkdwnText.Kind> FORMS =
      List.of(MrkdwnText.Kind.BOLD, MrkdwnText.Kind.CODE, MrkdwnText.Kind.PRE);

  private Judge() {}

  /** What is wrong with a message as it is sent. */
  static List<String> message(String text, String blocks) {
    return message(text, blocks, Map.of());
  }

  /**
   * @param meant how many parts a renderer wanted in each form
   */
  private static List<String> message(
      String text, String blocks, Map<MrkdwnText.Kind, Integer> meant) {
    List<String> wrong =
        new ArrayList<>(
            Inspection.of(text, blocks, List.of(Hostile.BOT_TOKEN), t -> t.startsWith(OWN_LINK)));
    if (blocks.length() > 12_000) {
      wrong.add("too large: " + blocks.length());
    }
    if (text.isEmpty() || text.length() > 1_000) {
      wrong.add("notification of " + text.length());
    }
    secret(text + blocks, wrong);
    Map<MrkdwnText.Kind, Integer> found = new EnumMap<>(MrkdwnText.Kind.class);
    count(text, found);
    boolean formed = blocks.indexOf('*') >= 0 || blocks.indexOf('`') >= 0;
    for (Matcher m = MRKDWN_TEXT.matcher(formed ? blocks : ""); m.find(); ) {
      count(JSON.fromJson("\"" + m.group(1) + "\"", String.class), found);
    }
    for (MrkdwnText.Kind kind : FORMS) {
      if (found.getOrDefault(kind, 0) > meant.getOrDefault(kind, 0)) {
        wrong.add(kind + " by itself");
      }
    }
    opaque(blocks, wrong);
    return wrong;
  }

  /** What is wrong with what the guard made of a piece. */
  static List<String> piece(OutgoingGuard guard, Renderers.Piece piece) {
    return switch (piece) {
      case Renderers.Piece.Said s -> said(guard, s.message());
      case Renderers.Piece.Asked a -> modal(guard.pass(a.modal()));
      case Renderers.Piece.Shared f -> file(guard.pass(f.file()));
      case Renderers.Piece.Offered o ->
          labels(JSON.toJson(guard.pass(o.suggestions())), o.suggestions().choices().size());
      case Renderers.Piece.Errors e -> errors(guard.pass(e.errors()));
    };
  }

  private static List<String> said(OutgoingGuard guard, Message message) {
    OutgoingGuard.Outgoing sent = guard.pass(message);
    String blocks = JSON.toJson(sent.blocks());
    List<String> wrong = message(sent.text(), blocks, meant(message));
    if (longest(message) > LONGEST_SECTION
        && !blocks.contains("(cut")
        && !blocks.contains("Cut here")) {
      wrong.add("cut, and not said");
    }
    if (buttons(message) != count(blocks, "\"type\":\"button\"")) {
      wrong.add("a button is missing");
    }
    return wrong;
  }

  private static Map<MrkdwnText.Kind, Integer> meant(Message message) {
    Map<MrkdwnText.Kind, Integer> meant = new EnumMap<>(MrkdwnText.Kind.class);
    for (Block block : message.blocks()) {
      if (block instanceof Block.Header h && h.text().length() > LONGEST_HEADER) {
        meant.merge(MrkdwnText.Kind.BOLD, 1, Integer::sum);
      }
      if (block instanceof Block.Section s && s.text() instanceof Text.Rich r) {
        for (Span span : r.spans()) {
          switch (span) {
            case Span.Strong b -> meant.merge(MrkdwnText.Kind.BOLD, 1, Integer::sum);
            case Span.Code c -> meant.merge(MrkdwnText.Kind.CODE, 1, Integer::sum);
            case Span.Preformatted p -> meant.merge(MrkdwnText.Kind.PRE, 1, Integer::sum);
            case Span.Words w -> {}
            case Span.Link l -> {}
          }
        }
      }
    }
    return meant;
  }

  private static long buttons(Message message) {
    return message.blocks().stream()
        .mapToLong(b -> b instanceof Block.Actions a ? a.buttons().size() : 0)
        .sum();
  }

  private static int count(String text, String part) {
    return text.split(Pattern.quote(part), -1).length - 1;
  }

  /** What is seen of the longest text: what is invisible needs no word. */
  private static long longest(Message message) {
    return message.blocks().stream()
        .mapToLong(
            b ->
                switch (b) {
                  case Block.Section s -> length(s.text());
                  case Block.Context c -> length(c.text());
                  case Block.Header h -> 0;
                  case Block.Actions a -> 0;
                  case Block.Input i -> 0;
                })
        .max()
        .orElse(0);
  }

  private static long length(Text text) {
    return switch (text) {
      case Text.Plain p -> seen(p.text());
      case Text.Rich r -> r.spans().stream().mapToLong(s -> seen(s.text())).max().orElse(0);
    };
  }

  private static long seen(String text) {
    return text.length() > 12_000 || text.length() <= LONGEST_SECTION
        ? text.length()
        : CleanText.lines(LogRedaction.mask(text)).strip().length();
  }

  private static List<String> modal(View view) {
    List<String> wrong =
        new ArrayList<>(Inspection.ofModal(JSON.toJson(view), List.of(Hostile.BOT_TOKEN)));
    secret(JSON.toJson(view), wrong);
    opaque(JSON.toJson(view.getBlocks()), wrong);
    return wrong;
  }

  private static List<String> file(OutgoingGuard.OutgoingFile file) {
    List<String> wrong = new ArrayList<>();
    String text = new String(file.bytes(), StandardCharsets.UTF_8);
    secret(file.name() + file.title() + text, wrong);
    invisible(file.title() + text, wrong);
    if (!file.name().matches("[a-z][A-Za-z0-9.-]{1,120}") || file.title().length() > 150) {
      wrong.add("name or title: " + file.name());
    }
    boolean json = file.name().endsWith(".json");
    if (json && !JsonParser.parseString(text).isJsonObject()) {
      wrong.add("no document");
    }
    if (!json
        && (text.lines().anyMatch(l -> l.length() > 4_100) || file.bytes().length > 4_000_000)) {
      wrong.add("a line or all of it is too long");
    }
    return wrong;
  }

  private static List<String> labels(String json, int choices) {
    List<String> wrong = new ArrayList<>();
    secret(json, wrong);
    if (choices > 100) {
      wrong.add("too many choices");
    }
    for (Matcher m = Pattern.compile("\"text\":\"((?:[^\"\\\\]|\\\\.)*+)\"").matcher(json);
        m.find(); ) {
      String label = JSON.fromJson("\"" + m.group(1) + "\"", String.class);
      invisible(label, wrong);
      if (label.isEmpty() || label.length() > 75) {
        wrong.add("label of " + label.length());
      }
    }
    for (Matcher m = BUTTON_VALUE.matcher(json); m.find(); ) {
      if (!m.group(1).matches("[A-Za-z0-9._/:-]{1,150}")) {
        wrong.add("value " + m.group(1));
      }
    }
    return wrong;
  }

  private static List<String> errors(Map<String, String> errors) {
    List<String> wrong = new ArrayList<>();
    errors.forEach(
        (block, words) -> {
          secret(words, wrong);
          invisible(words, wrong);
          if (Action.of(block).isEmpty() || words.isEmpty() || words.length() > 300) {
            wrong.add("error of " + block + ": " + words);
          }
        });
    return wrong;
  }

  private static void secret(String all, List<String> wrong) {
    int at = all.indexOf(SECRET);
    if (at >= 0) {
      wrong.add("secret: " + all.substring(Math.max(0, at - 150), Math.min(all.length(), at + 50)));
    }
  }

  private static void invisible(String words, List<String> wrong) {
    Matcher invisible = INVISIBLE.matcher(words);
    if (invisible.find()) {
      wrong.add("invisible sign U+%04X".formatted(words.codePointAt(invisible.start())));
    }
  }

  private static void count(String mrkdwn, Map<MrkdwnText.Kind, Integer> found) {
    if (mrkdwn.indexOf('*') >= 0 || mrkdwn.indexOf('`') >= 0) {
      MrkdwnText.parts(mrkdwn, true).forEach(p -> found.merge(p.kind(), 1, Integer::sum));
    }
  }

  /** What a person presses is known, and carries nothing that others wrote. */
  private static void opaque(String blocks, List<String> wrong) {
    if (!blocks.contains("\"action_id\"") && !blocks.contains("\"value\"")) {
      return;
    }
    for (Matcher m = PRESSED.matcher(blocks); m.find(); ) {
      if (Action.of(m.group(1)).isEmpty()) {
        wrong.add("action_id " + m.group(1));
      }
    }
    for (Matcher m = BUTTON_VALUE.matcher(blocks); m.find(); ) {
      if (!m.group(1).matches("[A-Za-z0-9._/:-]{1,150}")) {
        wrong.add("value " + m.group(1));
      }
    }
  }
}
