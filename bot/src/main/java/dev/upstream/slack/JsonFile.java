package dev.upstream.slack;

import dev.upstream.answer.Reply;
import dev.upstream.diagnosis.Diagnosis;
import dev.upstream.report.JsonReport;

/** The answer as the document that {@code upstream check -o json} prints. */
public final class JsonFile {
  private JsonFile() {}

  public static Attachment of(Reply.Answered answered, JsonReport.Timing timing) {
    Diagnosis worst = answered.worst();
    return new Attachment(
        Attachment.name("diagnosis", worst.target(), worst.at(), "json"),
        "Answer for " + worst.target() + " as JSON",
        JsonReport.of(answered, timing));
  }
}
