package dev.upstream.workspace;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A channel with its members and messages. */
final class Channel {
  final String id;
  final String name;
  final boolean isPrivate;
  private final Set<String> members = new TreeSet<>();
  private final Map<String, Post> posts = new LinkedHashMap<>();

  Channel(String id, String name, boolean isPrivate) {
    this.id = id;
    this.name = name;
    this.isPrivate = isPrivate;
  }

  synchronized void join(String user) {
    members.add(user);
  }

  synchronized boolean has(String user) {
    return members.contains(user);
  }

  synchronized void add(Post post) {
    posts.put(post.ts(), post);
  }

  synchronized Optional<Post> find(String ts) {
    return Optional.ofNullable(posts.get(ts)).filter(p -> p.onlyFor().isEmpty());
  }

  synchronized void replace(Post post) {
    posts.replace(post.ts(), post);
  }

  synchronized void remove(String ts) {
    posts.remove(ts);
  }

  synchronized List<Post> posts() {
    return List.copyOf(posts.values());
  }
}
