package dev.upstream.slack;

import com.google.gson.Gson;
import com.slack.api.app_backend.interactive_components.response.BlockSuggestionResponse;
import com.slack.api.app_backend.interactive_components.response.Option;
import com.slack.api.app_backend.interactive_components.response.OptionGroup;
import com.slack.api.model.block.ActionsBlock;
import com.slack.api.model.block.ContextBlock;
import com.slack.api.model.block.LayoutBlock;
import com.slack.api.model.view.View;
import com.slack.api.model.view.ViewClose;
import com.slack.api.model.view.ViewSubmit;
import com.slack.api.model.view.ViewTitle;
import com.slack.api.util.json.GsonFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What everything passes on its way to Slack: sizes that Slack takes, no mention, link or
 * formatting that came from elsewhere, nothing invisible, no secret.
 */
public final class OutgoingGuard {
  private static final int MOST_BLOCKS = 50;
  private static final int MOST_IN_MODAL = 100;
  private static final int MOST_IN_ALL = 12_000;
  private static final int LONGEST_NOTIFICATION = 1_000;
  private static final int LONGEST_ERROR = 300;
  private static final int LONGEST_LABEL = 75;
  private static final int LONGEST_TITLE = 150;

  private static final Gson JSON = GsonFactory.createSnakeCase();

  private final OutgoingText words;
  private final OutgoingBlocks blocks;

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

  /** A file that passed; only the guard can make one. */
  public static final class OutgoingFile {
    private final String name;
    private final String title;
    private final byte[] bytes;

    private OutgoingFile(String name, String title, byte[] bytes) {
      this.name = name;
      this.title = title;
      this.bytes = bytes;
    }

    public String name() {
      return name;
    }

    public String title() {
      return title;
    }

    public byte[] bytes() {
      return bytes.clone();
    }
  }

  /**
   * @param secrets what must never leave, whatever it stands in
   */
  public OutgoingGuard(List<String> secrets) {
    this.words = new OutgoingText(secrets);
    this.blocks = new OutgoingBlocks(words);
  }

  public Outgoing pass(Message message) {
    return new Outgoing(notification(message.notification()), fitting(message.blocks()));
  }

  /** The file's words are shown as they are; what is named {@code .json} stays JSON. */
  public OutgoingFile pass(Attachment file) {
    String name = words.label(file.name(), LONGEST_TITLE);
    return new OutgoingFile(
        name.equals(file.name()) ? name : "file" + name.replaceAll(".*(?=\\.[a-z]+$)", ""),
        words.label(file.title(), LONGEST_TITLE),
        (file.name().endsWith(".json") ? words.json(file.text()) : words.file(file.text()))
            .getBytes(StandardCharsets.UTF_8));
  }

  public View pass(Modal modal) {
    List<LayoutBlock> all =
        modal.blocks().stream().flatMap(b -> blocks.of(b).stream()).limit(MOST_IN_MODAL).toList();
    View view =
        View.builder()
            .type("modal")
            .callbackId(modal.callback().id())
            .title(ViewTitle.builder().type("plain_text").text(modal.title()).emoji(false).build())
            .close(ViewClose.builder().type("plain_text").text("Close").emoji(false).build())
            .privateMetadata(modal.memory())
            .blocks(all)
            .build();
    modal
        .submit()
        .ifPresent(
            s ->
                view.setSubmit(
                    ViewSubmit.builder().type("plain_text").text(s).emoji(false).build()));
    return view;
  }

  public BlockSuggestionResponse pass(Suggestions suggestions) {
    List<Option> options =
        suggestions.choices().stream()
            .map(c -> new Option(blocks.label(c.label(), LONGEST_LABEL), c.value()))
            .toList();
    return suggestions
        .notice()
        .map(
            n ->
                BlockSuggestionResponse.builder()
                    .optionGroups(
                        List.of(
                            OptionGroup.builder()
                                .label(blocks.label(n, LONGEST_LABEL))
                                .options(options)
                                .build()))
                    .build())
        .orElseGet(() -> BlockSuggestionResponse.builder().options(options).build());
  }

  /** What is wrong with a modal, by the {@code block_id} of the field. */
  public Map<String, String> pass(Map<Action, String> errors) {
    Map<String, String> out = new TreeMap<>();
    errors.forEach((a, e) -> out.put(a.id(), words.label(e, LONGEST_ERROR)));
    return out;
  }

  private String notification(String raw) {
    String text = words.fit(raw, true, LONGEST_NOTIFICATION, Mrkdwn::escapedLength).strip();
    StringBuilder out = new StringBuilder();
    Mrkdwn.write(out, new Span.Words(text), text.isEmpty() ? "Upstream" : text);
    return out.toString();
  }

  /** What does not fit is cut, but buttons stay: they lead to the rest. */
  private List<LayoutBlock> fitting(List<Block> wanted) {
    List<LayoutBlock> all = wanted.stream().flatMap(b -> blocks.of(b).stream()).toList();
    if (all.size() <= MOST_BLOCKS && size(all) <= MOST_IN_ALL) {
      return all;
    }
    List<LayoutBlock> buttons = all.stream().filter(ActionsBlock.class::isInstance).toList();
    int used = size(buttons) + size(List.of(leftOut(all.size())));
    int room = MOST_BLOCKS - buttons.size() - 1;
    List<LayoutBlock> kept = new ArrayList<>();
    int taken = 0;
    for (LayoutBlock block : all) {
      if (block instanceof ActionsBlock) {
        continue;
      }
      int more = size(List.of(block));
      if (taken >= room || used + more > MOST_IN_ALL) {
        break;
      }
      used += more;
      taken++;
      kept.add(block);
    }
    kept.add(leftOut(all.size() - buttons.size() - taken));
    kept.addAll(buttons);
    return kept;
  }

  private static LayoutBlock leftOut(int parts) {
    String said = "Cut here: " + parts + " more parts did not fit into this message.";
    return ContextBlock.builder().elements(List.of(OutgoingBlocks.plain(said))).build();
  }

  private static int size(List<LayoutBlock> some) {
    return JSON.toJson(some).length();
  }
}
