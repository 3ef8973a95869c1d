package dev.upstream.slack;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.slack.api.util.json.GsonFactory;
import dev.upstream.answer.Reply;
import dev.upstream.workspace.Inspection;
import dev.upstream.workspace.MrkdwnText;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Whatever stands in a name or a log line: nothing of it acts, and every limit holds. */
class HostileTextTest {
  private static final int CASES = Integer.getInteger("upstream.cases", 2_000);
  private static final Pattern MRKDWN_TEXT =
      Pattern.compile("\"type\":\"mrkdwn\",\"text\":\"((?:[^\"\\\\]|\\\\.)*+)\"");

  private static final Gson JSON = GsonFactory.createSnakeCase();

  private final OutgoingGuard guard = new OutgoingGuard(List.of(Hostile.BOT_TOKEN));

  @Test
  void everyMessageMadeOfHostileTextIsHarmless() {
    long seed = Long.getLong("upstream.seed", new Random().nextLong());
    System.out.println("HostileTextTest: -Dupstream.seed=" + seed);
    Random random = new Random(seed);
    for (int i = 0; i < CASES; i++) {
      Hostile hostile = new Hostile(random);
      for (Message message : messages(hostile)) {
        harmless(message, "case " + i + " of seed " + seed);
      }
    }
  }

  private static List<Message> messages(Hostile hostile) {
    Reply.Answered answered = new Reply.Answered(hostile.diagnoses());
    ZoneId zone = ZoneId.of("UTC");
    List<Message> all = new ArrayList<>(ThreadBlocks.of(answered, zone));
    all.add(HeadlineBlocks.looking(hostile.text(), hostile.text()));
    all.add(HeadlineBlocks.answered(answered, hostile.text(), zone, Case1.NOW));
    all.add(HeadlineBlocks.broken(hostile.text(), hostile.text(), "00000000"));
    all.add(NoteBlocks.sentence(hostile.text()));
    all.add(NoteBlocks.invite(hostile.text()));
    if (CommandParser.parse(hostile.text()) instanceof Command.Wrong wrong) {
      all.add(NoteBlocks.sentence(wrong.sentence()));
    }
    if (CommandParser.parse("check " + hostile.text()) instanceof Command.Wrong wrong) {
      all.add(NoteBlocks.sentence(wrong.sentence()));
    }
    all.add(
        new Message(
            hostile.text(),
            List.of(
                new Block.Header(hostile.text()),
                new Block.Divider(),
                Block.Section.rich(
                    new Span.Words(hostile.text()),
                    new Span.Code(hostile.text()),
                    new Span.Words(hostile.text()),
                    new Span.Preformatted(hostile.text()),
                    new Span.Words(hostile.text())))));
    return all;
  }

  private void harmless(Message message, String which) {
    OutgoingGuard.Outgoing sent = guard.pass(message);
    String blocks = JSON.toJson(sent.blocks());

    assertThat(Inspection.of(sent.text(), blocks, List.of(Hostile.BOT_TOKEN))).as(which).isEmpty();
    assertThat(blocks.length()).as(which).isLessThanOrEqualTo(12_000);
    assertThat(sent.text().length()).as(which).isBetween(1, 1_000);
    assertThat(around(sent.text() + blocks, "hunter2")).as(which).isEmpty();
    MRKDWN_TEXT
        .matcher(blocks)
        .results()
        .map(m -> JSON.fromJson("\"" + m.group(1) + "\"", String.class))
        .forEach(m -> unformatted(m, which));
    unformatted(sent.text(), which);
  }

  private static String around(String text, String secret) {
    int at = text.indexOf(secret);
    return at < 0 ? "" : text.substring(Math.max(0, at - 150), Math.min(text.length(), at + 50));
  }

  private static void unformatted(String mrkdwn, String which) {
    for (MrkdwnText.Part part : MrkdwnText.parts(mrkdwn, true)) {
      if (part.kind() == MrkdwnText.Kind.BOLD) {
        assertThat(part.text().toLowerCase(Locale.ROOT)).as(which).doesNotContain("evil");
      }
    }
  }
}
