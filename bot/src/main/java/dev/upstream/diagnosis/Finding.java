package dev.upstream.diagnosis;

import dev.upstream.snapshot.ObjectRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * One thing that is wrong, with its proof.
 *
 * @param subject the object a person would act on
 * @param ofSeveral the summary for several subjects of which the same is true, with {@link #THEY}
 *     where they are named; empty where the check has no words for that
 * @param share the fraction of the target's requests that fail because of it; empty when unknown
 * @param since when the proof says that it began
 * @param explains keys of the findings that it causes directly
 */
public record Finding(
    String id,
    Role role,
    Severity severity,
    Confidence confidence,
    String cluster,
    ObjectRef subject,
    String fieldPath,
    String summary,
    Optional<String> ofSeveral,
    Impact impact,
    Optional<Double> share,
    Optional<Instant> since,
    List<Evidence> evidence,
    SortedSet<String> explains) {
  /** Stands where the subjects are named. */
  public static final String THEY = "{they}";

  public Finding {
    evidence = List.copyOf(evidence);
    explains = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(explains));
  }

  /** A finding as a check makes it: role, severity, share and links follow from the others. */
  public static Finding of(CheckInfo info, String cluster, ObjectRef subject, String summary) {
    return new Finding(
        info.id(),
        info.role(),
        info.severity(),
        Confidence.HIGH,
        cluster,
        subject,
        "",
        summary,
        Optional.empty(),
        Impact.nothing(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        new TreeSet<>());
  }

  /** {@code id@cluster/kind/namespace/name}. */
  public String key() {
    return id + "@" + cluster + "/" + subject.path();
  }

  /** With what is said when the same is true of other subjects as well. */
  public Finding ofSeveral(String newOfSeveral) {
    return new Finding(
        id,
        role,
        severity,
        confidence,
        cluster,
        subject,
        fieldPath,
        summary,
        Optional.of(newOfSeveral),
        impact,
        share,
        since,
        evidence,
        explains);
  }

  public Finding at(String newFieldPath) {
    return new Finding(
        id,
        role,
        severity,
        confidence,
        cluster,
        subject,
        newFieldPath,
        summary,
        ofSeveral,
        impact,
        share,
        since,
        evidence,
        explains);
  }

  public Finding hits(Impact newImpact) {
    return new Finding(
        id,
        role,
        severity,
        confidence,
        cluster,
        subject,
        fieldPath,
        summary,
        ofSeveral,
        newImpact,
        share,
        since,
        evidence,
        explains);
  }

  public Finding since(Optional<Instant> newSince) {
    return new Finding(
        id,
        role,
        severity,
        confidence,
        cluster,
        subject,
        fieldPath,
        summary,
        ofSeveral,
        impact,
        share,
        newSince,
        evidence,
        explains);
  }

  public Finding proof(Evidence... more) {
    return proofs(List.of(more));
  }

  public Finding proofs(List<Evidence> more) {
    List<Evidence> all = new ArrayList<>(evidence);
    more.stream().filter(e -> !all.contains(e)).forEach(all::add);
    return new Finding(
        id,
        role,
        severity,
        confidence,
        cluster,
        subject,
        fieldPath,
        summary,
        ofSeveral,
        impact,
        share,
        since,
        all,
        explains);
  }

  public Finding sure(Confidence newConfidence) {
    return new Finding(
        id,
        role,
        severity,
        newConfidence,
        cluster,
        subject,
        fieldPath,
        summary,
        ofSeveral,
        impact,
        share,
        since,
        evidence,
        explains);
  }

  Finding shared(Optional<Double> newShare) {
    return new Finding(
        id,
        role,
        severity,
        confidence,
        cluster,
        subject,
        fieldPath,
        summary,
        ofSeveral,
        impact,
        newShare,
        since,
        evidence,
        explains);
  }

  /** A symptom that nothing fails by yet. */
  public Finding asRisk() {
    return as(Role.RISK, Severity.WARNING);
  }

  Finding as(Role newRole, Severity newSeverity) {
    return new Finding(
        id,
        newRole,
        newSeverity,
        confidence,
        cluster,
        subject,
        fieldPath,
        summary,
        ofSeveral,
        impact,
        share,
        since,
        evidence,
        explains);
  }

  Finding explaining(SortedSet<String> keys) {
    return new Finding(
        id,
        role,
        severity,
        confidence,
        cluster,
        subject,
        fieldPath,
        summary,
        ofSeveral,
        impact,
        share,
        since,
        evidence,
        keys);
  }
}
