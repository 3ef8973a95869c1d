package dev.upstream.slack;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.upstream.report.JsonReport;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A secret stays out of a file whatever stands around it: what acts on a text acts on its name. */
class SecretsInFilesTest {
  private static final int CASES = Integer.getInteger("upstream.cases", 4_000);
  private static final String SECRET = "hunter2";

  private static final List<String> NAMES =
      List.of(
          "password",
          "DB_PASSWORD",
          "client-secret",
          "token",
          "apiKey",
          "Authorization",
          "Set-Cookie",
          "pass",
          "sid");

  private static final List<String> SIGNS =
      List.of(": ", " : ", ":", "=", " = ", "= ", " => ", "\":\"", "\\\":\\\"", "='", "\\u003d");

  /** What is cut out of a text, or is not seen in it, begins or ends with one of these. */
  private static final List<String> AROUND =
      List.of(
          "http://a.example/?x",
          "http://a.example/b#x",
          "GET /a?b=c&d",
          "&#60;!channel&#62;&nbsp;",
          "?",
          "#",
          ";",
          ",",
          "{\"a\":\"b\",\"",
          "\\n",
          "\\\"",
          "(",
          ")",
          "<",
          ">",
          "'",
          "\"",
          "(redacted)",
          "shop/web",
          " ");

  private static final List<String> UNSEEN =
      List.of("\u0007", "\u200B", "\u0000", "\u001B[31m", "\u00AD", "\u2066", "\r", "\u2028");

  private final OutgoingGuard guard = new OutgoingGuard(List.of(Hostile.BOT_TOKEN));

  @Test
  void whatIsGeneratedHoldsNoneAfterTheGuard() {
    long seed = Long.getLong("upstream.seed", new Random().nextLong());
    System.out.println("SecretsInFilesTest: -Dupstream.seed=" + seed);
    Random random = new Random(seed);
    for (int i = 0; i < CASES; i++) {
      String text = text(random);
      JsonObject document = new JsonObject();
      document.addProperty("summary", text);
      document.addProperty(text, "as a name");
      for (Attachment file :
          List.of(
              new Attachment("x.json", text, document.toString()),
              new Attachment("x.txt", text, text + "\nand on"))) {
        OutgoingGuard.OutgoingFile sent = guard.pass(file);
        assertThat(sent.title() + new String(sent.bytes(), StandardCharsets.UTF_8))
            .as("case %s of seed %s: %s", i, seed, CleanText.line(text))
            .doesNotContain(SECRET);
      }
    }
  }

  @Test
  void whatMakesDiagnosesHostileHoldsNoneInTheirDocument() {
    long seed = Long.getLong("upstream.seed", new Random().nextLong());
    Random random = new Random(seed);
    for (int i = 0; i < CASES; i++) {
      Attachment file = JsonFile.of(new Hostile(random).answer(), new JsonReport.Timing(1, 1));
      assertThat(new String(guard.pass(file).bytes(), StandardCharsets.UTF_8))
          .as("case %s of seed %s", i, seed)
          .doesNotContain(SECRET);
    }
  }

  /** The secret stands behind its name, and both behind something that is cut or not seen. */
  private static String text(Random random) {
    StringBuilder out = new StringBuilder();
    for (int parts = random.nextInt(4); parts > 0; parts--) {
      out.append(one(random, random.nextInt(4) == 0 ? UNSEEN : AROUND));
    }
    String before = out.toString();
    boolean apart = before.isEmpty() || !before.substring(before.length() - 1).matches("[\\w-]");
    boolean torn = random.nextInt(3) == 0;
    if (torn) {
      out.append(one(random, List.of(",", " ")));
    } else if (!apart) {
      out.append(one(random, List.of(",", "\u0007")));
    }
    StringBuilder name = new StringBuilder(one(random, NAMES));
    if (torn) {
      name.insert(1 + random.nextInt(name.length() - 1), one(random, UNSEEN.subList(0, 6)));
    }
    return out.append(name).append(one(random, SIGNS)).append(SECRET).append(" on").toString();
  }

  private static String one(Random random, List<String> of) {
    return of.get(random.nextInt(of.size()));
  }
}
