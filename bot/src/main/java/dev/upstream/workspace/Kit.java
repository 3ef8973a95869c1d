package dev.upstream.workspace;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Collects what is wrong with the parts of blocks, in Slack's form, and every text in them. */
final class Kit {
  static final Set<String> PLAIN = Set.of("plain_text");
  static final Set<String> EITHER = Set.of("plain_text", "mrkdwn");
  private static final int LONGEST_OPTION = 75;
  private static final int MOST_OPTIONS = 100;

  final List<String> problems = new ArrayList<>();
  final List<JsonNode> texts = new ArrayList<>();

  void problem(String what, String at) {
    problems.add("[ERROR] " + what + " [json-pointer:" + at + "]");
  }

  /**
   * Refuses other keys.
   *
   * @param known separated by spaces
   */
  void keys(JsonNode node, String known, String at) {
    Set<String> all = Set.of(known.split(" ", -1));
    node.fieldNames()
        .forEachRemaining(
            k -> {
              if (!all.contains(k)) {
                problem("invalid additional property: " + k, at);
              }
            });
  }

  /** A text object that must be there. */
  void text(JsonNode text, Set<String> types, int longest, String at) {
    String type = text.path("type").asText();
    if (!types.contains(type)) {
      problem(text.isMissingNode() ? "missing required field" : "unsupported type: " + type, at);
      return;
    }
    keys(text, type.equals("mrkdwn") ? "type text verbatim" : "type text emoji", at);
    words(text.path("text"), longest, at + "/text");
    texts.add(text);
  }

  /** A text object that may be missing. */
  void maybe(JsonNode text, Set<String> types, int longest, String at) {
    if (!text.isMissingNode()) {
      text(text, types, longest, at);
    }
  }

  /** A string that must be there and say something. */
  void words(JsonNode words, int longest, String at) {
    if (!words.isTextual()) {
      problem("must be a string", at);
    } else if (words.asText().isEmpty()) {
      problem("must be more than 0 characters", at);
    } else {
      longest(words, longest, at);
    }
  }

  /** A string that may be missing or empty. */
  void string(JsonNode node, String key, int longest, String at) {
    JsonNode value = node.path(key);
    if (!value.isMissingNode() && !value.isTextual()) {
      problem("must be a string", at + "/" + key);
    } else {
      longest(value, longest, at + "/" + key);
    }
  }

  private void longest(JsonNode value, int longest, String at) {
    if (value.asText().length() > longest) {
      problem("must be less than " + (longest + 1) + " characters", at);
    }
  }

  void flag(JsonNode node, String key, String at) {
    if (node.has(key) && !node.path(key).isBoolean()) {
      problem("must be a boolean", at + "/" + key);
    }
  }

  void oneOf(JsonNode node, String key, Set<String> values, String at) {
    if (node.has(key) && !values.contains(node.path(key).asText())) {
      problem("must be one of " + new java.util.TreeSet<>(values), at + "/" + key);
    }
  }

  void matches(JsonNode node, String key, String pattern, String at) {
    if (node.has(key) && !node.path(key).asText().matches(pattern)) {
      problem("has the wrong form", at + "/" + key);
    }
  }

  /** Whether it is an array of this size. */
  boolean size(JsonNode items, int least, int most, String at) {
    if (!items.isArray() || items.size() < least) {
      problem("must provide at least " + least + " item" + (least == 1 ? "" : "s"), at);
      return false;
    }
    if (items.size() > most) {
      problem("no more than " + most + " items allowed, given " + items.size(), at);
    }
    return true;
  }

  void address(JsonNode node, String key, String at) {
    string(node, key, 3_000, at);
    matches(node, key, "https?://\\S+", at);
    leads(node.path(key));
  }

  /** An address that people are led to, or that their screens fetch. */
  void leads(JsonNode address) {
    if (address.isTextual()) {
      texts.add(Arguments.JSON.createObjectNode().put("type", "link").put("url", address.asText()));
    }
  }

  /** Words that stand for something and are read as they are. */
  void label(JsonNode words) {
    if (words.isTextual()) {
      texts.add(Arguments.JSON.createObjectNode().put("type", "label").put("text", words.asText()));
    }
  }

  void confirm(JsonNode element, String at) {
    JsonNode confirm = element.path("confirm");
    if (!confirm.isMissingNode()) {
      String here = at + "/confirm";
      keys(confirm, "title text confirm deny style", here);
      text(confirm.path("title"), PLAIN, 100, here + "/title");
      text(confirm.path("text"), EITHER, 300, here + "/text");
      text(confirm.path("confirm"), PLAIN, 30, here + "/confirm");
      text(confirm.path("deny"), PLAIN, 30, here + "/deny");
      oneOf(confirm, "style", Set.of("primary", "danger"), here);
    }
  }

  /** Options of an element, each value once. */
  void options(JsonNode options, int least, int most, Set<String> types, String at) {
    if (!size(options, least, most, at)) {
      return;
    }
    Set<String> values = new HashSet<>();
    for (int i = 0; i < options.size(); i++) {
      option(options.get(i), types, at + "/" + i);
      if (!values.add(options.get(i).path("value").asText())) {
        problem("value is not unique", at + "/" + i + "/value");
      }
    }
  }

  private void option(JsonNode option, Set<String> types, String at) {
    keys(option, "text value description url", at);
    text(option.path("text"), types, LONGEST_OPTION, at + "/text");
    words(option.path("value"), 150, at + "/value");
    maybe(option.path("description"), types, LONGEST_OPTION, at + "/description");
    address(option, "url", at);
  }

  /** Options, or groups of them, of a select or of the answer to what somebody typed. */
  void choices(JsonNode holder, int least, String at) {
    if (holder.has("options") == holder.has("option_groups")) {
      problem("either options or option_groups is required", at);
      return;
    }
    if (holder.has("options")) {
      options(holder.path("options"), least, MOST_OPTIONS, PLAIN, at + "/options");
      return;
    }
    JsonNode groups = holder.path("option_groups");
    if (size(groups, least, MOST_OPTIONS, at + "/option_groups")) {
      for (int i = 0; i < groups.size(); i++) {
        String here = at + "/option_groups/" + i;
        keys(groups.get(i), "label options", here);
        text(groups.get(i).path("label"), PLAIN, LONGEST_OPTION, here + "/label");
        options(groups.get(i).path("options"), 1, MOST_OPTIONS, PLAIN, here + "/options");
      }
    }
  }

  /** An option that is chosen from the start is one of the options, by its words too. */
  void initial(JsonNode element, String key, Set<String> types, String at) {
    for (JsonNode one : chosen(element, key, types, at)) {
      if (Choices.of(element).stream().noneMatch(o -> same(o, one))) {
        problem("is none of the options: " + one.path("value").asText(), at + "/" + key);
      }
    }
  }

  private static boolean same(JsonNode one, JsonNode other) {
    return one.path("value").equals(other.path("value"))
        && one.path("text").path("text").equals(other.path("text").path("text"));
  }

  /** What is chosen from the start, be it that nobody knows the options yet. */
  List<JsonNode> chosen(JsonNode element, String key, Set<String> types, String at) {
    JsonNode wanted = element.path(key);
    String here = at + "/" + key;
    if (wanted.isMissingNode()) {
      return List.of();
    }
    if (key.endsWith("s")) {
      options(wanted, 1, MOST_OPTIONS, types, here);
      List<JsonNode> all = new ArrayList<>();
      wanted.forEach(all::add);
      return all;
    }
    option(wanted, types, here);
    return List.of(wanted);
  }
}
