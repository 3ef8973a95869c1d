package dev.upstream.workspace;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Modals and Homes. */
final class ViewMethods {
  private ViewMethods() {}

  static List<Method> all() {
    return List.of(
        Method.of("views.open", Pace.TIER_4, "trigger_id view", ViewMethods::open),
        Method.of("views.push", Pace.TIER_4, "trigger_id view", ViewMethods::push),
        Method.of(
            "views.update", Pace.TIER_4, "view_id external_id hash view", ViewMethods::update),
        Method.of("views.publish", Pace.TIER_4, "user_id hash view", ViewMethods::publish));
  }

  private static ObjectNode open(Asking asking) throws Refused {
    JsonNode definition = definition(asking, "modal", Optional.empty());
    Triggers.Trigger trigger = asking.server().triggers.exchange(asking);
    return shown(asking.server().views.open(asking.team(), trigger.who(), definition));
  }

  private static ObjectNode push(Asking asking) throws Refused {
    JsonNode definition = definition(asking, "modal", Optional.empty());
    Triggers.Trigger trigger = asking.server().triggers.exchange(asking);
    Views views = asking.server().views;
    if (trigger.view().isEmpty() || views.depth(trigger.who()) == 0) {
      throw trigger.view().isEmpty()
          ? asking.bad("invalid_trigger_id", "it does not come from a modal")
          : new Refused("not_found");
    }
    if (views.depth(trigger.who()) == Views.DEEPEST) {
      throw asking.bad("push_limit_reached");
    }
    return shown(views.push(asking.team(), trigger.who(), definition));
  }

  private static ObjectNode update(Asking asking) throws Refused {
    Views views = asking.server().views;
    Optional<String> external = asking.given().find("external_id");
    View view =
        (external.isPresent()
                ? views.byExternalId(asking.team(), external.get())
                : views.byId(asking.required("view_id")))
            .filter(v -> v.team.equals(asking.team()))
            .orElseThrow(() -> new Refused("not_found"));
    JsonNode definition = definition(asking, view.isModal() ? "modal" : "home", Optional.of(view));
    hash(asking, view);
    view.define(asking.server(), definition);
    return shown(view);
  }

  private static ObjectNode publish(Asking asking) throws Refused {
    Member who =
        asking
            .team()
            .member(asking.required("user_id"))
            .orElseThrow(() -> new Refused("user_not_found"));
    Optional<View> old = asking.server().views.home(asking.team(), who);
    JsonNode definition = definition(asking, "home", old);
    if (old.isPresent()) {
      hash(asking, old.get());
    }
    return shown(asking.server().views.publish(asking.team(), who, definition));
  }

  /** Somebody else may have changed it since. */
  private static void hash(Asking asking, View view) throws Refused {
    Optional<String> hash = asking.given().find("hash");
    if (hash.isPresent() && !hash.get().equals(view.hash())) {
      throw new Refused("hash_conflict");
    }
  }

  private static JsonNode definition(Asking asking, String type, Optional<View> old)
      throws Refused {
    JsonNode view = asking.given().json("view");
    if (!view.isObject()) {
      throw asking.bad("invalid_arguments", "[ERROR] view: no JSON object");
    }
    List<String> problems = new ArrayList<>();
    String error = asking.server().views.judge(asking.method(), view, type, problems);
    if (!error.isEmpty()) {
      throw asking.bad(error, problems.toArray(String[]::new));
    }
    String external = view.path("external_id").asText();
    Optional<View> taken =
        external.isEmpty()
            ? Optional.empty()
            : asking.server().views.byExternalId(asking.team(), external);
    if (taken.isPresent() && !taken.equals(old)) {
      throw asking.bad("duplicate_external_id");
    }
    return view;
  }

  private static ObjectNode shown(View view) {
    ObjectNode out = Asking.done();
    out.set("view", view.json());
    return out;
  }
}
