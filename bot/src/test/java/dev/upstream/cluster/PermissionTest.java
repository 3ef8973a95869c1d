package dev.upstream.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class PermissionTest {
  @Test
  void theReadmesTableIsThisList() throws IOException {
    String readme = Files.readString(Path.of("..", "README.md"));
    String section = readme.substring(readme.indexOf("## Permissions"));
    List<String> rows =
        section.lines().filter(l -> l.startsWith("| ") && !l.startsWith("| resource ")).toList();

    assertThat(rows).isEqualTo(Permission.ALL.stream().map(Permission::row).toList());
  }

  @Test
  void whatIsMissingIsSaidWithVerbsGroupsAndPurpose() {
    Permission route = Permission.ALL.get(1);
    assertThat(route.missing(List.of("get", "list", "watch"), route.resources().subList(1, 4)))
        .isEqualTo(
            "get, list and watch ingressclasses (networking.k8s.io), gateways, virtualservices"
                + " (networking.istio.io) in the whole cluster: the route");
  }
}
