package dev.upstream.workspace;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** A channel or a view in plain text, as a person reads it from top to bottom. */
final class Transcript {
  private static final Pattern MENTION = Pattern.compile("<@([A-Z0-9]+)(?:\\|[^>]*)?>");
  private static final Pattern LINK =
      Pattern.compile("<((?:https?|mailto):[^|>]*)(?:\\|([^>]*))?>");

  private final Server server;
  private final List<String> lines = new ArrayList<>();

  private Transcript(Server server) {
    this.server = server;
  }

  /** The messages as they stand now, each thread under its root. */
  static String of(Server server, Channel channel) {
    Transcript transcript = new Transcript(server);
    transcript.lines.add(title(channel));
    List<Post> posts = channel.posts();
    for (Post post : posts) {
      if (post.thread().isEmpty()) {
        transcript.post(post, "");
        posts.stream()
            .filter(p -> p.thread().map(t -> t.equals(post.ts())).orElse(false))
            .forEach(reply -> transcript.post(reply, "    "));
      }
    }
    posts.stream()
        .filter(p -> p.thread().filter(t -> channel.find(t).isEmpty()).isPresent())
        .forEach(orphan -> transcript.post(orphan, "    "));
    return transcript.text();
  }

  /** All that happened, in its order: what people did, each message, each of its edits. */
  static String story(Server server, Channel channel) {
    Transcript transcript = new Transcript(server);
    transcript.lines.add(title(channel));
    List<String> known = new ArrayList<>();
    for (Told told : channel.story()) {
      switch (told) {
        case Told.Did d -> {
          transcript.lines.add("");
          transcript.lines.add(transcript.read(d.what()));
        }
        case Told.Posted p -> {
          known.add(p.post().ts());
          transcript.told(p.post(), known, "");
        }
        case Told.Edited e -> transcript.told(e.post(), known, " edits");
        case Told.Removed r -> {
          transcript.lines.add("");
          transcript.lines.add("(" + number(known, r.ts()) + " is taken away)");
        }
      }
    }
    return transcript.text();
  }

  private void told(Post post, List<String> known, String edits) {
    String indent = post.thread().isPresent() ? "    " : "";
    String under = post.thread().map(t -> " under " + number(known, t)).orElse("");
    lines.add("");
    lines.add(
        indent
            + post.author()
            + edits
            + " "
            + number(known, post.ts())
            + under
            + seenBy(post)
            + ":");
    content(post, indent + "  ");
  }

  private static String number(List<String> known, String ts) {
    return known.contains(ts) ? "(" + (known.indexOf(ts) + 1) + ")" : "(?)";
  }

  static String of(Server server, View view) {
    Transcript transcript = new Transcript(server);
    String title = view.get("title").path("text").asText();
    transcript.lines.add(view.isModal() ? "=== " + title + " ===" : "=== Home ===");
    BlockText.of(view.blocks(), view.values(), transcript::read).forEach(transcript.lines::add);
    view.errors().forEach((block, words) -> transcript.lines.add("! " + block + ": " + words));
    if (view.isModal()) {
      String submit =
          view.get("submit").isMissingNode()
              ? ""
              : " [" + view.get("submit").path("text").asText() + "]";
      String close =
          view.get("close").isMissingNode() ? "Cancel" : view.get("close").path("text").asText();
      transcript.lines.add("[" + close + "]" + submit);
    }
    return transcript.text();
  }

  private static String title(Channel channel) {
    return channel.kind == Channel.Kind.DIRECT ? "@" + channel.name : "#" + channel.name;
  }

  private String text() {
    return String.join("\n", lines) + "\n";
  }

  private void post(Post post, String indent) {
    lines.add("");
    lines.add(indent + post.author() + (post.edited() ? " (edited)" : "") + seenBy(post) + ":");
    content(post, indent + "  ");
  }

  private static String seenBy(Post post) {
    return post.onlyFor().map(u -> " (only " + u + " sees this)").orElse("");
  }

  private void content(Post post, String indent) {
    if (post.blocks().isEmpty()) {
      read(post.text()).lines().forEach(l -> lines.add((indent + l).stripTrailing()));
    }
    JsonNode held = StateValues.of(post.blocks(), Arguments.JSON.createObjectNode());
    BlockText.of(post.blocks(), held, this::read).forEach(l -> lines.add(indent + l));
    post.files()
        .forEach(f -> lines.add(indent + "[file " + f.name() + ", " + f.size() + " bytes]"));
  }

  /** A mrkdwn text with names and links as a person sees them. */
  private String read(String mrkdwn) {
    String named =
        MENTION
            .matcher(mrkdwn)
            .replaceAll(
                m ->
                    java.util.regex.Matcher.quoteReplacement(
                        server.member(m.group(1)).map(u -> "@" + u.name()).orElse(m.group())));
    String linked =
        LINK.matcher(named)
            .replaceAll(
                m ->
                    java.util.regex.Matcher.quoteReplacement(
                        Optional.ofNullable(m.group(2)).orElse(m.group(1))));
    return MrkdwnText.shown(linked);
  }
}
