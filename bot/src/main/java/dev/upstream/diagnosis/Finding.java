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
    Impact impact,
    Optional<Double> share,
    Optional<Instant> since,
    List<Evidence> evidence,
    SortedSet<String> explains) {
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
        impact,
        share,
        since,
        evidence,
        keys);
  }
}
