package dev.upstream.slack;

import dev.upstream.diagnosis.Confidence;
import dev.upstream.diagnosis.Diagnosis;
import dev.upstream.diagnosis.Finding;
import dev.upstream.diagnosis.Role;
import dev.upstream.diagnosis.Verdict;
import dev.upstream.snapshot.Gap;
import dev.upstream.snapshot.ObjectRef;
import dev.upstream.snapshot.Source;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The plain words for what the core names in its own way, the same in every message. */
final class Wording {
  private Wording() {}

  static String icon(Verdict verdict) {
    return switch (verdict) {
      case BROKEN -> "\uD83D\uDD34";
      case DEGRADED -> "\uD83D\uDFE0";
      case UNKNOWN -> "\u26AA";
      case AT_RISK -> "\uD83D\uDFE1";
      case HEALTHY -> "\uD83D\uDFE2";
    };
  }

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
      case CONTRIBUTING -> "Contributes";
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
      case DEGRADED -> "partly fails";
      case UNKNOWN -> "not seen";
    };
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
      return "for requests from inside the cluster";
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

  /** Whole percents; one decimal where a whole number would lie. */
  static String percent(double share) {
    double percent = share * 100;
    boolean whole = Math.abs(percent - Math.rint(percent)) < 0.05;
    return whole ? Math.round(percent) + " %" : String.format(Locale.ROOT, "%.1f %%", percent);
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

  static String count(int n, String noun) {
    return n + " " + noun + (n == 1 ? "" : "s");
  }
}
