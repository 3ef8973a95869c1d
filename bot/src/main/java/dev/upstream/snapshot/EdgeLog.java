package dev.upstream.snapshot;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What ingress-nginx logged: requests, nginx's error lines about them, and the controller's own
 * warnings, each in the order of time. Error lines are laid to the requests that they are about.
 */
public record EdgeLog(List<Request> requests, List<Failure> failures, List<Notice> notices) {
  public static final EdgeLog EMPTY = new EdgeLog(List.of(), List.of(), List.of());

  /** Access lines carry whole seconds, and the two files of one moment differ by about one. */
  private static final long SLACK_SECONDS = 2;

  /**
   * One request, written when it was over.
   *
   * @param seconds how long it took
   * @param upstreamName {@code namespace-service-port}; a dash when nginx answered by itself
   * @param tries the upstream addresses in the order they were tried; one dash for none
   * @param statuses what each try answered, or what nginx made of its failure; a dash for none
   * @param failures the error lines that are about it
   */
  public record Request(
      Instant at,
      double seconds,
      String path,
      int status,
      String upstreamName,
      List<String> tries,
      List<String> statuses,
      List<Failure> failures) {
    public Request {
      tries = List.copyOf(tries);
      statuses = List.copyOf(statuses);
      failures = List.copyOf(failures);
    }

    /** Where the answer came from, or was last asked for; a dash for nowhere. */
    public String lastTry() {
      return tries.getLast();
    }

    /** Nobody was asked: nginx made the answer out of its configuration. */
    public boolean unsent() {
      return tries.stream().allMatch("-"::equals);
    }

    /**
     * A 5xx that came from a pod: nginx passed its status on and has nothing to complain of. nginx
     * writes the status that it makes of a failure into the same field, hence the second condition.
     */
    public boolean answeredByApplication() {
      long asked = tries.stream().filter(lastTry()::equals).count();
      long failed = failures.stream().filter(f -> f.upstream().equals(lastTry())).count();
      return status >= 500
          && !unsent()
          && statuses.getLast().equals(Integer.toString(status))
          && failed < asked;
    }

    /** A 5xx that nginx made. */
    public boolean madeByEdge() {
      return status >= 500 && !answeredByApplication();
    }

    Request with(List<Failure> found) {
      return new Request(at, seconds, path, status, upstreamName, tries, statuses, found);
    }
  }

  /**
   * An error line about a request.
   *
   * @param upstream address and port; empty when no upstream was chosen
   */
  public record Failure(Instant at, String message, String upstream, String host, String path) {
    public boolean refused() {
      return message.contains("connect() failed (111:");
    }

    public boolean connectTimeout() {
      return message.contains("upstream timed out (110:")
          && message.contains("while connecting to upstream");
    }
  }

  /** A line of the controller itself, such as a Service that it does not find. */
  public record Notice(String message) {}

  public EdgeLog {
    requests = requests.stream().sorted(Comparator.comparing(Request::at)).toList();
    failures = failures.stream().sorted(Comparator.comparing(Failure::at)).toList();
    notices = List.copyOf(notices);
  }

  /** One controller pod's log. Lines in another form are left out. */
  public static EdgeLog read(List<String> lines) {
    List<Request> requests = new ArrayList<>();
    List<Failure> failures = new ArrayList<>();
    List<Notice> notices = new ArrayList<>();
    for (String line : lines) {
      EdgeLogLines.request(line).ifPresent(requests::add);
      EdgeLogLines.failure(line).ifPresent(failures::add);
      EdgeLogLines.notice(line).ifPresent(notices::add);
    }
    EdgeLog log = new EdgeLog(requests, failures, notices);
    return new EdgeLog(joined(log.requests, log.failures), log.failures, log.notices);
  }

  /** Each error line belongs to one request: same path, one of its tries, while it lasted. */
  private static List<Request> joined(List<Request> requests, List<Failure> failures) {
    Map<String, Deque<Failure>> open = new HashMap<>();
    failures.forEach(
        f ->
            open.computeIfAbsent(f.path() + " " + f.upstream(), k -> new ArrayDeque<>())
                .addLast(f));
    return requests.stream().map(r -> r.with(take(r, open))).toList();
  }

  private static List<Failure> take(Request request, Map<String, Deque<Failure>> open) {
    Instant from = request.at().minusMillis((long) (request.seconds() * 1000));
    List<Failure> found = new ArrayList<>();
    for (String address : request.tries()) {
      Deque<Failure> waiting =
          open.getOrDefault(request.path() + " " + address, new ArrayDeque<>());
      while (!waiting.isEmpty()
          && waiting.getFirst().at().isBefore(from.minusSeconds(SLACK_SECONDS))) {
        waiting.removeFirst();
      }
      if (!waiting.isEmpty()
          && waiting.getFirst().at().isBefore(request.at().plusSeconds(SLACK_SECONDS))) {
        found.add(waiting.removeFirst());
      }
    }
    return found;
  }

  /** The part that some requests and error lines make up; all notices stay. */
  public EdgeLog only(Predicate<Request> ofRequests, Predicate<Failure> ofFailures) {
    return new EdgeLog(
        requests.stream().filter(ofRequests).toList(),
        failures.stream().filter(ofFailures).toList(),
        notices);
  }

  /** Several pods' logs. */
  public static EdgeLog all(List<EdgeLog> logs) {
    return new EdgeLog(
        logs.stream().flatMap(l -> l.requests().stream()).toList(),
        logs.stream().flatMap(l -> l.failures().stream()).toList(),
        logs.stream().flatMap(l -> l.notices().stream()).toList());
  }
}
