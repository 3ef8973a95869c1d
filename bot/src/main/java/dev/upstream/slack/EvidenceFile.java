package dev.upstream.slack;

import dev.upstream.answer.Reply;
import dev.upstream.diagnosis.Diagnosis;
import dev.upstream.diagnosis.Edit;
import dev.upstream.diagnosis.Evidence;
import dev.upstream.diagnosis.Finding;
import dev.upstream.diagnosis.Percent;
import dev.upstream.snapshot.Gap;
import dev.upstream.snapshot.LogExcerpt;
import java.util.ArrayList;
import java.util.List;

/** Every proof with its command, and the logs behind them, as a text file. */
public final class EvidenceFile {
  private static final int LAST_LINES = 40;
  private static final String RULE = "=".repeat(72);

  private final Times times;
  private final List<String> lines = new ArrayList<>();

  private EvidenceFile(Times times) {
    this.times = times;
  }

  /**
   * A container's log, as far as it was read.
   *
   * @param cluster where it runs
   */
  public record Log(String cluster, LogExcerpt excerpt) {}

  /**
   * The file.
   *
   * @param logs of the pods that proofs speak of; none where log lines may not be shown
   */
  public static Attachment of(Reply.Answered answered, List<Log> logs, Telling telling) {
    Diagnosis worst = answered.worst();
    EvidenceFile file = new EvidenceFile(new Times(telling.zone(), worst.at()));
    for (Diagnosis d : answered.diagnoses()) {
      file.diagnosis(d);
    }
    for (Reply.Other other : answered.others()) {
      file.add("", "Cluster " + other.cluster() + ": " + other.why().sentence());
    }
    logs.forEach(file::log);
    telling.notShown().ifPresent(s -> file.add("", s));
    return new Attachment(
        Attachment.name("evidence", worst.target(), worst.at(), "txt"),
        "Evidence for " + worst.target(),
        String.join("\n", file.lines) + "\n");
  }

  private void diagnosis(Diagnosis d) {
    add(RULE, d.summary());
    add("", "Target:  " + d.target() + ", " + Wording.client(d.client()));
    add("Checked: " + times.day(d.at()));
    d.share().ifPresent(s -> add("Failing: " + Percent.of(s) + " of requests"));
    d.since().ifPresent(s -> add("Since:   " + times.day(s) + ", " + times.ago(s)));
    changes(d.changes());
    hops(d);
    for (int i = 0; i < d.findings().size(); i++) {
      finding(d, d.findings().get(i), i + 1);
    }
    ruledOut(d);
    gaps(d);
  }

  private void changes(List<Edit> changes) {
    title(changes.isEmpty(), "What was changed");
    for (Edit e : changes) {
      add(
          times.day(e.at())
              + ": "
              + e.fieldPath()
              + " of "
              + e.subject().words()
              + " in cluster "
              + e.cluster()
              + " by "
              + e.manager());
    }
  }

  private void hops(Diagnosis d) {
    title(d.hops().isEmpty(), "The request's path");
    for (Diagnosis.HopState h : d.hops()) {
      add(
          "%6s  %s (cluster %s): %s"
              .formatted(
                  Percent.of(h.hop().share()),
                  h.hop().ref().words()
                      + (h.hop().detail().isEmpty() ? "" : ", " + Wording.step(h.hop())),
                  h.hop().cluster(),
                  Wording.state(h.state())));
    }
  }

  private void finding(Diagnosis d, Finding f, int number) {
    title(false, number + ". " + Sentence.title(f, d) + ": " + f.summary());
    add(
        Wording.everywhere(f.subject())
            ? "Where: all over cluster " + f.cluster()
            : "Where: "
                + f.subject().words()
                + (f.fieldPath().isEmpty() ? "" : ", field " + f.fieldPath())
                + ", in cluster "
                + f.cluster());
    f.share().ifPresent(s -> add("Share: " + Percent.of(s) + " of requests fail by it"));
    f.since().ifPresent(s -> add("Since: " + times.day(s)));
    add(Wording.confidence(f.confidence()) + ". Known as " + f.id() + ".");
    for (Evidence e : f.evidence()) {
      add("", "Proof (" + Wording.source(e.source()) + "): " + e.text());
      if (!e.command().isBlank()) {
        add("  $ " + e.command());
      }
    }
  }

  private void ruledOut(Diagnosis d) {
    title(d.ruledOut().isEmpty(), "Looked for, and not found");
    d.ruledOut().forEach(r -> add(r.id() + ": " + LookedBlocks.bare(r)));
  }

  private void gaps(Diagnosis d) {
    title(d.notChecked().isEmpty(), "Could not be checked");
    for (Gap g : d.notChecked()) {
      add(
          g.scope()
              + " in cluster "
              + g.cluster()
              + " ("
              + Wording.source(g.source())
              + "): "
              + Wording.gap(g.cause())
              + " "
              + g.detail());
      if (!g.remedy().isBlank()) {
        add("  What helps: " + g.remedy());
      }
    }
  }

  private void log(Log log) {
    List<String> all = log.excerpt().lines();
    List<String> last = all.subList(Math.max(0, all.size() - LAST_LINES), all.size());
    title(
        last.isEmpty(),
        "Log of "
            + log.excerpt().id()
            + (log.excerpt().previous() ? " (before its restart)" : "")
            + " in cluster "
            + log.cluster()
            + (last.size() < all.size()
                ? ", the last " + last.size() + " of " + all.size() + " lines read"
                : ""));
    lines.addAll(last);
  }

  private void title(boolean nothing, String words) {
    if (!nothing) {
      add("", words, "-".repeat(Math.min(72, Math.max(1, words.length()))));
    }
  }

  private void add(String... more) {
    lines.addAll(List.of(more));
  }
}
