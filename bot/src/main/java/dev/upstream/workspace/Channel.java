package dev.upstream.workspace;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** A channel with its members and messages; whoever uses it holds the server's lock. */
final class Channel {
  /** Who may find it. */
  enum Kind {
    PUBLIC,
    PRIVATE,
    /** Of one person and the bot. */
    DIRECT
  }

  final String id;
  final String name;
  final Kind kind;
  private final Set<String> teams = new LinkedHashSet<>();
  private final Set<String> members = new TreeSet<>();
  private final Map<String, Post> posts = new LinkedHashMap<>();
  private final Set<String> deleted = new TreeSet<>();
  private final Map<String, Set<String>> reactions = new TreeMap<>();
  private final Set<String> pins = new LinkedHashSet<>();
  private final List<Told> story = new ArrayList<>();
  private boolean archived;

  Channel(String id, String name, Kind kind, String team) {
    this.id = id;
    this.name = name;
    this.kind = kind;
    teams.add(team);
  }

  void share(String team) {
    teams.add(team);
  }

  boolean isOf(String team) {
    return teams.contains(team);
  }

  boolean isShared() {
    return teams.size() > 1;
  }

  void archive() {
    archived = true;
  }

  boolean isArchived() {
    return archived;
  }

  void join(String user) {
    members.add(user);
  }

  void leave(String user) {
    members.remove(user);
  }

  boolean has(String user) {
    return members.contains(user);
  }

  List<String> members() {
    return List.copyOf(members);
  }

  void add(Post post) {
    posts.put(post.ts(), post);
    story.add(new Told.Posted(post));
  }

  /** A message that everybody sees. */
  Optional<Post> find(String ts) {
    return any(ts).filter(p -> p.onlyFor().isEmpty());
  }

  Optional<Post> any(String ts) {
    return Optional.ofNullable(posts.get(ts));
  }

  void replace(Post post) {
    posts.replace(post.ts(), post);
    story.add(new Told.Edited(post));
  }

  void remove(String ts) {
    if (posts.remove(ts) != null) {
      deleted.add(ts);
      story.add(new Told.Removed(ts));
    }
  }

  void did(String what) {
    story.add(new Told.Did(what));
  }

  List<Told> story() {
    return List.copyOf(story);
  }

  /** Whether it was here once and was taken away. */
  boolean lost(String ts) {
    return deleted.contains(ts);
  }

  List<Post> posts() {
    return List.copyOf(posts.values());
  }

  List<Post> replies(String root) {
    return posts.values().stream()
        .filter(p -> p.onlyFor().isEmpty() && p.thread().filter(root::equals).isPresent())
        .toList();
  }

  /** Whether it is new. */
  boolean react(String ts, String name, String user) {
    return reactions.computeIfAbsent(ts + " " + name, k -> new TreeSet<>()).add(user);
  }

  /** By name, who reacted. */
  Map<String, List<String>> reactions(String ts) {
    Map<String, List<String>> found = new TreeMap<>();
    reactions.forEach(
        (key, users) -> {
          if (key.startsWith(ts + " ")) {
            found.put(key.substring(ts.length() + 1), new ArrayList<>(users));
          }
        });
    return found;
  }

  /** Whether it is new. */
  boolean pin(String ts) {
    return pins.add(ts);
  }

  /** The channel object as a workspace sees it. */
  ObjectNode json(Team viewer) {
    ObjectNode out = Arguments.JSON.createObjectNode().put("id", id).put("is_archived", archived);
    out.put("is_im", kind == Kind.DIRECT).put("is_org_shared", false).put("created", 1_763_720_000);
    if (kind == Kind.DIRECT) {
      members.stream().filter(m -> !m.equals(viewer.bot)).forEach(m -> out.put("user", m));
      return out;
    }
    out.put("name", name)
        .put("name_normalized", name)
        .put("is_channel", kind == Kind.PUBLIC)
        .put("is_group", kind == Kind.PRIVATE)
        .put("is_mpim", false)
        .put("is_private", kind == Kind.PRIVATE)
        .put("is_general", false)
        .put("is_shared", isShared())
        .put("is_ext_shared", isShared())
        .put("is_pending_ext_shared", false)
        .put("is_member", has(viewer.bot))
        .put("context_team_id", viewer.id);
    ArrayNode shared = out.putArray("shared_team_ids");
    teams.forEach(shared::add);
    if (isShared()) {
      ArrayNode connected = out.putArray("connected_team_ids");
      teams.forEach(connected::add);
    }
    out.putObject("topic").put("value", "").put("creator", "").put("last_set", 0);
    out.putObject("purpose").put("value", "").put("creator", "").put("last_set", 0);
    return out;
  }
}
