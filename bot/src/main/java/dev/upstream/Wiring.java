package dev.upstream;

import com.slack.api.bolt.App;
import dev.upstream.answer.Collector;
import dev.upstream.answer.Directory;
import dev.upstream.config.Caps;
import dev.upstream.config.SlackSecrets;
import dev.upstream.config.StoreAccess;
import dev.upstream.config.UpstreamConfig;
import dev.upstream.report.Pages;
import dev.upstream.slack.Bot;
import dev.upstream.slack.OutgoingGuard;
import dev.upstream.slack.RequestSignature;
import dev.upstream.slack.SlackAccess;
import dev.upstream.slack.SlackApi;
import dev.upstream.store.JobSettings;
import dev.upstream.store.Store;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/** Every bean of the service on one page; {@link Collector} is the one that says what is read. */
@Factory
final class Wiring {
  @Singleton
  @Bean(preDestroy = "close")
  Reach reach(UpstreamConfig config) {
    return ConfiguredClusters.reach(config);
  }

  @Singleton
  @Requires(missingBeans = InstantSource.class)
  InstantSource clock() {
    return InstantSource.system();
  }

  @Singleton
  @Requires(missingBeans = Collector.class)
  Collector collector(Reach reach) {
    return reach.collector();
  }

  @Singleton
  @Requires(missingBeans = Directory.class)
  Directory directory(Reach reach) {
    return reach.directory();
  }

  @Singleton
  @Bean(preDestroy = "close")
  Store store(UpstreamConfig config, StoreAccess access, InstantSource clock) {
    return Store.open(config.store().url(), access.user(), access.password(), clock);
  }

  @Singleton
  SlackAccess slackAccess(UpstreamConfig config, SlackSecrets secrets) {
    return new SlackAccess(
        config.slack().baseUrl(), secrets.botToken(), secrets.signingSecret(), secrets.appToken());
  }

  @Singleton
  RequestSignature requestSignature(SlackAccess access, InstantSource clock) {
    return new RequestSignature(access.signingSecret(), clock);
  }

  @Singleton
  OutgoingGuard outgoingGuard(SlackAccess access) {
    return new OutgoingGuard(access.secrets());
  }

  @Singleton
  SlackApi slackApi(SlackAccess access) {
    return new SlackApi(access);
  }

  @Singleton
  @Bean(preDestroy = "close")
  Bot bot(
      SlackApi slack,
      OutgoingGuard guard,
      Collector collector,
      Directory directory,
      Store store,
      Rules rules,
      UpstreamConfig config,
      InstantSource clock) {
    Map<String, Integer> caps = new HashMap<>();
    config.clusters().forEach(c -> caps.put(c.name(), c.caps().parallelChecks()));
    Bot bot =
        new Bot(
            slack,
            guard,
            new Bot.Ground(
                collector,
                directory,
                c -> caps.getOrDefault(c, Caps.USUAL.parallelChecks()),
                config.slack().openChecks(),
                config.store().keep(),
                store.ledger(),
                store.outbox(),
                store.notes(),
                new PackedRecordings(),
                rules,
                () -> rules.get().groups(),
                Pages::of,
                config.slack().zone(),
                clock,
                Service.version(),
                store::rest));
    store.work(bot.work(), new JobSettings(config.slack().parallelChecks(), config.store().keep()));
    return bot;
  }

  @Singleton
  App bolt(Bot bot) {
    return bot.app();
  }
}
