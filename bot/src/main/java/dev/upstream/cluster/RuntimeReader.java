package dev.upstream.cluster;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.filter.FilteringParserDelegate;
import com.fasterxml.jackson.core.filter.TokenFilter;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.upstream.snapshot.ClusterView;
import dev.upstream.snapshot.ControlPlaneView;
import dev.upstream.snapshot.EnvoyAdmin;
import dev.upstream.snapshot.Gap;
import dev.upstream.snapshot.IstiodDebug;
import dev.upstream.snapshot.ObjectRef;
import dev.upstream.snapshot.ProxyView;
import dev.upstream.snapshot.Source;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what Envoys and istiods say of themselves; keeps only what concerns the path. */
final class RuntimeReader {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What {@link IstiodDebug#registry} reads. */
  private static final Set<String> REGISTRY_FIELDS = Set.of("hostname", "ports", "Attributes");

  private final String cluster;
  private final AdminPages ports;

  RuntimeReader(String cluster, AdminPages ports) {
    this.cluster = cluster;
    this.ports = ports;
  }

  /** What was read, and the gaps. */
  record Read<T>(Optional<T> value, List<Gap> gaps) {
    static <T> Read<T> of(T value) {
      return new Read<>(Optional.of(value), List.of());
    }
  }

  /**
   * One Envoy.
   *
   * @param hosts only clusters of these destination hosts are kept
   */
  Read<ProxyView> proxy(ObjectRef pod, Set<String> hosts) {
    try {
      Object clusters = read(pod, PodPorts.Page.ENVOY_CLUSTERS, hosts);
      Object routes = read(pod, PodPorts.Page.ENVOY_ROUTES, hosts);
      return Read.of(
          new ProxyView(
              pod.namespace(),
              pod.name(),
              EnvoyAdmin.clusters(clusters, n -> hosts.contains(host(n))),
              Optional.of(
                  EnvoyAdmin.routes(routes).stream()
                      .filter(
                          r ->
                              r.clusters().stream()
                                  .anyMatch(c -> hosts.contains(host(c.cluster()))))
                      .toList())));
    } catch (PodPorts.Unread e) {
      return new Read<>(Optional.empty(), List.of(gap(Source.PROXY, pod, e)));
    } catch (JsonProcessingException e) {
      return new Read<>(Optional.empty(), List.of(unparsed(Source.PROXY, pod)));
    } catch (Calls.Late e) {
      return new Read<>(Optional.empty(), List.of(late(Source.PROXY, pod, e)));
    }
  }

  /** The host of {@code outbound|80|v1|web.shop.svc.cluster.local}. */
  private static String host(String clusterName) {
    return clusterName.substring(clusterName.lastIndexOf('|') + 1);
  }

  /**
   * One istiod.
   *
   * @param proxies {@code pod.namespace} of the proxies on the path
   */
  Read<ControlPlaneView> istiod(ObjectRef pod, Set<String> proxies, Set<String> hosts) {
    List<Gap> gaps = new ArrayList<>();
    Optional<Object> sync = page(pod, PodPorts.Page.ISTIOD_SYNC, hosts, gaps);
    if (sync.isEmpty()) {
      return new Read<>(Optional.empty(), gaps);
    }
    Optional<Object> registry = page(pod, PodPorts.Page.ISTIOD_REGISTRY, hosts, gaps);
    Optional<Object> shards = page(pod, PodPorts.Page.ISTIOD_SHARDS, hosts, gaps);
    Optional<Object> pushStatus = page(pod, PodPorts.Page.ISTIOD_PUSH_STATUS, hosts, gaps);
    Optional<Object> metrics = page(pod, PodPorts.Page.ISTIOD_METRICS, hosts, gaps);
    return new Read<>(
        Optional.of(
            new ControlPlaneView(
                pod.namespace(),
                pod.name(),
                sync.map(t -> IstiodDebug.sync(t, proxies::contains)),
                registry.map(t -> IstiodDebug.registry(t, hosts::contains)).orElse(List.of()),
                shards.map(t -> IstiodDebug.shards(t, hosts::contains)).orElse(List.of()),
                pushStatus.map(IstiodDebug::duplicates).orElse(Map.of()),
                metrics.map(t -> IstiodDebug.metrics(t.toString())).orElse(Map.of()))),
        gaps);
  }

