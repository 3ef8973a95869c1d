package dev.upstream.workspace;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** People, and groups of them. */
final class PeopleMethods {
  private PeopleMethods() {}

  static List<Method> all() {
    return List.of(
        Method.of("users.info", Pace.TIER_4, "user include_locale", PeopleMethods::info),
        Method.of(
            "users.list",
            Pace.TIER_2,
            "cursor include_locale limit team_id presence",
            PeopleMethods::list),
        Method.of(
            "usergroups.list",
            Pace.TIER_2,
            "include_count include_disabled include_users team_id",
            PeopleMethods::groups),
        Method.of(
            "usergroups.users.list",
            Pace.TIER_2,
            "usergroup include_disabled team_id",
            PeopleMethods::groupMembers));
  }

  private static ObjectNode info(Asking asking) throws Refused {
    String user = asking.required("user");
    Member member = known(asking, user);
    ObjectNode out = Asking.done();
    out.set("user", member.json(asking.team()));
    return out;
  }

  /** Somebody of the workspace, or a stranger from a channel that is shared with it. */
  private static Member known(Asking asking, String user) throws Refused {
    return asking
        .team()
        .member(user)
        .or(
            () ->
                asking
                    .server()
                    .member(user)
                    .filter(
                        m ->
                            asking.team().channels().stream()
                                .anyMatch(c -> c.isShared() && c.has(m.id()))))
        .orElseThrow(() -> new Refused("user_not_found"));
  }

  private static ObjectNode list(Asking asking) throws Refused {
    ObjectNode out = Asking.done();
    Paging.page(
        asking,
        asking.team().members(),
        asking.limit(1_000, 1_000),
        Member::id,
        m -> m.json(asking.team()),
        out,
        "members");
    return out;
  }

  private static ObjectNode groups(Asking asking) {
    ObjectNode out = Asking.done();
    ArrayNode groups = out.putArray("usergroups");
    asking.team().groups().stream()
        .filter(g -> !g.disabled() || asking.given().flag("include_disabled"))
        .forEach(g -> groups.add(g.json(asking.team().id, asking.given().flag("include_users"))));
    return out;
  }

  private static ObjectNode groupMembers(Asking asking) throws Refused {
    UserGroup group =
        asking
            .team()
            .group(asking.required("usergroup"))
            .filter(g -> !g.disabled() || asking.given().flag("include_disabled"))
            .orElseThrow(() -> new Refused("no_such_subteam"));
    ObjectNode out = Asking.done();
    ArrayNode users = out.putArray("users");
    group.users().stream()
        .filter(u -> asking.team().member(u).filter(m -> !m.is(Trait.DEACTIVATED)).isPresent())
        .forEach(users::add);
    return out;
  }
}
