package dev.upstream.workspace;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;

/** Somebody of a workspace. */
record Member(String id, String name, String team, Set<Trait> traits) {
  Member {
    traits = Set.copyOf(traits);
  }

  boolean is(Trait trait) {
    return traits.contains(trait);
  }

  /**
   * The user object as {@code users.info} gives it to a workspace. A stranger to Slack is only who
   * is in no channel that is shared with it: people of a partner are none.
   */
  ObjectNode json(Team viewer) {
    ObjectNode user =
        Arguments.JSON
            .createObjectNode()
            .put("id", id)
            .put("team_id", team)
            .put("name", name)
            .put("deleted", is(Trait.DEACTIVATED))
            .put("real_name", name)
            .put("tz", "Etc/UTC")
            .put("tz_label", "Coordinated Universal Time")
            .put("tz_offset", 0);
    user.putObject("profile").put("real_name", name).put("display_name", name).put("team", team);
    if (is(Trait.DEACTIVATED)) {
      return user;
    }
    user.put("is_admin", is(Trait.ADMIN))
        .put("is_owner", false)
        .put("is_primary_owner", false)
        .put("is_restricted", is(Trait.GUEST) || is(Trait.SINGLE_CHANNEL_GUEST))
        .put("is_ultra_restricted", is(Trait.SINGLE_CHANNEL_GUEST))
        .put("is_bot", is(Trait.BOT))
        .put("is_app_user", false)
        .put("updated", 1_763_720_000L);
    if (!team.equals(viewer.id)) {
      user.put("is_stranger", viewer.channels().stream().noneMatch(c -> c.has(id)));
    }
    return user;
  }
}
