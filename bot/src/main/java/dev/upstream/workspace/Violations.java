package dev.upstream.workspace;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a bot did that it should never do. */
final class Violations {
  private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}&&[^\\n\\t]]");

  private final List<String> found = new CopyOnWriteArrayList<>();
  private final List<String> secrets;

  /**
   * @param secrets that must not show in any text
   */
  Violations(List<String> secrets) {
    this.secrets = List.copyOf(secrets);
  }

  List<String> all() {
    return List.copyOf(found);
  }

  void add(String where, String what) {
    found.add(where + ": " + what);
  }

  /**
   * Judges the words of a message.
   *
   * @param text what stands there for people without blocks
   */
  void message(String where, String text, List<JsonNode> objects) {
    mrkdwn(where + " text", text, true);
    for (JsonNode object : objects) {
      String words = object.path("text").asText();
      if (object.path("type").asText().equals("mrkdwn")) {
        mrkdwn(where + " mrkdwn", words, object.path("verbatim").asBoolean());
      } else {
        plain(where + " plain_text", words);
        if (object.path("emoji").asBoolean(true)) {
          add(where, "plain_text turns codes into emoji");
        }
      }
    }
  }

  /** Judges words that nothing is made of, such as the title of a file. */
  void words(String where, String words) {
    plain(where, words);
  }

  private void mrkdwn(String where, String words, boolean verbatim) {
    plain(where, words);
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
