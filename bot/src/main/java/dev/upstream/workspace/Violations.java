package dev.upstream.workspace;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a bot did that it should never do. */
final class Violations {
  private static final Pattern INVISIBLE =
      Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}&&[^\\n\\t]]");

  private static final Pattern TOKEN = Pattern.compile("<[^<>\\n]+>");
  private static final Pattern MARKDOWN_EFFECT =
      Pattern.compile("\\]\\(|<[!@#]|https?://|@(?:here|channel|everyone)\\b");

  private final List<String> found = new CopyOnWriteArrayList<>();
  private final List<String> secrets;
  private volatile Predicate<String> allowed;

  /**
   * Nothing is found yet.
   *
   * @param secrets that must not show in any text
   * @param allowed mentions and links in angle brackets that may take effect
   */
  Violations(List<String> secrets, Predicate<String> allowed) {
    this.secrets = List.copyOf(secrets);
    this.allowed = allowed;
  }

  /** From now on these may take effect too. */
  void allow(Predicate<String> more) {
    allowed = allowed.or(more);
  }

  List<String> all() {
    return List.copyOf(found);
  }

  /**
   * Takes out what a test brought about.
   *
   * @param words that stand in each of them
   */
  List<String> take(String words) {
    List<String> taken = found.stream().filter(v -> v.contains(words)).toList();
    found.removeAll(taken);
    return taken;
  }

  void add(String where, String what) {
    found.add(where + ": " + what);
  }

  /**
   * Judges the words of a message.
   *
   * @param text what stands there for people without blocks
   * @param verbatim whether Slack links and hears nothing in that text by itself: it is only shown
   *     beside blocks, or was sent with {@code parse=none}
   */
  void message(String where, String text, boolean verbatim, List<JsonNode> objects) {
    mrkdwn(where + " text", text, verbatim);
    objects(where, objects);
  }

  /** Judges the texts of blocks. */
  void objects(String where, List<JsonNode> objects) {
    objects.forEach(o -> object(where, o));
  }

  private void object(String where, JsonNode object) {
    String words = object.path("text").asText();
    String type = object.path("type").asText();
    plain(where + " " + type, words);
    switch (type) {
      case "mrkdwn" -> mrkdwn(where + " mrkdwn", words, object.path("verbatim").asBoolean());
      case "plain_text" -> {
        if (object.path("emoji").asBoolean(true)) {
          add(where, "plain_text turns codes into emoji");
        }
      }
      case "markdown" -> {
        if (MARKDOWN_EFFECT.matcher(words).find()) {
          add(where, "markdown links or mentions: " + words);
        }
      }
      case "link" -> token(where, "<" + object.path("url").asText() + "|" + words + ">");
      case "user" -> token(where, "<@" + object.path("user_id").asText() + ">");
      case "usergroup" -> token(where, "<!subteam^" + object.path("usergroup_id").asText() + ">");
      case "channel" -> token(where, "<#" + object.path("channel_id").asText() + ">");
      case "broadcast" -> token(where, "<!" + object.path("range").asText() + ">");
      default -> {}
    }
  }

  private void token(String where, String token) {
    if (!allowed.test(token)) {
      add(where, "TOKEN takes effect: " + token);
    }
  }

  /** Judges words that nothing is made of, such as the title of a file. */
  void words(String where, String words) {
    plain(where, words);
  }

  private void mrkdwn(String where, String raw, boolean verbatim) {
    plain(where, raw);
    String words = TOKEN.matcher(raw).replaceAll(t -> allowed.test(t.group()) ? "" : "$0");
    MrkdwnText.unescaped(words).forEach(u -> add(where, u));
    for (MrkdwnText.Part part : MrkdwnText.parts(words, verbatim)) {
      switch (part.kind()) {
        case TOKEN, URL, LOUD, QUOTE, EMOJI, ITALIC, STRIKE ->
            add(where, part.kind() + " takes effect: " + part.text());
        case WORDS, PRE, CODE, BOLD -> {}
      }
    }
  }

  private void plain(String where, String words) {
    Matcher invisible = INVISIBLE.matcher(words);
    if (invisible.find()) {
      add(where, "invisible sign U+%04X".formatted(words.codePointAt(invisible.start())));
    }
    if (secrets.stream().anyMatch(words::contains)) {
      add(where, "a secret");
    }
  }
}
