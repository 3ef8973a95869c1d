package dev.upstream.slack;

import java.util.List;

/** What only the asker sees: a refusal in a sentence, an invitation, the help. */
public final class NoteBlocks {
  private static final String EXAMPLES =
      """
      /upstream check https://shop.example.com/cart
      /upstream check shop.example.com on all
      /upstream check shop/web from checkout
      /upstream check web in shop on east\
      """;

  private NoteBlocks() {}

  public static Message sentence(String sentence) {
    return new Message(sentence, List.of(Block.Section.plain(sentence)));
  }

  /** The bot cannot write where it was asked. */
  public static Message invite(String bot) {
    return new Message(
        "Upstream is not in this channel.",
        List.of(
            Block.Section.rich(
                new Span.Words("I can't write here. In a channel, invite me by "),
                new Span.Code("/invite @" + bot),
                new Span.Words(" and ask again; in a conversation between people I can't join."))));
  }

  public static Message help() {
    return new Message(
        "/upstream check finds out why requests fail.",
        List.of(
            Block.Section.rich(
                new Span.Code("/upstream check <what is broken>"),
                new Span.Words(
                    "  finds out why requests fail, and answers in the channel."
                        + "\nWhat is broken: a URL, a host, a service as namespace/name, a pod as"
                        + " pod/name, an Ingress as ingress/name, or a pasted log line.\n")),
            Block.Section.rich(
                new Span.Code("from <client>"),
                new Span.Words("  who calls: a namespace, or namespace/workload\n"),
                new Span.Code("on <cluster>"),
                new Span.Words("  where the caller is; all for every cluster\n"),
                new Span.Code("in <namespace>"),
                new Span.Words("  where a name without a namespace is looked for")),
            Block.Section.rich(new Span.Preformatted(EXAMPLES))));
  }
}
