package dev.upstream;

import com.slack.api.bolt.App;
import com.slack.api.methods.response.auth.AuthTestResponse;
import dev.upstream.answer.Collector;
import dev.upstream.cli.Refusal;
import dev.upstream.config.BadConfig;
import dev.upstream.config.PolicyFile;
import dev.upstream.config.SlackMode;
import dev.upstream.config.SlackSecrets;
import dev.upstream.config.StoreAccess;
import dev.upstream.config.UpstreamConfig;
import dev.upstream.policy.Policy;
import dev.upstream.slack.SlackAccess;
import dev.upstream.slack.SlackApi;
import dev.upstream.slack.SlackEventsController;
import dev.upstream.slack.Socket;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The running service: settings first, then the server, until someone stops it. */
final class Service {
  private static final Logger LOG = LoggerFactory.getLogger(Service.class);
  private static final int WRONG_USAGE = 64;

  /** Slack's words for a token that no waiting makes right. */
  private static final Set<String> HOPELESS =
      Set.of("invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired");

  private Service() {}

  /** Serves until the program is stopped; returns the exit status. */
  static int serve(Path file, Map<String, String> environment, PrintStream errors) {
    try {
      UpstreamConfig config = UpstreamConfig.read(file);
      SlackSecrets secrets = SlackSecrets.from(environment, config.slack().mode());
      StoreAccess access = StoreAccess.from(environment, config.store());
      Policy policy = PolicyFile.read(file.resolveSibling(PolicyFile.NAME));
      try (ApplicationContext context = context(config, secrets, access, policy)) {
        context.start();
        AuthTestResponse identity = context.getBean(SlackApi.class).identity();
        if (!identity.isOk() && HOPELESS.contains(identity.getError())) {
          errors.println(
              "Slack refuses SLACK_BOT_TOKEN ("
                  + identity.getError()
                  + "): install the app again.");
          return WRONG_USAGE;
        }
        greet(identity, open(context));
        if (config.slack().mode() == SlackMode.SOCKET) {
          Socket socket = socket(context);
          untilStopped(context, socket::close);
        } else {
          untilStopped(context, () -> {});
        }
        return 0;
      }
    } catch (BadConfig | Refusal e) {
      errors.println("upstream: " + e.getMessage());
      return WRONG_USAGE;
    }
  }

  /** A context with the settings; a {@link Collector} may be registered before it is started. */
  static ApplicationContext context(
      UpstreamConfig config, SlackSecrets secrets, StoreAccess access, Policy policy) {
    ApplicationContext context =
        ApplicationContext.builder()
            .properties(Map.of("micronaut.server.port", config.port() == 0 ? -1 : config.port()))
            .build();
    context.registerSingleton(UpstreamConfig.class, config);
    context.registerSingleton(SlackSecrets.class, secrets);
    context.registerSingleton(StoreAccess.class, access);
    context.registerSingleton(Policy.class, policy);
    return context;
  }

  /** Opens the port once everything behind it is made. */
  static EmbeddedServer open(ApplicationContext context) {
    context.getBean(SlackEventsController.class);
    return context.getBean(EmbeddedServer.class).start();
  }

  private static void greet(AuthTestResponse identity, EmbeddedServer server) {
    if (identity.isOk()) {
      LOG.info("Slack knows this bot as @{} of {}", identity.getUser(), identity.getTeam());
    } else {
      LOG.warn("Slack did not say who this bot is: {}", identity.getError());
    }
    LOG.info("Waiting for Slack on port {}, path /slack/events", server.getPort());
  }

  /** What an operator reads in status: the version of the jar. */
  static String version() {
    return Optional.ofNullable(Service.class.getPackage().getImplementationVersion())
        .orElse("(built here)");
  }

  static Socket socket(ApplicationContext context) {
    try {
      return Socket.open(context.getBean(App.class), context.getBean(SlackAccess.class));
    } catch (Exception e) {
      throw new Refusal(
          "Slack did not open a socket: see whether SLACK_APP_TOKEN is right and Socket Mode is on"
              + " for the app ("
              + e.getClass().getSimpleName()
              + ").");
    }
  }

  private static void untilStopped(ApplicationContext context, Runnable before) {
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  before.run();
                  context.close();
                  stopped.countDown();
                }));
    try {
      stopped.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
