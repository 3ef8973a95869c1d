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
import dev.upstream.slack.Introduction;
import dev.upstream.slack.SlackApi;
import dev.upstream.slack.SlackEventsController;
import dev.upstream.slack.Socket;
import dev.upstream.store.StoreUnavailable;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.PrintStream;
import java.net.BindException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The running service: settings first, then the server, until someone stops it. */
final class Service {
  private static final Logger LOG = LoggerFactory.getLogger(Service.class);
  private static final int WRONG_USAGE = 64;
  private static final String APP_TOKEN_HELP =
      "it has to be an app-level token with connections:write, of an app with Socket Mode on";

  private Service() {}

  /** Serves until the program is stopped; returns the exit status. */
  static int serve(Path file, Map<String, String> environment, PrintStream errors) {
    try {
      UpstreamConfig config = UpstreamConfig.read(file);
      SlackSecrets secrets = SlackSecrets.from(environment, config.slack().mode());
      StoreAccess access = StoreAccess.from(environment, config.store());
      Rules rules = Rules.in(file.resolveSibling(PolicyFile.NAME), InstantSource.system());
      try (ApplicationContext context = context(config, secrets, access, rules)) {
        return serve(context, config, errors);
      } catch (RuntimeException e) {
        errors.println("upstream: " + mistake(e, config).orElseThrow(() -> e));
        return WRONG_USAGE;
      }
    } catch (BadConfig e) {
      errors.println("upstream: " + e.getMessage());
      return WRONG_USAGE;
    }
  }

  private static int serve(ApplicationContext context, UpstreamConfig config, PrintStream errors) {
    context.start();
    AuthTestResponse identity = context.getBean(SlackApi.class).identity();
    if (!identity.isOk() && SlackApi.hopeless(identity.getError())) {
      return refused("SLACK_BOT_TOKEN", identity.getError(), "install the app again", errors);
    }
    EmbeddedServer server = open(context);
    switch (config.slack().mode()) {
      case SOCKET -> LOG.info("Health is told on port {}, path /health", server.getPort());
      case HTTP -> LOG.info("Waiting for Slack on port {}, path /slack/events", server.getPort());
    }
    try (Introduction introduction =
        Introduction.after(identity, context.getBean(SlackApi.class))) {
      return untilStopped(context, config.slack().mode())
          .map(e -> refused("SLACK_APP_TOKEN", e, APP_TOKEN_HELP, errors))
          .orElse(0);
    }
  }

  /** What an operator can put right; whatever a bean says comes wrapped. */
  private static Optional<String> mistake(Throwable broken, UpstreamConfig config) {
    for (Throwable e = broken; e != null; e = e.getCause()) {
      if (e instanceof BadConfig || e instanceof Refusal || e instanceof StoreUnavailable) {
        return Optional.ofNullable(e.getMessage());
      }
      if (e instanceof BindException) {
        return Optional.of(
            "Another program has port "
                + config.port()
                + ": end it, or name another port in upstream.yml.");
      }
    }
    return Optional.empty();
  }

  private static int refused(String token, String error, String help, PrintStream errors) {
    errors.println("Slack refuses " + token + " (" + error + "): " + help + ".");
    return WRONG_USAGE;
  }

  /** A context with the settings; a {@link Collector} may be registered before it is started. */
  static ApplicationContext context(
      UpstreamConfig config, SlackSecrets secrets, StoreAccess access, Rules rules) {
    ApplicationContext context =
        ApplicationContext.builder()
            .properties(Map.of("micronaut.server.port", config.port() == 0 ? -1 : config.port()))
            .build();
    context.registerSingleton(UpstreamConfig.class, config);
    context.registerSingleton(SlackSecrets.class, secrets);
    context.registerSingleton(StoreAccess.class, access);
    context.registerSingleton(Rules.class, rules);
    return context;
  }

  /** Opens the port once everything behind it is made. */
  static EmbeddedServer open(ApplicationContext context) {
    context.getBean(SlackEventsController.class);
    return context.getBean(EmbeddedServer.class).start();
  }

  /** What an operator reads in status: the version of the jar. */
  static String version() {
    return Optional.ofNullable(Service.class.getPackage().getImplementationVersion())
        .orElse("(built here)");
  }

  static Socket socket(ApplicationContext context) {
    return Socket.open(context.getBean(App.class), context.getBean(SlackApi.class));
  }

  /** Returns Slack's word for an app token that it never takes; empty when someone stopped it. */
  private static Optional<String> untilStopped(ApplicationContext context, SlackMode mode) {
    Optional<Socket> socket =
        mode == SlackMode.SOCKET ? Optional.of(socket(context)) : Optional.empty();
    CompletableFuture<Optional<String>> end = new CompletableFuture<>();
    socket.ifPresent(s -> s.refused().thenAccept(e -> end.complete(Optional.of(e))));
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  socket.ifPresent(Socket::close);
                  context.close();
                  end.complete(Optional.empty());
                }));
    try {
      return end.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } finally {
      socket.ifPresent(Socket::close);
    }
  }
}
