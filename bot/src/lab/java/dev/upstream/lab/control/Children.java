package dev.upstream.lab.control;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Starts every process of the lab, each in its own session, and leaves none behind. */
public final class Children implements AutoCloseable {
  private final Path logs;
  private final Deque<Process> all = new ConcurrentLinkedDeque<>();

  /**
   * The kernel kills a child when the THREAD that started it ends, so one thread starts them all.
   */
  private final ExecutorService launcher =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("launcher").factory());

  public Children(Path logs) {
    this.logs = logs;
  }

  /** Starts a process whose output goes to a file of that name. */
  public Process start(String name, Map<String, String> environment, List<String> command) {
    File log = log(name).toFile();
    ProcessBuilder builder = builder(environment, command);
    builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log));
    return launch(builder);
  }

  /** Starts a process whose input and output the caller handles. */
  public Process piped(List<String> command) {
    return launch(builder(Map.of(), command));
  }

  public Path log(String name) {
    return logs.resolve(name + ".log");
  }

  private static ProcessBuilder builder(Map<String, String> environment, List<String> command) {
    List<String> whole = new ArrayList<>(List.of("setsid", "setpriv", "--pdeathsig", "KILL", "--"));
    whole.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(whole);
    builder.environment().putAll(environment);
    return builder;
  }

  private Process launch(ProcessBuilder builder) {
    Future<Process> started = launcher.submit(builder::start);
    try {
      Process process = started.get();
      all.push(process);
      process.onExit().thenRun(() -> all.remove(process));
      return process;
    } catch (ExecutionException e) {
      throw new UncheckedIOException(
          new IOException("cannot start " + builder.command(), e.getCause()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    all.forEach(Process::destroyForcibly);
    all.forEach(process -> process.onExit().join());
    launcher.shutdown();
  }
}
