package dev.upstream.workspace;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What people do to buttons, fields and messages: as Slack tells it to the bot. */
final class Interactions {
  private final Server server;
  private final Carrier carrier;
  private final Map<String, List<JsonNode>> offered = new ConcurrentHashMap<>();

  Interactions(Server server, Carrier carrier) {
    this.server = server;
    this.carrier = carrier;
  }

  Server server() {
    return server;
  }

  /** Sends an interaction; its trigger is its id. */
  Ack send(ObjectNode payload) {
    String id = payload.path("trigger_id").asText();
    return carrier.send(Parcel.of(Parcel.Type.INTERACTIVE, id, payload));
  }

  /** What every interaction says. */
  ObjectNode payload(String type, Team team, Member who) {
    ObjectNode out =
        Arguments.JSON
            .createObjectNode()
            .put("type", type)
            .put("token", "unused")
            .put("api_app_id", BotApp.ID)
            .put("is_enterprise_install", false)
            .putNull("enterprise");
    out.putObject("team").put("id", team.id).put("domain", team.domain);
    out.putObject("user")
        .put("id", who.id())
        .put("username", who.name())
        .put("name", who.name())
        .put("team_id", who.team());
    return out;
  }

  /**
   * Somebody presses a button, or chooses in a menu.
   *
   * @param wanted what is chosen; empty for a button
   */
  Ack act(Member who, Spot spot, String action, List<String> wanted) {
    ObjectNode payload;
    synchronized (server) {
      Spot.Found found = spot.find(action);
      if (found.silent()) {
        throw new Impossible(action + " is told when the modal is submitted");
      }
      payload = payload("block_actions", spot.team(), who);
      ObjectNode done = done(found, wanted, spot, who);
      where(payload, spot, who);
      payload.putArray("actions").add(done);
    }
    Ack ack = send(payload);
    if (ack.status() == 200 && !ack.body().isBlank() && !ack.body().equals("{}")) {
      server.violations.add("ack", "a click is acknowledged with nothing, not " + ack.body());
    }
    return ack;
  }

  /** Somebody fills a field of a view; most are told only when the modal is submitted. */
  void fill(Member who, View view, String action, List<String> wanted) {
    Spot spot = new Spot.OnView(view);
    boolean silent;
    synchronized (server) {
      Spot.Found found = spot.find(action);
      silent = found.silent();
      if (silent) {
        put(view, found, StateValues.chosen(found.element(), wanted, offered(spot, found, who)));
      }
    }
    if (!silent) {
      act(who, spot, action, wanted);
    }
  }

  private static void put(View view, Spot.Found found, ObjectNode value) {
    view.put(found.blockId(), found.actionId(), value);
  }

  /** The action as it is told; what was chosen stays chosen. */
  private ObjectNode done(Spot.Found found, List<String> wanted, Spot spot, Member who) {
    ObjectNode action;
    if (found.type().equals("button") || found.type().equals("icon_button")) {
      if (!wanted.isEmpty()) {
        throw new Impossible("nothing can be chosen on a button");
      }
      action = Arguments.JSON.createObjectNode().put("type", found.type());
      for (String key : new String[] {"text", "value", "url", "style"}) {
        if (found.element().has(key)) {
          action.set(key, found.element().path(key).deepCopy());
        }
      }
    } else if (found.type().equals("feedback_buttons")) {
      action = feedback(found, wanted);
    } else {
      action = StateValues.chosen(found.element(), wanted, offered(spot, found, who));
      if (spot instanceof Spot.OnView v && !found.type().equals("overflow")) {
        put(v.view(), found, action.deepCopy());
      }
    }
    return action
        .put("action_id", found.actionId())
        .put("block_id", found.blockId())
        .put("action_ts", server.nextTs());
  }

  private static ObjectNode feedback(Spot.Found found, List<String> wanted) {
    for (String key : new String[] {"positive_button", "negative_button"}) {
      JsonNode button = found.element().path(key);
      if (wanted.contains(button.path("value").asText())
          || wanted.contains(button.path("text").path("text").asText())) {
        return Arguments.JSON
            .createObjectNode()
            .put("type", found.type())
            .put("value", button.path("value").asText())
            .<ObjectNode>set("text", button.path("text").deepCopy());
      }
    }
    throw new Impossible("there is no such button: " + wanted);
  }

