package dev.upstream.workspace;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What each person has open: modals on top of each other, and a Home. */
final class Views {
  static final int DEEPEST = 3;

  private final Server server;
  private final Map<String, List<View>> modals = new HashMap<>();
  private final Map<String, View> homes = new HashMap<>();

  Views(Server server) {
    this.server = server;
  }

  private List<View> stack(Member who) {
    return modals.computeIfAbsent(who.id(), w -> new ArrayList<>());
  }

  int depth(Member who) {
    return stack(who).size();
  }

  Optional<View> top(Member who) {
    return depth(who) == 0 ? Optional.empty() : Optional.of(stack(who).getLast());
  }

  Optional<View> home(Team team, Member who) {
    return Optional.ofNullable(homes.get(team.id + " " + who.id()));
  }

  /** A modal where none was, instead of those that were. */
  View open(Team team, Member who, JsonNode definition) {
    stack(who).clear();
    return push(team, who, definition);
  }

  View push(Team team, Member who, JsonNode definition) {
    String id = "V0" + server.nextId();
    Optional<View> below = top(who);
    View view = new View(id, team, who, below.map(b -> b.root).orElse(id), below.map(b -> b.id));
    view.define(server, definition);
    stack(who).add(view);
    return view;
  }

  View publish(Team team, Member who, JsonNode definition) {
    View view =
        homes.computeIfAbsent(
            team.id + " " + who.id(),
            k -> {
              String id = "V0" + server.nextId();
              return new View(id, team, who, id, Optional.empty());
            });
    view.define(server, definition);
    return view;
  }

  Optional<View> byId(String id) {
    return all().stream().filter(v -> v.id.equals(id)).findFirst();
  }

  Optional<View> byExternalId(Team team, String external) {
    return all().stream()
        .filter(v -> v.team.equals(team) && v.get("external_id").asText().equals(external))
        .findFirst();
  }

  private List<View> all() {
    List<View> all = new ArrayList<>(homes.values());
    modals.values().forEach(all::addAll);
    return all;
  }

  /** Whether it is still open. */
  boolean isOpen(View view) {
    return byId(view.id).isPresent();
  }

  void close(View view) {
    stack(view.who).remove(view);
  }

  void clear(Member who) {
    stack(who).clear();
  }

  /** Slack's word for what is wrong with a view; empty when it would be taken. */
  String judge(String where, JsonNode view, String type, List<String> problems) {
    BlockKit.Verdict verdict = ViewKit.check(view, type);
    problems.addAll(verdict.problems());
    server.violations.objects(where, verdict.texts());
    return verdict.error();
  }
}
