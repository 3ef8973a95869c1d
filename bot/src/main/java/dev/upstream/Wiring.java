package dev.upstream;

import com.slack.api.bolt.App;
import dev.upstream.answer.Answering;
import dev.upstream.answer.Collector;
import dev.upstream.config.SlackSecrets;
import dev.upstream.config.UpstreamConfig;
import dev.upstream.slack.Checks;
import dev.upstream.slack.Deliveries;
import dev.upstream.slack.OutgoingGuard;
import dev.upstream.slack.RequestSignature;
import dev.upstream.slack.SlackAccess;
import dev.upstream.slack.SlackApi;
import dev.upstream.slack.UpstreamCommand;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Every bean of the service on one page; {@link Collector} is the one that says what is read. */
@Factory
final class Wiring {
  @Singleton
  @Bean(preDestroy = "close")
  @Requires(missingBeans = Collector.class)
  Collector collector(UpstreamConfig config) {
    return ConfiguredClusters.of(config, Optional.empty(), List.of());
  }

  @Singleton
  Supplier<Answering> answering(Collector collector) {
    return () -> new Answering(collector);
  }

  @Singleton
  SlackAccess slackAccess(UpstreamConfig config, SlackSecrets secrets) {
    return new SlackAccess(config.slack().baseUrl(), secrets.botToken(), secrets.signingSecret());
  }

  @Singleton
  RequestSignature requestSignature(SlackAccess access) {
    return new RequestSignature(access.signingSecret(), InstantSource.system());
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
  Checks checks(
      Supplier<Answering> answering, SlackApi slack, OutgoingGuard guard, UpstreamConfig config) {
    return new Checks(
        answering, slack, guard, config.slack().zone(), config.slack().parallelChecks());
  }

  @Singleton
  App bolt(Supplier<Answering> answering, Checks checks, OutgoingGuard guard, SlackApi slack) {
    return new UpstreamCommand(answering, checks, guard, new Deliveries(InstantSource.system()))
        .app(slack);
  }
}
