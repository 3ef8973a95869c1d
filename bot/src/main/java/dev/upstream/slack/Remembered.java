package dev.upstream.slack;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * Answers that stay good for a while. Each is asked for once, however many want it at the same
 * time; only the latest are kept.
 */
final class Remembered<K, V> {
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(20);

  private final Duration good;
  private final InstantSource clock;
  private final Map<K, Known<V>> known;
  private final Map<K, CompletableFuture<Optional<V>>> asking = new ConcurrentHashMap<>();

  /**
   * @param since when it was asked for, which is before it was so
   */
  private record Known<V>(V value, Instant since) {}

  /**
   * @param good how old an answer may be, counted from before it was asked for
   * @param most answers that are kept
   */
  Remembered(Duration good, int most, InstantSource clock) {
    this.good = good;
    this.clock = clock;
    this.known =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1;

          @Override
          protected boolean removeEldestEntry(Map.Entry<K, Known<V>> eldest) {
            return size() > most;
          }
        };
  }

  /** What is known and still good, without asking. */
  Optional<V> now(K key) {
    Instant now = clock.instant();
    synchronized (known) {
      return Optional.ofNullable(known.get(key))
          .filter(k -> !k.since().isAfter(now) && k.since().plus(good).isAfter(now))
          .map(Known::value);
    }
  }

  /**
   * What is known, else what asking brings.
   *
   * @param question empty when there is no answer; that is not remembered
   */
  Optional<V> get(K key, Function<K, Optional<V>> question) {
    Optional<V> now = now(key);
    if (now.isPresent()) {
      return now;
    }
    CompletableFuture<Optional<V>> mine = new CompletableFuture<>();
    CompletableFuture<Optional<V>> others = asking.putIfAbsent(key, mine);
    return others == null ? ask(key, question, mine) : joined(others);
  }

  private Optional<V> ask(
      K key, Function<K, Optional<V>> question, CompletableFuture<Optional<V>> mine) {
    Optional<V> answer = Optional.empty();
    try {
      Instant since = clock.instant();
      answer = question.apply(key);
      synchronized (known) {
        answer.ifPresent(a -> known.put(key, new Known<>(a, since)));
      }
      return answer;
    } finally {
      asking.remove(key);
      mine.complete(answer);
    }
  }

  private Optional<V> joined(CompletableFuture<Optional<V>> others) {
    try {
      return others.get(LONGEST_WAIT.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } catch (ExecutionException | TimeoutException e) {
      return Optional.empty();
    }
  }
}
