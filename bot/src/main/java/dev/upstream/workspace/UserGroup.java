package dev.upstream.workspace;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * A group of people that can be named at once.
 *
 * @param users ids
 */
record UserGroup(String id, String handle, List<String> users, boolean disabled) {
  UserGroup {
    users = List.copyOf(users);
  }

  ObjectNode json(String team, boolean withUsers) {
    ObjectNode group =
        Arguments.JSON
            .createObjectNode()
            .put("id", id)
            .put("team_id", team)
            .put("is_usergroup", true)
            .put("name", handle)
            .put("handle", handle)
            .put("description", "")
            .put("is_external", false)
            .put("date_create", 1_763_720_000L)
            .put("date_update", 1_763_720_000L)
            .put("date_delete", disabled ? 1_763_720_001L : 0L)
            .put("user_count", users.size());
    if (withUsers) {
      users.forEach(group.putArray("users")::add);
    }
    return group;
  }
}
