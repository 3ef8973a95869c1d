package dev.upstream.slack;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.slack.api.model.block.LayoutBlock;
import com.slack.api.model.block.SectionBlock;
import com.slack.api.model.block.composition.MarkdownTextObject;
import com.slack.api.model.block.composition.PlainTextObject;
import com.slack.api.model.block.composition.TextObject;
import com.slack.api.util.json.GsonFactory;
import dev.upstream.SideBySide;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever stands in a name or a log line: nothing of it acts, and every limit holds. */
@SideBySide
class HostileTextTest {
  private static final int CASES = Integer.getInteger("upstream.cases", 10_000);
  private static final Gson JSON = GsonFactory.createSnakeCase();

  private final OutgoingGuard guard = new OutgoingGuard(List.of(Hostile.BOT_TOKEN));

  @Test
  void whateverIsGeneratedIsHarmlessInEveryRenderer() {
    long seed = Long.getLong("upstream.seed", new Random().nextLong());
    System.out.println("HostileTextTest: -Dupstream.seed=" + seed);
    Random random = new Random(seed);
    for (int i = 0; i < CASES; i++) {
      String which = "case " + i + " of seed " + seed;
      harmless(new Hostile(random), which, r -> !Renderers.FIXED.contains(r));
    }
  }

  @Test
  void whatIsMadeByHandIsHarmlessInEveryRenderer() {
    for (String text : Hostile.BY_HAND) {
      String which = text.substring(0, Math.min(60, text.length()));
      harmless(Hostile.saying(text), which, r -> true);
    }
  }

  private void harmless(Hostile hostile, String which, Predicate<String> renderers) {
    Renderers.ALL.forEach(
        (name, renderer) -> {
          if (renderers.test(name)) {
            renderer.apply(hostile).forEach(p -> harmless(p, name + ", " + which));
          }
        });
  }

  private void harmless(Renderers.Piece piece, String which) {
    List<String> wrong = Judge.piece(guard, piece);
    if (!wrong.isEmpty()) {
      assertThat(wrong).as(CleanText.line(which)).isEmpty();
    }
  }

  /** A new renderer must be fed here as well. */
  @Test
  void everyRendererIsAmongThem() throws Exception {
    Set<String> made = new TreeSet<>();
    for (Class<?> type : types()) {
      for (Method method : type.getDeclaredMethods()) {
        boolean renders =
            Modifier.isStatic(method.getModifiers())
                && !Modifier.isPrivate(method.getModifiers())
                && method
                    .getGenericReturnType()
                    .getTypeName()
                    .matches(
                        "(?:java\\.util\\.(?:List|Optional)<)?dev\\.upstream\\.(?:answer\\.Question"
                            + "|slack\\.(?:Message|Modal|Attachment|Suggestions|Command"
                            + "|\\w+\\$Outcome))>?");
        if (renders) {
          made.add(type.getSimpleName() + "." + method.getName());
        }
      }
    }
    assertThat(Renderers.ALL.keySet()).containsExactlyInAnyOrderElementsOf(made);
  }

  private static List<Class<?>> types() throws IOException, URISyntaxException {
    Path folder = Path.of(OutgoingGuard.class.getResource("OutgoingGuard.class").toURI());
    List<Class<?>> types = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder.getParent())) {
      for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
        String name = file.getFileName().toString().replace(".class", "");
        types.add(load("dev.upstream.slack." + name));
      }
    }
    return types.stream().filter(t -> !t.getSimpleName().isEmpty()).toList();
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name, false, HostileTextTest.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The judge sees what goes wrong when a text reaches Slack past the guard. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      quoteCharacter = '^',
      value = {
        "0 ! TOKEN takes effect",
        "1 ! unescaped <",
        "2 ! TOKEN takes effect",
        "3 ! URL takes effect",
        "5 ! ITALIC takes effect",
        "5 ! BOLD by itself",
        "5 ! CODE by itself",
        "7 ! PRE by itself",
        "6 ! QUOTE takes effect",
        "8 ! EMOJI takes effect",
        "9 ! LOUD takes effect",
        "10 ! invisible sign",
        "11 ! invisible sign",
        "12 ! invisible sign",
        "13 ! must be less than 3001",
        "13 ! too large",
        "13 ! notification of",
        "15 ! must be less than 3001",
        "21 ! secret",
        "22 ! a secret",
        "23 ! secret",
        "26 ! must be more than 0",
      })
  void withoutTheGuardItIsSeen(int byHand, String complaint) {
    String text = Hostile.BY_HAND.get(byHand);
    assertThat(Judge.message(text, unguarded(mrkdwn(text))))
        .anySatisfy(w -> assertThat(w).contains(complaint));
  }

  @Test
  void withoutTheGuardHardlyAnyGeneratedCasePasses() {
    Random random = new Random(11);
    int passed = 0;
    for (int i = 0; i < 500; i++) {
      String text = new Hostile(random).text();
      passed += Judge.message(text, unguarded(mrkdwn(text), plain(text))).isEmpty() ? 1 : 0;
    }
    assertThat(passed).isLessThan(25);
  }

  @Test
  void aButtonThatCarriesWhatOthersWroteIsSeen() {
    String button =
        "[{\"type\":\"actions\",\"elements\":[{\"type\":\"button\",\"action_id\":\"%s\","
            + "\"text\":{\"type\":\"plain_text\",\"text\":\"x\",\"emoji\":false},\"value\":\"%s\"}]}]";
    assertThat(Judge.message("x", button.formatted("mute:v1", "0a1b.0123456789abcdef"))).isEmpty();
    assertThat(Judge.message("x", button.formatted("mute:v1", "shop web"))).isNotEmpty();
    assertThat(Judge.message("x", button.formatted("evil", "0a1b"))).isNotEmpty();
  }

  private static String unguarded(TextObject... texts) {
    return JSON.toJson(
        Stream.of(texts).<LayoutBlock>map(t -> SectionBlock.builder().text(t).build()).toList());
  }

  private static TextObject mrkdwn(String text) {
    return MarkdownTextObject.builder().text(text).verbatim(false).build();
  }

  private static TextObject plain(String text) {
    return PlainTextObject.builder().text(text).emoji(true).build();
  }
}
