package dev.upstream.lab.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upstream.answer.ClusterStatus;
import dev.upstream.cluster.ClusterDirectory;
import dev.upstream.cluster.Limits;
import dev.upstream.cluster.LiveCollector;
import dev.upstream.lab.LabCluster;
import dev.upstream.lab.LabExtension;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** What there is to choose from in a cluster, and how it is, with rights and without. */
@Tag("lab")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(LabExtension.class)
class StatusLiveTest {
  private static final String NS = "choice";

  @BeforeAll
  void apply(LabCluster east) {
    east.waitReady("istio-system");
    east.apply(Fixture.shop(NS, "choice.example.com", "{destination: {host: web}}"));
  }

  @AfterAll
  void clean(LabCluster east) {
    east.deleteNamespace(NS);
  }

  @Test
  void aReaderLacksNothingAndSeesWhatWasApplied(LabCluster east) {
    with(
        east.serviceAccountKubeconfig("chooser", ReaderRights.all()),
        directory -> {
          String cluster = directory.clusters().getFirst();
          ClusterStatus status = only(directory);
          assertThat(status.trouble()).isEmpty();
          assertThat(status.missingRights()).isEmpty();
          assertThat(status.reachable()).isTrue();
          assertThat(status.recorded()).isFalse();
          assertThat(status.kubernetes())
              .contains("v" + version(east.client().getKubernetesVersion().getGitVersion()));
          assertThat(status.istio())
              .containsExactly(
                  east.client()
                      .pods()
                      .inNamespace("istio-system")
                      .withLabel("app", "istiod")
                      .list()
                      .getItems()
                      .getFirst()
                      .getSpec()
                      .getContainers()
                      .getFirst()
                      .getImage()
                      .replaceAll(".*:", ""));
          assertThat(status.seenAt()).isPresent();
          Fixture.await()
              .untilAsserted(
                  () -> {
                    assertThat(directory.namespaces(cluster)).contains(NS, "istio-system");
                    assertThat(directory.services(cluster, NS)).containsExactly("web");
                  });
        });
  }

  private static String version(String gitVersion) {
    return gitVersion.startsWith("v") ? gitVersion.substring(1) : gitVersion;
  }

  @Test
  void aMissingRightIsNamedAndNoOther(LabCluster east) {
    with(
        east.serviceAccountKubeconfig("no-tunnel", ReaderRights.without("pods/portforward")),
        directory ->
            assertThat(only(directory).missingRights())
                .containsExactly(
                    "get and create pods/portforward in the whole cluster: Envoy's and istiod's"
                        + " admin pages"));
  }

  @Test
  void whoMayNotListNamespacesSeesThoseWithServices(LabCluster east) {
    List<PolicyRule> rules = ReaderRights.without("namespaces");
    with(
        east.serviceAccountKubeconfig("no-namespaces", rules),
        directory -> {
          assertThat(only(directory).missingRights())
              .singleElement()
              .asString()
              .startsWith("list namespaces in the whole cluster");
          String cluster = directory.clusters().getFirst();
          Fixture.await()
              .untilAsserted(
                  () ->
                      assertThat(directory.namespaces(cluster))
                          .contains(NS, "default")
                          .doesNotContain("kube-node-lease"));
        });
  }

  @Test
  void anExpiredTokenIsSaid(LabCluster east) {
    with(
        east.expiredTokenKubeconfig(),
        directory -> {
          ClusterStatus status = only(directory);
          assertThat(status.reachable()).isTrue();
          assertThat(status.kubernetes()).isEmpty();
          assertThat(status.trouble().orElseThrow()).startsWith("The credential expired at ");
          assertThat(directory.namespaces(directory.clusters().getFirst())).isEmpty();
        });
  }

  private static ClusterStatus only(ClusterDirectory directory) {
    List<ClusterStatus> all = directory.status();
    assertThat(all).hasSize(1);
    return all.getFirst();
  }

  private static void with(Path kubeconfig, Consumer<ClusterDirectory> test) {
    try (LiveCollector collector =
            new LiveCollector(
                Bot.sources(kubeconfig), Optional.empty(), Limits.DEFAULT, Clock.systemUTC());
        ClusterDirectory directory = collector.directory()) {
      test.accept(directory);
    }
  }
}
