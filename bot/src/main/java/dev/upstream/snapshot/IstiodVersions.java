package dev.upstream.snapshot;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which versions of Istio's control plane run, as the tags of their images say. */
public final class IstiodVersions {
  /** What every istiod's pod carries, whatever its revision. */
  public static final Map<String, String> LABELS = Map.of("app", "istiod");

  private static final Pattern TAG = Pattern.compile(":(\\w[\\w.-]{0,127})(?:@sha256:[0-9a-f]+)?$");
  private static final Pattern DIGEST = Pattern.compile("@sha256:[0-9a-f]+$");
  private static final Pattern VARIANT = Pattern.compile("-(?:distroless|debug)$");

  private IstiodVersions() {}

  /**
   * Of the istiods among these pods that run, sorted, each version once; {@code unknown} where an
   * image has no tag.
   */
  public static List<String> of(List<Pod> pods) {
    return pods.stream()
        .filter(p -> Selectors.matches(LABELS, p.labels()))
        .filter(p -> p.phase().equals("Running") && !p.terminating())
        .map(p -> version(p).orElse("unknown"))
        .distinct()
        .sorted()
        .toList();
  }

  private static Optional<String> version(Pod pod) {
    List<Container> containers = pod.containers();
    return containers.stream()
        .filter(c -> c.name().equals("discovery"))
        .findFirst()
        .or(() -> containers.stream().findFirst())
        .map(c -> TAG.matcher(DIGEST.matcher(c.spec().string("image")).replaceAll("")))
        .filter(Matcher::find)
        .map(m -> VARIANT.matcher(m.group(1)).replaceAll(""));
  }
}