  /** One page as a tree, metrics as text; one that does not come costs that page alone. */
  private Optional<Object> page(
      ObjectRef pod, PodPorts.Page page, Set<String> hosts, List<Gap> gaps) {
    try {
      return Optional.of(read(pod, page, hosts));
    } catch (PodPorts.Unread e) {
      gaps.add(of(page, gap(Source.ISTIOD, pod, e)));
    } catch (JsonProcessingException e) {
      gaps.add(of(page, unparsed(Source.ISTIOD, pod)));
    } catch (Calls.Late e) {
      gaps.add(of(page, late(Source.ISTIOD, pod, e)));
    }
    return Optional.empty();
  }

  /** The page is named where it is another than the one that everything rests on. */
  private static Gap of(PodPorts.Page page, Gap gap) {
    return page == PodPorts.Page.ISTIOD_SYNC
        ? gap
        : new Gap(
            gap.cluster(),
            gap.source(),
            page.path() + ClusterView.PAGE_OF + gap.scope(),
            gap.cause(),
            gap.detail(),
            gap.remedy());
  }

  /** Metrics stay text. */
  private Object read(ObjectRef pod, PodPorts.Page page, Set<String> hosts)
      throws PodPorts.Unread, Calls.Late, JsonProcessingException {
    String text = ports.get(pod.namespace(), pod.name(), page, hosts);
    return switch (page) {
      case ISTIOD_METRICS -> text;
      case ISTIOD_SHARDS -> tree(text, new OnlyOf(hosts));
      case ISTIOD_REGISTRY -> tree(text, new OnlyOf(REGISTRY_FIELDS));
      default -> tree(text, TokenFilter.INCLUDE_ALL);
    };
  }

  /** Of the objects at the top of a document only these fields, the others are passed over. */
  private static final class OnlyOf extends TokenFilter {
    private final Set<String> names;

    OnlyOf(Set<String> names) {
      this.names = names;
    }

    @Override
    public @Nullable TokenFilter includeProperty(String name) {
      return names.contains(name) ? TokenFilter.INCLUDE_ALL : null;
    }
  }

  private static Object tree(String json, TokenFilter filter) throws JsonProcessingException {
    try (JsonParser all = JSON.createParser(json);
        JsonParser some =
            new FilteringParserDelegate(
                all, filter, TokenFilter.Inclusion.INCLUDE_ALL_AND_PATH, true)) {
      Object tree = some.nextToken() == null ? null : JSON.readValue(some, Object.class);
      return tree == null ? Map.of() : tree;
    } catch (JsonProcessingException e) {
      throw e;
    } catch (IOException e) {
      throw new UncheckedIOException("a string was not read", e);
    }
  }

  private Gap gap(Source source, ObjectRef pod, PodPorts.Unread e) {
    boolean forbidden = e.status() == 403;
    return new Gap(
        cluster,
        source,
        pod.namespace() + "/" + pod.name(),
        forbidden ? Gap.Cause.FORBIDDEN : Gap.Cause.UNREACHABLE,
        forbidden
            ? "Upstream may not create pods/portforward in namespace " + pod.namespace() + "."
            : "Its admin port was not read: " + e.getMessage() + ".",
        forbidden
            ? "Allow get and create on pods/portforward in namespace " + pod.namespace() + "."
            : "See whether the pod runs; kubectl -n "
                + pod.namespace()
                + " port-forward "
                + pod.name()
                + " shows the same.");
  }

  private Gap late(Source source, ObjectRef pod, Calls.Late e) {
    return new Gap(
        cluster,
        source,
        pod.namespace() + "/" + pod.name(),
        Gap.Cause.TIMEOUT,
        e.sentence(),
        "See whether the pod runs, then check again.");
  }

  private Gap unparsed(Source source, ObjectRef pod) {
    return new Gap(
        cluster,
        source,
        pod.namespace() + "/" + pod.name(),
        Gap.Cause.UNPARSED,
        "Its answer was no readable JSON.",
        "Look at it by hand.");
  }
}
