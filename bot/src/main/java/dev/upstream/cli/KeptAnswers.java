package dev.upstream.cli;

import dev.upstream.conversation.Ledger;
import dev.upstream.conversation.Notes;
import dev.upstream.conversation.Recordings;
import java.nio.file.Path;

/** Where commands get what people said about answers, and what those answers were made from. */
public interface KeptAnswers {
  /**
   * Opens the store of these settings.
   *
   * @throws Refusal when the settings are wrong or the store can't be opened
   */
  Open open(Path config);

  /** What has to be given back after use. */
  interface Open extends AutoCloseable {
    Notes notes();

    Ledger ledger();

    Recordings recordings();

    @Override
    void close();
  }
}
