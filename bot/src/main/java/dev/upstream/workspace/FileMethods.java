package dev.upstream.workspace;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Files, in Slack's three steps. */
final class FileMethods {
  private static final int LARGEST = 64 << 20;

  private FileMethods() {}

  static List<Method> all() {
    return List.of(
        Method.of(
            "files.getUploadURLExternal",
            Pace.TIER_4,
            "filename length alt_txt snippet_type",
            FileMethods::address),
        Method.of(
            "files.completeUploadExternal",
            Pace.TIER_4,
            "files channel_id channels thread_ts initial_comment",
            FileMethods::complete),
        Method.of("files.info", Pace.TIER_4, "file", FileMethods::info));
  }

  private static ObjectNode address(Asking asking) throws Refused {
    String length = asking.required("length");
    if (!length.matches("[1-9]\\d{0,8}") || Integer.parseInt(length) > LARGEST) {
      throw asking.bad("invalid_arguments", "[ERROR] length: " + length);
    }
    Server server = asking.server();
    String id = "F0FILE" + server.nextId();
    String token = "CwABAAAA" + Long.toHexString(server.nextId() * 0x9E3779B97F4A7C15L);
    server.uploads.add(
        token,
        new Uploads.Upload(
            asking.team(), id, asking.required("filename"), Integer.parseInt(length)));
    return Asking.done()
        .put("upload_url", server.address().resolve("/upload/v1/" + token).toString())
        .put("file_id", id);
  }

  private static ObjectNode complete(Asking asking) throws Refused {
    JsonNode wanted = asking.given().json("files");
    if (!wanted.isArray() || wanted.isEmpty()) {
      throw asking.bad("invalid_arguments", "[ERROR] files: must be an array");
    }
    Optional<Channel> channel = channel(asking);
    Optional<String> thread = channel.isPresent() ? asking.thread(channel.get()) : Optional.empty();
    List<Uploads.Upload> uploads = new ArrayList<>();
    Set<String> seen = new LinkedHashSet<>();
    for (JsonNode one : wanted) {
      Uploads.Upload upload = upload(asking, one.path("id").asText());
      if (!upload.isSent() || !seen.add(upload.id)) {
        throw asking.bad("file_not_found", upload.id + " was not sent, or is named twice");
      }
      if (upload.shared().isPresent()) {
        throw new Refused("file_not_found");
      }
      uploads.add(upload);
    }
    asking
        .server()
        .violations
        .message(asking.method(), asking.get("initial_comment"), false, List.of());
    List<SharedFile> shared = new ArrayList<>();
    for (int i = 0; i < uploads.size(); i++) {
      String title = wanted.get(i).path("title").asText();
      asking.server().violations.words(asking.method(), title);
      shared.add(uploads.get(i).share(title.isEmpty() ? uploads.get(i).name : title));
    }
    channel.ifPresent(c -> show(asking, c, thread, uploads, shared));
    ArrayNode files = Arguments.JSON.createArrayNode();
    shared.forEach(f -> files.addObject().put("id", f.id()).put("title", f.title()));
    ObjectNode out = Asking.done();
    out.set("files", files);
    return out;
  }

  private static Optional<Channel> channel(Asking asking) throws Refused {
    if (asking.given().find("channel_id").isPresent()) {
      return Optional.of(asking.open("channel_id"));
    }
    if (asking.given().find("channels").isPresent()) {
      return Optional.of(asking.open("channels"));
    }
    return Optional.empty();
  }

  private static Uploads.Upload upload(Asking asking, String id) throws Refused {
    Optional<Uploads.Upload> upload =
        asking.server().uploads.byId(id).filter(u -> u.team.equals(asking.team()));
    if (upload.isEmpty()) {
      throw asking.bad("file_not_found", id);
    }
    return upload.get();
  }

  private static void show(
      Asking asking,
      Channel channel,
      Optional<String> thread,
      List<Uploads.Upload> uploads,
      List<SharedFile> files) {
    Post post =
        Post.of(
                asking.server().nextTs(),
                asking.team().botMember(),
                asking.get("initial_comment"),
                Arguments.JSON.createArrayNode())
            .in(thread)
            .with(files);
    channel.add(post);
    uploads.forEach(u -> u.into(channel, post));
  }

  private static ObjectNode info(Asking asking) throws Refused {
    Optional<Uploads.Upload> upload =
        asking
            .server()
            .uploads
            .byId(asking.required("file"))
            .filter(u -> u.team.equals(asking.team()) && u.shared().isPresent());
    if (upload.isEmpty()) {
      throw new Refused("file_not_found");
    }
    SharedFile shared = upload.get().shared().orElseThrow();
    ObjectNode out = Asking.done();
    ObjectNode file =
        out.putObject("file")
            .put("id", shared.id())
            .put("name", shared.name())
            .put("title", shared.title())
            .put("size", shared.size())
            .put("user", asking.team().bot);
    ObjectNode shares = file.putObject("shares");
    upload
        .get()
        .where()
        .ifPresent(
            s -> {
              ObjectNode share =
                  shares
                      .putObject(s.channel().kind == Channel.Kind.PUBLIC ? "public" : "private")
                      .putArray(s.channel().id)
                      .addObject()
                      .put("ts", s.ts());
              s.thread().ifPresent(t -> share.put("thread_ts", t));
            });
    return out;
  }
}
