package dev.upstream.slack;

import static org.assertj.core.api.Assertions.assertThat;

import com.slack.api.methods.SlackApiTextResponse;
import com.slack.api.methods.response.usergroups.UsergroupsListResponse;
import com.slack.api.methods.response.usergroups.users.UsergroupsUsersListResponse;
import com.slack.api.model.Usergroup;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Lists of groups that a workspace rarely gives: cut short, or with another workspace's groups. */
class GroupsTest {
  private static Usergroup group(String id, String handle, int count, List<String> users) {
    Usergroup group = new Usergroup();
    group.setId(id);
    group.setHandle(handle);
    group.setUserCount(count);
    group.setUsers(users);
    return group;
  }

  /** Answers with these groups, and with two people for a group that is asked for by itself. */
  private static Groups.Line line(Usergroup... groups) {
    return new Groups.Line() {
      @Override
      @SuppressWarnings("unchecked")
      public <T extends SlackApiTextResponse> Optional<T> ask(
          String method, Inquiries.Question<T> question) {
        if (method.equals("usergroups.list")) {
          UsergroupsListResponse list = new UsergroupsListResponse();
          list.setOk(true);
          list.setUsergroups(List.of(groups));
          return Optional.of((T) list);
        }
        UsergroupsUsersListResponse users = new UsergroupsUsersListResponse();
        users.setOk(true);
        users.setUsers(List.of("U0ANA", "U0BOB"));
        return Optional.of((T) users);
      }
    };
  }

  private static Set<String> groupsOfBob(Usergroup group) {
    return new Groups(() -> Set.of("@sre")).read(line(group)).orElseThrow().of("U0BOB");
  }

  @Test
  void aGroupWhoseListIsCutIsAskedForByItself() {
    assertThat(groupsOfBob(group("S0SRE", "SRE", 2, List.of("U0ANA"))))
        .containsExactlyInAnyOrder("@sre", "S0SRE");
    assertThat(groupsOfBob(group("S0SRE", "sre", 1, List.of("U0ANA")))).isEmpty();
  }

  @Test
  void anotherWorkspacesGroupHasNoSay() {
    Usergroup theirs = group("S0SRE", "sre", 1, List.of("U0BOB"));
    theirs.setExternal(true);
    assertThat(groupsOfBob(theirs)).isEmpty();
  }

  @Test
  void aGroupThatEndedHasNoSay() {
    Usergroup ended = group("S0SRE", "sre", 1, List.of("U0BOB"));
    ended.setDateDelete(1_763_720_001);
    assertThat(groupsOfBob(ended)).isEmpty();
  }
}
