package dev.upstream.slack;

import dev.upstream.target.TargetParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an alert is about, by its labels as templates write them: name = value, name: value,
 * name="value". A group names the labels of one alert after the other: they are never mixed.
 */
final class AlertLabels {
  private static final Pattern LABEL =
      Pattern.compile(
          "(?i)(?<![\\w./-])(namespace|exported_namespace|destination_service|destination_service_name"
              + "|destination_service_namespace|service|exported_service|ingress|host|pod|exported_pod|deployment)\\b[`*\"]{0,3}"
              + " {0,3}([=:])[ `*\"]{0,6}([A-Za-z0-9][A-Za-z0-9.-]{0,252})");

  /** The links in it lead to whoever watches, not to what is broken. */
  private static final Pattern ALERT =
      Pattern.compile(
          "(?i)\\[(?:FIRING|RESOLVED)\\b|\\b(?:alertname|alertmanager|runbook_url)\\b|g0\\.expr=");

  /** What measures others. Its Service stands beside the pod that is meant. */
  private static final Pattern MEASURES =
      Pattern.compile(
          "(?i).*(?:kube-state-metrics|exporter|prometheus|alertmanager|kubelet|cadvisor|blackbox)"
              + ".*|.*-metrics");

  /** Addresses, and names that a cloud gives its machines. */
  private static final Pattern MACHINE = Pattern.compile("[0-9.]+|.*\\.(?:ec2|compute)\\.internal");

  private final List<Map<String, String>> alerts;

  private AlertLabels(List<Map<String, String>> alerts) {
    this.alerts = alerts;
  }

  static AlertLabels in(String text) {
    List<Map<String, String>> alerts = new ArrayList<>();
    Map<String, String> alert = new TreeMap<>();
    boolean alerting = alert(text);
    for (Matcher m = LABEL.matcher(text); m.find(); ) {
      String name = m.group(1).toLowerCase(Locale.ROOT);
      if (name.equals("deployment") && m.group(2).equals(":") && !alerting) {
        continue; // people write of deployments, too
      }
      if (alert.containsKey(name)) {
        alerts.add(alert);
        alert = new TreeMap<>();
      }
      alert.put(name, m.group(3));
    }
    alerts.add(alert);
    return new AlertLabels(alerts);
  }

  static boolean alert(String text) {
    return ALERT.matcher(text).find();
  }

  /** Of the first alert that says what it is about. */
  Optional<String> target() {
    return alerts.stream().flatMap(a -> target(a).stream()).findFirst();
  }

  /** Where it is, as far as the first alert says that. */
  Optional<String> namespace() {
    return alerts.stream().flatMap(a -> namespace(a).stream()).findFirst();
  }

  private static Optional<String> namespace(Map<String, String> labels) {
    return first(labels, "destination_service_namespace", "exported_namespace", "namespace")
        .filter(n -> n.matches(CommandParser.LABEL));
  }

  private static Optional<String> target(Map<String, String> labels) {
    Optional<String> namespace = namespace(labels);
    return first(labels, "destination_service", "host")
        .filter(h -> h.contains(".") && !MACHINE.matcher(h).matches())
        .or(
            () ->
                first(labels, "ingress").flatMap(i -> namespace.map(n -> "ingress/" + n + "/" + i)))
        .or(() -> service(labels).flatMap(s -> namespace.map(n -> n + "/" + s)))
        .or(() -> own(labels, "pod").flatMap(p -> namespace.map(n -> "pod/" + n + "/" + p)))
        .or(() -> first(labels, "deployment").flatMap(d -> namespace.map(n -> n + "/" + d)))
        .filter(t -> TargetParser.parse(t).isPresent());
  }

  private static Optional<String> service(Map<String, String> labels) {
    return first(labels, "destination_service_name")
        .or(() -> own(labels, "service"))
        .filter(Predicate.not(s -> MEASURES.matcher(s).matches()));
  }

  /** Where a label is exported, the one of the plain name is that of who measured. */
  private static Optional<String> own(Map<String, String> labels, String name) {
    boolean exported = labels.keySet().stream().anyMatch(l -> l.startsWith("exported_"));
    return exported ? first(labels, "exported_" + name) : first(labels, name);
  }

  private static Optional<String> first(Map<String, String> labels, String... names) {
    return List.of(names).stream()
        .flatMap(n -> Optional.ofNullable(labels.get(n)).stream())
        .findFirst();
  }
}
