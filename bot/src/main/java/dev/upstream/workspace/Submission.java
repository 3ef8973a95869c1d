package dev.upstream.workspace;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A modal is submitted or closed, and does what the bot answers. */
final class Submission {
  private static final String NAME = "view_submission";
  private static final String TROUBLE = "We had some trouble connecting. Try again?";

  private final Interactions interactions;
  private final Server server;

  Submission(Interactions interactions) {
    this.interactions = interactions;
    this.server = interactions.server();
  }

  Ack submit(View view) {
    ObjectNode payload;
    synchronized (server) {
      top(view);
      if (view.get("submit").isMissingNode()) {
        throw new Impossible("this modal has no button to submit");
      }
      List<String> missing = new ArrayList<>();
      for (JsonNode block : view.blocks()) {
        if (block.path("type").asText().equals("input")) {
          JsonNode value =
              view.values()
                  .path(block.path("block_id").asText())
                  .path(block.path("element").path("action_id").asText());
          missing.add(StateValues.missing(block, value));
        }
      }
      missing.removeIf(String::isEmpty);
      if (!missing.isEmpty()) {
        throw new Impossible(String.join("; ", missing));
      }
      payload = interactions.payload(NAME, view.team, view.who);
      payload.put("trigger_id", server.triggers.issue(view.team, view.who, Optional.of(view.id)));
      payload.set("view", view.json());
      payload.putArray("response_urls");
    }
    Ack ack = interactions.send(payload);
    synchronized (server) {
      if (ack.taken()) {
        answered(view, ack.body());
      } else {
        view.fail(Map.of("Slack", TROUBLE));
      }
    }
    return ack;
  }

  private void top(View view) {
    if (server.views.top(view.who).filter(view::equals).isEmpty()) {
      throw new Impossible("this modal is not on top, or is closed");
    }
  }

  private void answered(View view, String body) {
    if (!server.views.isOpen(view)) {
      return;
    }
    JsonNode answer;
    try {
      answer = body.isBlank() ? Arguments.JSON.createObjectNode() : Arguments.JSON.readTree(body);
    } catch (JsonProcessingException e) {
      server.violations.add(NAME, "no JSON: " + body);
      return;
    }
    switch (answer.path("response_action").asText()) {
      case "errors" -> errors(view, answer.path("errors"));
      case "update" -> definition(answer, Optional.of(view)).ifPresent(d -> view.define(server, d));
      case "push" -> {
        if (server.views.depth(view.who) == Views.DEEPEST) {
          server.violations.add(NAME, "push_limit_reached");
        } else {
          definition(answer, Optional.empty())
              .ifPresent(d -> server.views.push(view.team, view.who, d));
        }
      }
      case "clear" -> server.views.clear(view.who);
      case "" -> {
        if (!answer.isEmpty()) {
          server.violations.add(NAME, "no response_action: " + body);
        }
        server.views.close(view);
      }
      default -> server.violations.add(NAME, "unknown response_action: " + body);
    }
  }

  private void errors(View view, JsonNode errors) {
    Map<String, String> shown = new LinkedHashMap<>();
    errors
        .properties()
        .forEach(
            e -> {
              boolean known = false;
              for (JsonNode block : view.blocks()) {
                known |=
                    block.path("type").asText().equals("input")
                        && block.path("block_id").asText().equals(e.getKey());
              }
              String words = e.getValue().asText();
              if (!known || words.isEmpty()) {
                server.violations.add(NAME, "an error for no input, or without words: " + e);
              }
              server.violations.words(NAME, words);
              shown.put(e.getKey(), words);
            });
    if (shown.isEmpty()) {
      server.violations.add(NAME, "response_action errors without errors");
    }
    view.fail(shown);
  }

  private Optional<JsonNode> definition(JsonNode answer, Optional<View> old) {
    JsonNode definition = answer.path("view");
    List<String> problems = new ArrayList<>();
    String error = server.views.judge(NAME, definition, "modal", problems);
    String external = definition.path("external_id").asText();
    Optional<View> taken =
        old.isPresent() && !external.isEmpty()
            ? server.views.byExternalId(old.get().team, external)
            : Optional.empty();
    if (error.isEmpty() && taken.isPresent() && !taken.equals(old)) {
      error = "duplicate_external_id";
    }
    if (!error.isEmpty()) {
      server.violations.add(NAME, error + " " + String.join("; ", problems));
      return Optional.empty();
    }
    return Optional.of(definition);
  }

  /** The bot is told when it asked for that. */
  Optional<Ack> close(View view) {
    ObjectNode payload;
    synchronized (server) {
      top(view);
      boolean all = view.get("clear_on_close").asBoolean();
      if (all) {
        server.views.clear(view.who);
      } else {
        server.views.close(view);
      }
      if (!view.get("notify_on_close").asBoolean()) {
        return Optional.empty();
      }
      payload = interactions.payload("view_closed", view.team, view.who);
      payload.set("view", view.json());
      payload.put("is_cleared", all);
    }
    return Optional.of(interactions.send(payload));
  }
}
