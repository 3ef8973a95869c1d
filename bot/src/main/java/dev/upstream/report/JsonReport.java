package dev.upstream.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.upstream.answer.Reply;
import dev.upstream.diagnosis.Diagnosis;
import dev.upstream.diagnosis.Edit;
import dev.upstream.diagnosis.Evidence;
import dev.upstream.diagnosis.Finding;
import dev.upstream.diagnosis.Role;
import dev.upstream.snapshot.Gap;
import dev.upstream.snapshot.ObjectRef;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The document {@code upstream/diagnosis/v1} (PRODUCT.md section 2). */
public final class JsonReport {
  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private JsonReport() {}

  /** How long it took, in milliseconds. */
  public record Timing(long collectMillis, long diagnoseMillis) {}

  public static String of(Reply.Answered answered, Timing timing) {
    Map<String, Object> document = document(answered.worst());
    if (answered.diagnoses().size() > 1 || answered.leftOut().isPresent()) {
      document.put("findings", once(answered.diagnoses()));
      document.put(
          "notChecked",
          answered.diagnoses().stream()
              .flatMap(d -> d.notChecked().stream())
              .distinct()
              .sorted()
              .map(JsonReport::gap)
              .toList());
      document.put("checks", answered.diagnoses().stream().map(JsonReport::document).toList());
      answered.leftOut().ifPresent(n -> document.put("leftOut", n));
    }
    document.put("timing", timing(timing));
    try {
      return MAPPER.writeValueAsString(document);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, Object> document(Diagnosis d) {
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("schema", "upstream/diagnosis/v1");
    out.put("target", d.target());
    out.put("client", d.client());
    out.put("at", d.at().toString());
    out.put("verdict", d.verdict().word());
    out.put("share", orNull(d.share()));
    out.put("since", orNull(d.since().map(Object::toString)));
    out.put("summary", d.summary());
    out.put("path", d.hops().stream().map(JsonReport::hop).toList());
    out.put("findings", findings(d));
    out.put("changes", d.changes().stream().map(JsonReport::edit).toList());
    out.put("ruledOut", d.ruledOut().stream().map(JsonReport::ruledOut).toList());
    out.put("notChecked", d.notChecked().stream().map(JsonReport::gap).toList());
    return out;
  }

  /** By role, then share, largest first; each diagnosis has its own in order already. */
  private static final Comparator<Finding> WORST =
      Comparator.comparing(Finding::role).thenComparing(f -> -f.share().orElse(-1d));

  /** What several starting points met stands once, as the worst of them met it (R14). */
  private static List<Object> once(List<Diagnosis> diagnoses) {
    Map<String, Object> byKey = new LinkedHashMap<>();
    diagnoses.stream()
        .flatMap(d -> d.findings().stream())
        .sorted(WORST)
        .forEach(f -> byKey.computeIfAbsent(f.key(), k -> finding(f)));
    return List.copyOf(byKey.values());
  }

  private static List<Object> findings(Diagnosis d) {
    List<Object> findings = new ArrayList<>();
    d.findings().forEach(f -> findings.add(finding(f)));
    return findings;
  }

  private static Map<String, Object> hop(Diagnosis.HopState h) {
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("cluster", h.hop().cluster());
    out.put("kind", h.hop().ref().kind());
    out.put("namespace", h.hop().ref().namespace());
    out.put("name", h.hop().ref().name());
    out.put("detail", h.hop().detail());
    out.put("share", rounded(h.hop().share()));
    out.put("state", h.state().word());
    return out;
  }

  private static Map<String, Object> finding(Finding f) {
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("key", f.key());
    out.put("id", f.id());
    out.put("role", f.role().word());
    out.put("severity", f.severity().word());
    out.put("confidence", f.confidence().word());
    out.put("cluster", f.cluster());
    out.put("subject", subject(f.subject()));
    out.put("fieldPath", f.fieldPath());
    out.put("summary", f.summary());
    out.put("share", f.role() == Role.ADVISORY ? 0d : orNull(f.share()));
    out.put("since", orNull(f.since().map(Object::toString)));
    out.put("evidence", f.evidence().stream().map(JsonReport::evidence).toList());
    out.put("fixes", List.of());
    out.put("explains", List.copyOf(f.explains()));
    return out;
  }

  private static Map<String, Object> subject(ObjectRef ref) {
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("apiVersion", ref.apiVersion());
    out.put("kind", ref.kind());
    out.put("namespace", ref.namespace());
    out.put("name", ref.name());
    return out;
  }

  private static Map<String, Object> evidence(Evidence e) {
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("source", e.source().word());
    out.put("text", e.text());
    out.put("command", e.command());
    return out;
  }

  private static Map<String, Object> edit(Edit e) {
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("cluster", e.cluster());
    out.put("subject", subject(e.subject()));
    out.put("fieldPath", e.fieldPath());
    out.put("manager", e.manager());
    out.put("at", e.at().toString());
    return out;
  }

  private static Map<String, Object> ruledOut(Diagnosis.RuledOut r) {
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("id", r.id());
    out.put("why", r.why());
    return out;
  }

  private static Map<String, Object> timing(Timing timing) {
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("collectMillis", timing.collectMillis());
    out.put("diagnoseMillis", timing.diagnoseMillis());
    return out;
  }

  private static Map<String, Object> gap(Gap g) {
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("cluster", g.cluster());
    out.put("source", g.source().word());
    out.put("scope", g.scope());
    out.put("cause", g.cause().name());
    out.put("detail", g.detail());
    out.put("remedy", g.remedy());
    return out;
  }

  private static double rounded(double share) {
    return Math.round(share * 10_000) / 10_000d;
  }

  private static @Nullable Object orNull(Optional<?> value) {
    return value.isPresent() ? value.get() : null;
  }
}
