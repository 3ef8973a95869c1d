package dev.upstream.slack;

import dev.upstream.answer.Answering;
import dev.upstream.answer.Question;
import dev.upstream.answer.Reply;
import dev.upstream.bundle.BundleCollector;
import dev.upstream.bundle.BundleReader;
import dev.upstream.snapshot.Snapshot;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;

/** The four shipped recordings, answered. */
enum Cases {
  CASE_1("case-1", "case1.example.com"),
  CASE_2("case-2", "de.api.example.com"),
  CASE_3("case-3", "case3.example.com"),
  CASE_4("case-4", "shop/web");

  static final ZoneId UTC = ZoneId.of("UTC");
  static final Handle CHECK = Handle.of("0a1b2c3d");

  final String folder;
  final String target;

  Cases(String folder, String target) {
    this.folder = folder;
    this.target = target;
  }

  Reply.Answered answer() {
    return (Reply.Answered)
        new Answering(new BundleCollector(snapshot())).answer(Question.about(target));
  }

  Snapshot snapshot() {
    try {
      return new BundleReader().read(Path.of("bundles", folder)).snapshot();
    } catch (dev.upstream.bundle.BadBundle e) {
      throw new IllegalStateException(e);
    }
  }

  List<EvidenceFile.Log> logs() {
    return snapshot().clusters().values().stream()
        .flatMap(c -> c.logs().stream().map(l -> new EvidenceFile.Log(c.name(), l)))
        .toList();
  }

  /** Told by ana's asking, two seconds after all was seen. */
  static Telling telling(Reply.Answered answered) {
    return Telling.of(CHECK, "ana", UTC, answered.worst().at().plusSeconds(2));
  }
}
