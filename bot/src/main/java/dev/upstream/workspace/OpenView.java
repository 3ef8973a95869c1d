package dev.upstream.workspace;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A modal or a Home, as the person has it before him. An element is named by its action id, by the
 * words on it, or by {@code block_id/action_id}.
 */
public final class OpenView {
  private final Interactions interactions;
  private final Server server;
  private final View view;

  OpenView(Interactions interactions, View view) {
    this.interactions = interactions;
    this.server = interactions.server();
    this.view = view;
  }

  public String id() {
    return view.id;
  }

  public String title() {
    return locked(() -> view.get("title").path("text").asText());
  }

  /** The view's blocks as the bot gave them, with the ids that Slack added. */
  public JsonNode blocks() {
    return locked(() -> view.blocks().deepCopy());
  }

  public boolean isOpen() {
    return locked(() -> server.views.isOpen(view));
  }

  /** What the bot did not accept, by the id of the block. */
  public Map<String, String> errors() {
    return locked(() -> Map.copyOf(view.errors()));
  }

  /** Types into a field, or chooses in it. */
  public OpenView fills(String action, String... values) {
    open();
    interactions.fill(view.who, view, action, List.of(values));
    return this;
  }

  /** Types into a menu whose options the bot finds. */
  public List<Choice> looksFor(String action, String typed) {
    open();
    return interactions.lookFor(view.who, new Spot.OnView(view), action, typed);
  }

  /** Presses a button, or chooses in a menu, of which the bot is told at once. */
  public Ack clicks(String action, String... chosen) {
    open();
    return interactions.act(view.who, new Spot.OnView(view), action, List.of(chosen));
  }

  public Ack submits() {
    return new Submission(interactions).submit(view);
  }

  /** The bot is told if it asked for that. */
  public Optional<Ack> closes() {
    return new Submission(interactions).close(view);
  }

  /** The view in plain text. */
  public String transcript() {
    return locked(() -> Transcript.of(server, view));
  }

  private void open() {
    if (!isOpen()) {
      throw new Impossible("this view is closed");
    }
  }

  private <T> T locked(Supplier<T> work) {
    synchronized (server) {
      return work.get();
    }
  }
}
