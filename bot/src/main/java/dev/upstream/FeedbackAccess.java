package dev.upstream;

import dev.upstream.cli.KeptAnswers;
import dev.upstream.cli.Refusal;
import dev.upstream.config.BadConfig;
import dev.upstream.config.StoreAccess;
import dev.upstream.config.UpstreamConfig;
import dev.upstream.conversation.Ledger;
import dev.upstream.conversation.Notes;
import dev.upstream.conversation.Recordings;
import dev.upstream.store.Store;
import dev.upstream.store.StoreUnavailable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Opens the bot's store for whoever studies its answers. */
final class FeedbackAccess implements KeptAnswers {
  private final Map<String, String> environment;

  FeedbackAccess(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Open open(Path config) {
    UpstreamConfig settings;
    StoreAccess access;
    try {
      settings = UpstreamConfig.read(config);
      access = StoreAccess.from(environment, settings.store());
    } catch (BadConfig e) {
      throw new Refusal(String.valueOf(e.getMessage()));
    }
    settings
        .store()
        .file()
        .filter(f -> !Files.exists(f))
        .ifPresent(
            f -> {
              throw new Refusal(
                  "There is no store at "
                      + f
                      + ": name the settings of a bot that has run, with --config.");
            });
    try {
      return new Opened(Store.open(settings.store().url(), access.user(), access.password()));
    } catch (StoreUnavailable e) {
      throw new Refusal(
          e.getMessage()
              + (settings.store().onThisMachine() ? " If the bot runs, stop it first." : ""));
    }
  }

  private record Opened(Store store) implements Open {
    @Override
    public Notes notes() {
      return store.notes();
    }

    @Override
    public Ledger ledger() {
      return store.ledger();
    }

    @Override
    public Recordings recordings() {
      return new PackedRecordings();
    }

    @Override
    public void close() {
      store.close();
    }
  }
}
