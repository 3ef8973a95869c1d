package dev.upstream.diagnosis.check.edge;

import dev.upstream.diagnosis.Case;
import dev.upstream.diagnosis.Check;
import dev.upstream.diagnosis.CheckInfo;
import dev.upstream.diagnosis.Finding;
import dev.upstream.snapshot.EdgeLog;
import dev.upstream.snapshot.Source;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The Ingress controller got no valid answer from the backend and made a 502 of that. */
public final class Http502FromEdge implements Check {
  private static final CheckInfo INFO =
      CheckInfo.symptom(
          "http-502-from-edge",
          "The edge itself made the 502.",
          Set.of(),
          Set.of(Source.LOG),
          List.of());

  @Override
  public CheckInfo info() {
    return INFO;
  }

  @Override
  public List<Finding> diagnose(Case c) {
    return EdgeAnswers.of(
        c, INFO, r -> r.status() == 502 && r.madeByEdge(), Http502FromEdge::summary);
  }

  private static String summary(List<EdgeLog.Request> failed) {
    Optional<EdgeLog.Failure> last =
        failed.reversed().stream().flatMap(r -> r.failures().stream()).findFirst();
    return "The Ingress controller made the 502 itself: "
        + last.map(f -> reason(f) + " (" + f.upstream() + ")").orElse("it got no valid answer")
        + ".";
  }

  /** nginx's words (edge.md section 2.2), in ours. */
  private static String reason(EdgeLog.Failure failure) {
    String message = failure.message();
    if (failure.refused()) {
      return "the backend refused the connection";
    }
    if (message.contains("(113:")) {
      return "there is no way to the backend's address";
    }
    if (message.contains("prematurely closed") || message.contains("(104:")) {
      return "the backend closed the connection before its answer was complete";
    }
    if (message.contains("SSL")) {
      return "TLS with the backend failed";
    }
    if (message.contains("too big header")) {
      return "the headers of the backend's answer were too big";
    }
    if (message.contains("no valid HTTP") || message.contains("invalid header")) {
      return "the backend's answer was no HTTP/1";
    }
    return "it got no valid answer from the backend";
  }
}
