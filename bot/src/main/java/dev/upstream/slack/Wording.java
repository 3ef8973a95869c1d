package dev.upstream.slack;

import dev.upstream.diagnosis.Confidence;
import dev.upstream.diagnosis.Diagnosis;
import dev.upstream.diagnosis.Finding;
import dev.upstream.diagnosis.Role;
import dev.upstream.diagnosis.Verdict;
import dev.upstream.path.Hop;
import dev.upstream.snapshot.Gap;
import dev.upstream.snapshot.Kind;
import dev.upstream.snapshot.ObjectRef;
import dev.upstream.snapshot.Source;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The plain words for what the core names in its own way, the same in every message. */
final class Wording {
  private Wording() {}

  static String verdict(Verdict verdict) {
    return switch (verdict) {
      case BROKEN -> "is broken";
      case DEGRADED -> "is degraded";
      case UNKNOWN -> "could not be checked in full";
      case AT_RISK -> "works, with a risk";
      case HEALTHY -> "works";
    };
  }

  static String role(Role role) {
    return switch (role) {
      case ROOT_CAUSE -> "Cause";
      case CONTRIBUTING -> "Part of the cause";
      case SYMPTOM -> "What is seen";
      case RISK -> "Risk";
      case ADVISORY -> "Advice";
    };
  }

  static String confidence(Confidence confidence) {
    return switch (confidence) {
      case HIGH -> "Certain";
      case MEDIUM -> "Likely, not proven";
      case LOW -> "A guess";
    };
  }

  static String source(Source source) {
    return switch (source) {
      case OBJECTS -> "objects";
      case PROXY -> "proxy";
      case ISTIOD -> "istiod";
      case LOG -> "log";
      case EVENTS -> "events";
      case METRICS -> "metrics";
      case NODE -> "node";
    };
  }

  static String gap(Gap.Cause cause) {
    return switch (cause) {
      case FORBIDDEN -> "Not allowed.";
      case UNAUTHORIZED -> "Credential refused.";
      case UNREACHABLE -> "Not reachable.";
      case TIMEOUT -> "No answer in time.";
      case TRUNCATED -> "Too long, cut.";
      case UNPARSED -> "Not readable.";
      case NOT_COLLECTED -> "Not collected.";
      case UNSUPPORTED -> "Not understood by Upstream.";
    };
  }

  static String state(Diagnosis.State state) {
    return switch (state) {
      case OK -> "works";
      case FAILING -> "fails";
      case DEGRADED -> "some fail behind it";
      case UNKNOWN -> "not seen";
    };
  }

  /** {@code sends them to web, subset v1}, where the core names the rule. */
  static String step(Hop hop) {
    return hop.detail()
        .replaceFirst("^http\\[\\d+] -> (\\S+) subset ", "sends them to $1, subset ")
        .replaceFirst("^http\\[\\d+] -> ", "sends them to ")
        .replaceFirst("^http\\[\\d+] (?=.* by itself$)", "")
        .replace("proxies are in sync with istiod", "proxies run istiod's newest settings")
        .replace("is in sync with istiod", "runs istiod's newest settings");
  }

  static String icon(Diagnosis.State state) {
    return switch (state) {
      case OK -> "\u2705";
      case FAILING -> "\u274C";
      case DEGRADED -> "\u26A0\uFE0F";
      case UNKNOWN -> "\u2754";
    };
  }

  /** Who the requests were assumed to come from; empty where the asker may not see who. */
  static String client(String client) {
    if (client.isEmpty()) {
      return "for requests from a client that is not shown here";
    }
    return client.equals("edge")
        ? "for requests from outside the cluster"
        : "for requests from "
            + (client.contains("/") ? "workload " : "namespace ")
            + client
            + " inside the cluster";
  }

  /** {@code Deployment `shop/web-v1`}. */
  static List<Span> object(ObjectRef ref) {
    String name = ref.namespace().isEmpty() ? ref.name() : ref.namespace() + "/" + ref.name();
    return List.of(new Span.Words(ref.kind() + " "), new Span.Code(name));
  }

  /** A namespace stands for the whole cluster: what is found on it is found in all of them. */
  static boolean everywhere(ObjectRef ref) {
    return ref.kind().equals(Kind.NAMESPACE.kind());
  }

  /** The cluster where a diagnosis begins, as far as it shows. */
  static Optional<String> cluster(Diagnosis diagnosis) {
    return Stream.of(
            diagnosis.hops().stream().map(h -> h.hop().cluster()),
            diagnosis.findings().stream().map(Finding::cluster),
            diagnosis.notChecked().stream().map(Gap::cluster))
        .flatMap(s -> s)
        .findFirst();
  }

  /** Whether nothing at all could be read there. */
  static boolean wholeCluster(Gap gap) {
    return gap.scope().startsWith("*");
  }

  /** What happened and what helps, in sentences. */
  static String why(Gap gap) {
    return (sentence(gap.detail()) + " " + sentence(gap.remedy())).strip();
  }

  /** The words as a sentence; empty when there are none. */
  static String sentence(String words) {
    String text = words.strip();
    if (text.isEmpty()) {
      return "";
    }
    int first = Character.charCount(text.codePointAt(0));
    return text.substring(0, first).toUpperCase(Locale.ROOT)
        + text.substring(first)
        + (text.endsWith(".") ? "" : ".");
  }

  /** A few names, and how many more. */
  static String some(List<String> names, int most) {
    return names.size() <= most
        ? String.join(", ", names)
        : String.join(", ", names.subList(0, most)) + " and " + (names.size() - most) + " more";
  }

  static String count(int n, String noun) {
    return n + " " + noun + (n == 1 ? "" : "s");
  }
}
