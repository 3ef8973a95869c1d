package dev.upstream.workspace;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What people say to each other, and what the bot is told of it. */
record Talk(Server server, Events events) {
  String says(Team team, Member who, Channel channel, Optional<String> thread, String typed) {
    Post post;
    List<Runnable> told = new ArrayList<>();
    synchronized (server) {
      if (channel.isArchived()) {
        throw new Impossible("#" + channel.name + " is archived");
      }
      if (thread.isPresent() && channel.find(thread.get()).isEmpty()) {
        throw new Impossible("there is no such thread");
      }
      Map<String, String> names = server.names(team);
      server.teams().stream()
          .filter(t -> channel.has(t.bot))
          .forEach(t -> names.put("@" + server.app.name(), "@" + t.bot));
      String text = TypedText.delivered(typed, names).replaceAll("<(@[A-Z0-9]+)\\|[^>]*>", "<$1>");
      post = Post.of(server.nextTs(), who, text, Arguments.JSON.createArrayNode()).in(thread);
      channel.add(post);
      for (Team hearing : server.teams()) {
        if (channel.has(hearing.bot)) {
          if (channel.kind != Channel.Kind.DIRECT && text.contains("<@" + hearing.bot + ">")) {
            told.add(() -> tell(hearing, channel, post, "app_mention"));
          }
          told.add(() -> tell(hearing, channel, post, "message"));
        }
      }
    }
    told.forEach(Runnable::run);
    return post.ts();
  }

  private void tell(Team hearing, Channel channel, Post post, String type) {
    ObjectNode event;
    synchronized (server) {
      event = MessageJson.of(hearing, channel, post, false).put("type", type);
      event.put("channel", channel.id);
      if (!post.team().equals(hearing.id)) {
        event.put("user_team", post.team()).put("source_team", post.team());
      }
      if (type.equals("message")) {
        event.put(
            "channel_type",
            switch (channel.kind) {
              case PUBLIC -> "channel";
              case PRIVATE -> "group";
              case DIRECT -> "im";
            });
      }
    }
    events.happened(hearing, event, channel.isShared());
  }

  void reacts(Team team, Member who, Channel channel, String ts, String name) {
    ObjectNode event;
    synchronized (server) {
      Post post = channel.find(ts).orElseThrow(() -> new Impossible("no message " + ts));
      channel.react(ts, name, who.id());
      event =
          Arguments.JSON
              .createObjectNode()
              .put("type", "reaction_added")
              .put("user", who.id())
              .put("reaction", name)
              .put("item_user", post.authorId());
      event.putObject("item").put("type", "message").put("channel", channel.id).put("ts", ts);
      if (!channel.has(team.bot)) {
        return;
      }
    }
    events.happened(team, event, channel.isShared());
  }

  void opensHome(Team team, Member who) {
    ObjectNode event;
    synchronized (server) {
      event =
          Arguments.JSON
              .createObjectNode()
              .put("type", "app_home_opened")
              .put("user", who.id())
              .put("channel", team.direct(who).id)
              .put("tab", "home");
      server.views.home(team, who).ifPresent(v -> event.set("view", v.json()));
    }
    events.happened(team, event, false);
  }
}
