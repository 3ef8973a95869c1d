package dev.upstream.slack;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.slack.api.model.view.View;
import com.slack.api.util.json.GsonFactory;
import dev.upstream.workspace.Inspection;
import java.util.List;

/** What a person sees of a message, after the guard and by the workspace's own reading. */
final class Seen {
  static final String SECRET = "xoxb-0123456789-abcdefghij";
  private static final String PERMALINK = "<https://acme.slack.com/archives/C0INCIDENTS/p";
  private static final Gson JSON = GsonFactory.createSnakeCase();
  private static final OutgoingGuard GUARD = new OutgoingGuard(List.of(SECRET));

  private Seen() {}

  /** Its blocks in lines; nothing is wrong with them. */
  static String of(Message message) {
    return String.join("\n", lines(message));
  }

  /** With what a phone shows first. */
  static String withNotification(Message message) {
    return "(phone) " + GUARD.pass(message).text() + "\n" + of(message);
  }

  static String of(Modal modal) {
    View view = GUARD.pass(modal);
    assertThat(Inspection.ofModal(JSON.toJson(view), List.of(SECRET))).isEmpty();
    List<String> lines = Inspection.shown(JSON.toJson(view.getBlocks()));
    return "=== "
        + view.getTitle().getText()
        + " ===\n"
        + String.join("\n", lines)
        + "\n["
        + view.getClose().getText()
        + "]"
        + (view.getSubmit() == null ? "" : " [" + view.getSubmit().getText() + "]");
  }

  static String of(Attachment file) {
    OutgoingGuard.OutgoingFile passed = GUARD.pass(file);
    return "[file "
        + passed.name()
        + "]\n"
        + new String(passed.bytes(), java.nio.charset.StandardCharsets.UTF_8);
  }

  private static List<String> lines(Message message) {
    OutgoingGuard.Outgoing sent = GUARD.pass(message);
    String blocks = JSON.toJson(sent.blocks());
    List<String> wrong =
        Inspection.of(sent.text(), blocks, List.of(SECRET), t -> t.startsWith(PERMALINK));
    assertThat(wrong).isEmpty();
    return Inspection.shown(blocks);
  }
}