  /** Where it was done, and what may be done about it. */
  private void where(ObjectNode payload, Spot spot, Member who) {
    switch (spot) {
      case Spot.OnView v -> {
        payload.put("trigger_id", server.triggers.issue(spot.team(), who, modalOf(v.view())));
        payload.putObject("container").put("type", "view").put("view_id", v.view().id);
        payload.set("view", v.view().json());
      }
      case Spot.OnMessage m -> {
        payload.put("trigger_id", server.triggers.issue(spot.team(), who, Optional.empty()));
        boolean ephemeral = m.post().onlyFor().isPresent();
        ObjectNode container =
            payload
                .putObject("container")
                .put("type", "message")
                .put("message_ts", m.post().ts())
                .put("channel_id", m.channel().id)
                .put("is_ephemeral", ephemeral);
        m.post().thread().ifPresent(t -> container.put("thread_ts", t));
        payload
            .putObject("channel")
            .put("id", m.channel().id)
            .put("name", Commands.shownName(m.channel()));
        if (!ephemeral) {
          payload.set("message", MessageJson.of(spot.team(), m.channel(), m.post(), false));
        }
        payload
            .putObject("state")
            .set("values", StateValues.of(m.post().blocks(), Arguments.JSON.createObjectNode()));
        payload.put(
            "response_url",
            server
                .hooks
                .add("actions", spot.team(), m.channel(), who.id(), Optional.of(m.post().ts()))
                .toString());
      }
    }
  }

  private static Optional<String> modalOf(View view) {
    return view.isModal() ? Optional.of(view.id) : Optional.empty();
  }

  /** Somebody types into a menu whose options the bot finds. */
  List<Choice> lookFor(Member who, Spot spot, String action, String typed) {
    ObjectNode payload;
    String key;
    synchronized (server) {
      Spot.Found found = spot.find(action);
      if (!found.type().endsWith("external_select")) {
        throw new Impossible(action + " has options of its own");
      }
      if (typed.length() < found.element().path("min_query_length").asInt(3)) {
        throw new Impossible("Slack asks for no options yet: \"" + typed + "\" is too short");
      }
      payload = payload("block_suggestion", spot.team(), who);
      payload
          .put("action_id", found.actionId())
          .put("block_id", found.blockId())
          .put("value", typed);
      switch (spot) {
        case Spot.OnView v -> {
          payload.putObject("container").put("type", "view").put("view_id", v.view().id);
          payload.set("view", v.view().json());
        }
        case Spot.OnMessage m -> {
          payload
              .putObject("container")
              .put("type", "message")
              .put("message_ts", m.post().ts())
              .put("channel_id", m.channel().id)
              .put("is_ephemeral", m.post().onlyFor().isPresent());
          payload.putObject("channel").put("id", m.channel().id).put("name", m.channel().name);
          payload.set("message", MessageJson.of(spot.team(), m.channel(), m.post(), false));
        }
      }
      key = key(spot, found, who);
    }
    Ack ack = send(payload);
    List<JsonNode> options = options(ack);
    offered.put(key, options);
    return options.stream()
        .map(o -> new Choice(o.path("text").path("text").asText(), o.path("value").asText()))
        .toList();
  }

  private List<JsonNode> options(Ack ack) {
    if (!ack.taken()) {
      return List.of();
    }
    JsonNode answer;
    try {
      answer = Arguments.JSON.readTree(ack.body());
    } catch (JsonProcessingException e) {
      answer = Arguments.JSON.missingNode();
    }
    Kit kit = new Kit();
    kit.keys(answer, "options option_groups", "");
    kit.choices(answer, 0, "");
    kit.problems.forEach(p -> server.violations.add("block_suggestion", p));
    server.violations.objects("block_suggestion", kit.texts);
    return kit.problems.isEmpty() ? new ArrayList<>(Choices.of(answer)) : List.of();
  }

  private List<JsonNode> offered(Spot spot, Spot.Found found, Member who) {
    return offered.getOrDefault(key(spot, found, who), List.of());
  }

  private static String key(Spot spot, Spot.Found found, Member who) {
    String place =
        switch (spot) {
          case Spot.OnMessage m -> m.channel().id + m.post().ts();
          case Spot.OnView v -> v.view().id;
        };
    return String.join(" ", place, found.blockId(), found.actionId(), who.id());
  }
}
