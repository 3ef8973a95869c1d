package dev.upstream.diagnosis.check;

import dev.upstream.path.Leg;
import dev.upstream.snapshot.Pod;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** How checks name things and the commands that show them, the same everywhere. */
public final class Words {
  private Words() {}

  /** {@code web v1}, or {@code web} without a subset. */
  public static String destination(Leg leg) {
    return shortHost(leg.host()) + leg.subset().map(s -> " " + s).orElse("");
  }

  public static String shortHost(String host) {
    return host.endsWith(".svc.cluster.local") ? host.substring(0, host.indexOf('.')) : host;
  }

  /** {@code app=web,version=v1}, for kubectl's -l. */
  public static String selector(Map<String, String> labels) {
    return labels.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(e -> e.getKey() + "=" + e.getValue())
        .collect(Collectors.joining(","));
  }

  public static String kubectl(String cluster, String rest) {
    return "kubectl --context " + cluster + " " + rest;
  }

  public static String getPods(String cluster, String namespace, Map<String, String> labels) {
    return kubectl(cluster, "-n " + namespace + " get pods -l " + selector(labels));
  }

  public static String endpoints(Leg leg, String namespace, String pod) {
    return "istioctl --context "
        + leg.cluster()
        + " proxy-config endpoints "
        + pod
        + "."
        + namespace
        + " --cluster '"
        + leg.envoyCluster()
        + "'";
  }

  /** The beginning of a text that others wrote, on one line. */
  public static String excerpt(String text) {
    String line = text.replaceAll("\\s+", " ").strip();
    return line.length() > 200 ? line.substring(0, 200) + "..." : line;
  }

  /** {@code 8080, 9090}. */
  public static String numbers(List<Integer> numbers) {
    return numbers.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }

  /** {@code 1 pod}, {@code 3 pods}. */
  public static String count(int n, String noun) {
    return n + " " + noun + (n == 1 ? "" : "s");
  }

  /** {@code its only pod is not ready}, {@code none of its 3 pods is ready}. */
  public static String noneReady(int pods) {
    return pods == 1 ? "its only pod is not ready" : "none of its " + pods + " pods is ready";
  }

  /** A few names, and how many more. */
  public static String names(List<Pod> pods) {
    String first = pods.stream().limit(3).map(Pod::name).collect(Collectors.joining(", "));
    return pods.size() > 3 ? first + " and " + (pods.size() - 3) + " more" : first;
  }
}
