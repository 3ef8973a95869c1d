package dev.upstream.workspace;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Files on their way: an address is asked for, the bytes are sent there, and then they are shared.
 */
final class Uploads {
  private final Map<String, Upload> byToken = new ConcurrentHashMap<>();
  private final Map<String, Upload> byId = new ConcurrentHashMap<>();

  /** One file. */
  static final class Upload {
    final Team team;
    final String id;
    final String name;
    final int length;
    private byte[] content = {};
    private boolean sent;
    private Optional<SharedFile> shared = Optional.empty();
    private Optional<Share> share = Optional.empty();

    Upload(Team team, String id, String name, int length) {
      this.team = team;
      this.id = id;
      this.name = name;
      this.length = length;
    }

    /** Slack's word for what is wrong with these bytes; empty when they are taken. */
    synchronized String take(byte[] bytes) {
      if (sent) {
        return "the file was sent already";
      }
      if (bytes.length != length) {
        return "%d bytes, but %d were announced".formatted(bytes.length, length);
      }
      content = bytes.clone();
      sent = true;
      return "";
    }

    synchronized boolean isSent() {
      return sent;
    }

    synchronized Optional<SharedFile> shared() {
      return shared;
    }

    synchronized SharedFile share(String title) {
      SharedFile file = new SharedFile(id, name, title, length);
      shared = Optional.of(file);
      return file;
    }

    synchronized void into(Channel channel, Post post) {
      share = Optional.of(new Share(channel, post.ts(), post.thread()));
    }

    synchronized Optional<Share> where() {
      return share;
    }

    synchronized byte[] content() {
      return content.clone();
    }
  }

  /** Where a file was shown. */
  record Share(Channel channel, String ts, Optional<String> thread) {}

  void add(String token, Upload upload) {
    byToken.put(token, upload);
    byId.put(upload.id, upload);
  }

  Optional<Upload> byToken(String token) {
    return Optional.ofNullable(byToken.get(token));
  }

  Optional<Upload> byId(String id) {
    return Optional.ofNullable(byId.get(id));
  }
}
