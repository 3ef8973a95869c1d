package dev.upstream.slack;

import dev.upstream.conversation.Content;
import dev.upstream.conversation.Outbox;
import dev.upstream.conversation.Place;
import dev.upstream.conversation.Wanted;
import dev.upstream.store.Store;
import dev.upstream.store.TestDatabase;
import dev.upstream.workspace.Call;
import dev.upstream.workspace.OwnManifest;
import dev.upstream.workspace.Post;
import dev.upstream.workspace.Workspace;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** A store, a workspace with #incidents, and couriers between them, while time runs fast. */
final class CourierRig implements AutoCloseable {
  private static final int FASTER = 10;
  private static final String TOKEN = "xoxb-0123456789-abcdefghij";
  private static final String SIGNING = "8f742231b10e8888abcd99yyyzzz85a5";

  private final Instant start = Instant.now();
  final InstantSource clock =
      () -> start.plus(Duration.between(start, Instant.now()).multipliedBy(FASTER));
  final Workspace workspace;
  final Place incidents;
  final String ana;
  final TestDatabase database;
  Store store;
  final List<String> undelivered = new CopyOnWriteArrayList<>();
  private final List<Courier> couriers = new ArrayList<>();

  CourierRig(TestDatabase.Engine engine, Path directory) throws IOException {
    workspace = Workspace.open("upstream", TOKEN, SIGNING, clock);
    workspace.register(OwnManifest.read());
    ana = workspace.addPerson("ana");
    incidents = Place.of("T0TEAM", workspace.addChannel("incidents", "ana"));
    workspace.inviteBot("incidents");
    database = TestDatabase.of(engine, directory);
    store = database.open();
  }

  SlackApi slack() {
    return new SlackApi(SlackAccess.http(workspace.apiUrl(), TOKEN, SIGNING));
  }

  Courier courier() {
    return courier(store.outbox());
  }

  Courier courier(Outbox outbox) {
    Courier courier = Courier.start(outbox, slack(), this::instead, clock);
    couriers.add(courier);
    return courier;
  }

  private List<Wanted> instead(Wanted wanted, String error) {
    undelivered.add(wanted.id() + " " + error);
    return List.of();
  }

  void want(Wanted... wanted) {
    store.outbox().want(List.of(wanted), clock.instant());
  }

  static OutgoingGuard.Outgoing pass(String text) {
    return new OutgoingGuard(List.of()).pass(new Message(text, List.of(Block.Section.plain(text))));
  }

  static Content.Post says(String text) {
    return Contents.post(pass(text));
  }

  Wanted headline(String id, String text) {
    return Wanted.headline(id, "run-1", incidents, says(text));
  }

  /** For Ana alone. */
  Wanted whisper(String id, Optional<String> responseUrl, String text) {
    return Wanted.headline(id, "run-1", incidents, Contents.whisper(ana, responseUrl, pass(text)));
  }

  /** Where a command of Ana's may be answered. */
  String responseUrl() {
    String body =
        new String(
            workspace.signed("ana", "incidents", "/upstream", "check").body(),
            StandardCharsets.UTF_8);
    return Stream.of(body.split("&"))
        .filter(p -> p.startsWith("response_url="))
        .map(p -> URLDecoder.decode(p.substring(13), StandardCharsets.UTF_8))
        .findFirst()
        .orElseThrow();
  }

  /** Whether nothing waits any more. */
  void allDone() {
    eventually().until(() -> store.outbox().waiting() == 0);
  }

  List<Post> posts() {
    return workspace.posts("incidents");
  }

  List<String> texts() {
    return posts().stream().map(Post::text).toList();
  }

  long calls(String method) {
    return workspace.calls().stream().map(Call::method).filter(method::equals).count();
  }

  static ConditionFactory eventually() {
    return Awaitility.await().atMost(Duration.ofSeconds(90)).pollInterval(Duration.ofMillis(20));
  }

  /** The replica stops, and another one starts. */
  void restart() {
    couriers.forEach(Courier::close);
    couriers.clear();
    database.close();
    store = database.open();
  }

  @Override
  public void close() {
    couriers.forEach(Courier::close);
    database.close();
    workspace.close();
  }
}
