package dev.upstream.slack;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The help, made of the commands that there are. */
public final class HelpBlocks {
  private HelpBlocks() {}

  public static Message of() {
    List<Span> commands = new ArrayList<>();
    commands.add(new Span.Code("/upstream"));
    commands.add(new Span.Words("  asks in a window what to check\n"));
    for (Commands command : Commands.values()) {
      commands.add(new Span.Code("/upstream " + command.form()));
      commands.add(new Span.Words("  " + command.meaning() + "\n"));
    }
    List<String> examples =
        Arrays.stream(Commands.values())
            .flatMap(c -> c.examples().stream())
            .map(e -> "/upstream " + e)
            .toList();
    return new Message(
        "/upstream check finds out why requests fail.",
        List.of(
            Block.Section.rich(commands),
            Block.Section.rich(
                new Span.Strong("What is broken"),
                new Span.Words(
                    "  a URL, a host, a service as namespace/name, a pod as pod/name, an Ingress as"
                        + " ingress/name, or a pasted log line or alert\n"),
                new Span.Code("from <client>"),
                new Span.Words("  who calls: a namespace, or namespace/workload\n"),
                new Span.Code("on <cluster>"),
                new Span.Words("  where the caller is; all for every cluster\n"),
                new Span.Code("in <namespace>"),
                new Span.Words("  where a name without a namespace is looked for")),
            Block.Section.rich(
                new Span.Strong("Examples"),
                new Span.Words("\n"),
                new Span.Preformatted(String.join("\n", examples))),
            Block.Section.rich(
                new Span.Words("Inside a thread, write "),
                new Span.Code("@upstream check ..."),
                new Span.Words(" or use the message's menu, "),
                new Span.Strong("Check with Upstream"),
                new Span.Words(": I answer in that thread."))));
  }
}
