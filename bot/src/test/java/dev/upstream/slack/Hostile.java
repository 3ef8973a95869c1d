package dev.upstream.slack;

import dev.upstream.answer.Reply;
import dev.upstream.diagnosis.Confidence;
import dev.upstream.diagnosis.Diagnosis;
import dev.upstream.diagnosis.Edit;
import dev.upstream.diagnosis.Evidence;
import dev.upstream.diagnosis.Finding;
import dev.upstream.diagnosis.Headline;
import dev.upstream.diagnosis.Impact;
import dev.upstream.diagnosis.Role;
import dev.upstream.diagnosis.Severity;
import dev.upstream.diagnosis.Verdict;
import dev.upstream.path.Hop;
import dev.upstream.snapshot.Gap;
import dev.upstream.snapshot.ObjectRef;
import dev.upstream.snapshot.Source;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.Supplier;

/** Makes texts, and diagnoses full of them, as an attacker or a bad day would. */
final class Hostile {
  static final String BOT_TOKEN = "xoxb-0123456789-abcdefghij";
  private static final List<String> FRAGMENTS =
      List.of(
          "<!channel>",
          "<!here|evil>",
          "<!everyone>",
          "<!subteam^S0EVIL>",
          "<@U0EVIL>",
          "<#C0EVIL|evil>",
          "<http://evil.example|your bank>",
          "<mailto:evil@example.com|evil>",
          "<!date^1392734382^{date}|evil>",
          "&lt;!channel&gt;",
          "&amp;lt;evil",
          "&",
          "<",
          ">",
          "> evil quote",
          "\n> evil quote",
          "\n&gt; evil quote",
          "*evil*",
          "_evil_",
          "~evil~",
          "*",
          "_",
          "~",
          "`evil`",
          "`",
          "``",
          "```",
          "```evil```",
          "``` \n```",
          ":evil_skull:",
          ":skull:",
          ":100:",
          "@here",
          "@channel evil",
          "@everyone",
          "https://evil.example/login",
          "http://evil.example",
          "[evil](http://evil.example)",
          "\u202Elive\u202C",
          "\u2066evil\u2069",
          "\u200B",
          "\u200D",
          "\u00AD",
          "\uFEFF",
          "\u2028",
          "\u2029",
          "\u0085",
          "\u0000",
          "\u0007",
          "\b\b\b",
          "\u001B[31mevil\u001B[0m",
          "\u001B]8;;http://evil.example\u0007evil",
          "\r\n",
          "\r",
          "\n\n\n\n\n",
          "\t",
          " ",
          "\u00A0",
          "\u3000",
          "\uD800",
          "\uDC00evil",
          "\uD83D\uDE00",
          "e\u0301\u0301\u0301\u0301\u0301\u0301\u0301",
          "\uDB40\uDC41\uDB40\uDC42",
          "\uFFFF",
          "\u05D0\u05D1",
          "shop.example.com",
          "Deployment shop/web-v1",
          "upstream_reset_before_response_started{connection_timeout}",
          "10:15:29",
          "a*b*c",
          "snake_case_name",
          "{\"type\":\"actions\",\"elements\":[{\"type\":\"button\",\"action_id\":\"mute:v1\"}]}",
          "\"},{\"type\":\"section\",\"text\":{\"type\":\"mrkdwn\",\"text\":\"*evil*\"}},{\"x\":\"",
          "\\\",\\\"verbatim\\\":false",
          "&lt;&amp;gt;&#60;!channel&#62;&quot;&nbsp;",
          "<https://acme.slack.com/archives/C0EVIL/p1763719740000100|evil>",
          "|",
          "# evil",
          "```evil",
          "| evil | evil |",
          "**evil**",
          "![evil](http://evil.example/x.png)",
          "recheck:v1",
          "'; rm -rf / #",
          "$(reboot)",
          "Evil");

  /** Each stands apart, by a blank or by something that is not seen. */
  private static final List<String> SECRETS =
      List.of(
          "password=hunter2",
          "DB_PASSWORD: hunter2",
          "pass\u200Bword=hunter2",
          "\u0007token=hunter2",
          "Authorization: Bearer hunter2hunter2",
          "GET /?session=hunter2",
          "eyJhbGciOiJIUzI1NiJ9.hunter2.sig",
          BOT_TOKEN,
          "xoxp-99999-hunter2");

