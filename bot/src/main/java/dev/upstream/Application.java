package dev.upstream;

import dev.upstream.cli.Cli;

/** The program: every command of {@code upstream}. */
public final class Application {
  private Application() {}

  public static void main(String[] args) {
    System.exit(
        Cli.run(
            args,
            System.out,
            System.err,
            new ClusterAccess(),
            new PolicyAccess(),
            new FeedbackAccess(System.getenv()),
            f -> Service.serve(f, System.getenv(), System.err)));
  }
}
