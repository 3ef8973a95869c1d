package dev.upstream.workspace;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** A channel in plain text, as a person reads it from top to bottom. */
final class Transcript {
  private final List<String> lines = new ArrayList<>();

  private Transcript() {}

  static String of(Channel channel) {
    Transcript transcript = new Transcript();
    transcript.lines.add("#" + channel.name);
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
    return String.join("\n", transcript.lines) + "\n";
  }

  private void post(Post post, String indent) {
    lines.add("");
    lines.add(
        indent
            + post.author()
            + (post.edited() ? " (edited)" : "")
            + post.onlyFor().map(u -> " (only " + u + " sees this)").orElse("")
            + ":");
    if (post.blocks().isEmpty()) {
      add(indent + "  ", MrkdwnText.shown(post.text()));
    }
    post.files()
        .forEach(f -> add(indent + "  ", "[file " + f.name() + ", " + f.size() + " bytes]"));
    for (JsonNode block : post.blocks()) {
      block(block, indent + "  ");
    }
  }

  private void block(JsonNode block, String indent) {
    switch (block.path("type").asText()) {
      case "header" -> add(indent + "## ", text(block.path("text")));
      case "section" -> {
        if (block.has("text")) {
          add(indent, text(block.path("text")));
        }
        block.path("fields").forEach(f -> add(indent, text(f)));
      }
      case "context" -> block.path("elements").forEach(e -> add(indent + "- ", text(e)));
      case "divider" -> lines.add(indent + "----");
      default -> lines.add(indent + "[" + block.path("type").asText() + "]");
    }
  }

  private static String text(JsonNode object) {
    String words = object.path("text").asText();
    return object.path("type").asText().equals("mrkdwn") ? MrkdwnText.shown(words) : words;
  }

  private void add(String indent, String text) {
    text.lines().forEach(l -> lines.add((indent + l).stripTrailing()));
  }
}