  /** Whole texts, each made by hand to break one thing. */
  static final List<String> BY_HAND =
      List.of(
          "<!channel>",
          "<@U0EVIL> <#C0EVIL|evil> <!subteam^S0EVIL|evil>",
          "<http://evil.example|shop.example.com>",
          "http://evil.example/login",
          "&lt;!channel&gt; &amp;lt;!here&amp;gt;",
          "*evil* _evil_ ~evil~ `evil`",
          "> evil\n> evil",
          "```\nevil\n```",
          ":skull: :100:",
          "@channel @here @everyone",
          "\u202Elive\u202C \u2066evil\u2069 \u200Bevil",
          "\u0000\u0007\b\u001B[31mevil\u001B[0m",
          "\uD800 \uDC00 evil\uD83D",
          "x".repeat(100_000),
          "<".repeat(100_000),
          "evil\n".repeat(20_000),
          "\uD83D\uDE00".repeat(50_000),
          "e" + "\u0301".repeat(50_000),
          "a:".repeat(40_000),
          "(?".repeat(40_000),
          "password".repeat(12_000),
          "password=hunter2",
          BOT_TOKEN + " xoxp-99999-hunter2",
          "-----BEGIN RSA PRIVATE KEY-----\nhunter2\n-----END RSA PRIVATE KEY-----",
          "{\"type\":\"divider\"}",
          "\"}]},{\"type\":\"actions\"",
          "",
          " \u200B\n\t");

  private final Random random;
  private final String always;
  private final List<Reply.Answered> answers = new ArrayList<>();

  Hostile(Random random) {
    this(random, "\n");
  }

  private Hostile(Random random, String always) {
    this.random = random;
    this.always = always;
  }

  /** Every text is this one. */
  static Hostile saying(String text) {
    return new Hostile(new Random(7), text);
  }

  String text() {
    return always.equals("\n") ? random() : always;
  }

  boolean either() {
    return random.nextBoolean();
  }

  int number() {
    return random.nextInt(1_000);
  }

  private String random() {
    StringBuilder out = new StringBuilder();
    int parts = 1 + random.nextInt(3);
    for (int i = 0; i < parts; i++) {
      if (random.nextInt(8) == 0) {
        out.append(random.nextBoolean() ? " " : "\u0007");
        out.append(SECRETS.get(random.nextInt(SECRETS.size()))).append(' ');
      } else {
        out.append(FRAGMENTS.get(random.nextInt(FRAGMENTS.size())));
        out.append(random.nextBoolean() ? " " : "");
      }
    }
    if (random.nextInt(60_000) == 0) {
      String unit = FRAGMENTS.get(random.nextInt(FRAGMENTS.size()));
      while (out.length() < 100_000) {
        out.append(unit).append(random.nextInt(50) == 0 ? "x" : "");
      }
    }
    return out.toString();
  }

  String maybe() {
    return random.nextInt(5) == 0 ? "" : text();
  }

  <T> List<T> some(int usual, int many, Supplier<T> one) {
    int n =
        always.equals("\n") && random.nextInt(300) == 0
            ? random.nextInt(many)
            : random.nextInt(usual);
    List<T> list = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      list.add(one.get());
    }
    return list;
  }

  <E extends Enum<E>> E any(Class<E> type) {
    E[] all = type.getEnumConstants();
    return all[random.nextInt(all.length)];
  }

  private ObjectRef ref() {
    return new ObjectRef(text(), text(), maybe(), text());
  }

  Instant time() {
    return Case1.NOW.plusSeconds(random.nextInt(400_000) - 390_000L);
  }

  Optional<Double> share() {
    return random.nextBoolean() ? Optional.of(random.nextDouble()) : Optional.empty();
  }

  Finding finding() {
    return new Finding(
        text(),
        any(Role.class),
        any(Severity.class),
        any(Confidence.class),
        text(),
        ref(),
        maybe(),
        text(),
        either() ? Optional.of(text() + Finding.THEY + text()) : Optional.empty(),
        Impact.nothing(),
        share(),
        random.nextBoolean() ? Optional.of(time()) : Optional.empty(),
        some(2, 30, () -> new Evidence(any(Source.class), text(), maybe())),
        new TreeSet<>());
  }

  Diagnosis diagnosis() {
    List<Finding> findings = some(3, 25, this::finding);
    Headline headline =
        new Headline(
            text(),
            findings.isEmpty() || random.nextBoolean() ? maybe() : findings.getFirst().summary(),
            maybe(),
            maybe());
    return new Diagnosis(
        text(),
        random.nextBoolean() ? "edge" : text(),
        Case1.NOW,
        any(Verdict.class),
        share(),
        random.nextBoolean() ? Optional.of(time()) : Optional.empty(),
        headline,
        Optional.empty(),
        some(
            2,
            60,
            () ->
                new Diagnosis.HopState(
                    new Hop(text(), ref(), maybe(), random.nextDouble()),
                    any(Diagnosis.State.class))),
        findings,
        some(2, 10, () -> new Edit(text(), ref(), maybe(), text(), time())),
        some(2, 30, () -> new Diagnosis.RuledOut(text(), text())),
        some(
            2,
            60,
            () ->
                new Gap(text(), any(Source.class), text(), any(Gap.Cause.class), maybe(), maybe())),
        List.of());
  }

  /** The same one for every renderer of a case. */
  Reply.Answered answer() {
    if (answers.isEmpty()) {
      List<Diagnosis> all = new ArrayList<>(List.of(diagnosis()));
      if (number() < 200) {
        all.addAll(some(3, 8, this::diagnosis));
      }
      answers.add(new Reply.Answered(all));
    }
    return answers.getFirst();
  }
}
