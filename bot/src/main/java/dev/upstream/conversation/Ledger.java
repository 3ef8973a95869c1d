package dev.upstream.conversation;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What is remembered of checks, by all replicas together. */
public interface Ledger {
  /** Whether this is the first time, over all replicas, that the request arrives. */
  boolean claim(String delivery, Instant now);

  /**
   * The same, for what is done after the acknowledgement: when nobody says {@link #done} in time,
   * because the replica died, {@link Work#takeUp} gets it in another.
   */
  boolean claim(String delivery, String work, Instant now);

  /** What a claimed request asked for is done. */
  void done(String delivery);

  /**
   * How a check would fare that was begun now. It is a forecast: nothing is held for it.
   *
   * @param clusters that it is put to, and how many checks each takes at once
   * @param most checks that are not over, beyond which none is begun; joining one is always allowed
   */
  Outlook outlook(Run run, Map<String, Integer> clusters, int most);

  /**
   * Claims the request, then joins the check in flight or begins this one with its job and its
   * headline: all of it or nothing. The asker's read rules were passed before.
   */
  Begun begin(Run run, Wanted headline, String delivery, Instant now);

  /**
   * Ends a check. The words are asked for while nobody can join: one headline for each place that
   * waits for the answer, each as it is wanted now. What they say replaces every earlier state,
   * whatever its revision. Where they say something new in a headline's thread, what an earlier
   * check still had to say there is dropped.
   *
   * @return false, and nothing done, when another attempt has taken the check over or ended it
   */
  boolean finish(Run run, RunState end, Function<List<Wanted>, List<Wanted>> words, Instant now);

  /**
   * Puts off the end of a check whose answer is stored: it lets go of its clusters, and {@link
   * Work#tell} is called until it has ended.
   *
   * @return false, and nothing done, when another attempt has taken the check over or ended it
   */
  boolean found(Run run, Instant now);

  /** Lets go of a check's clusters: what is left to do asks them nothing. */
  void leave(Run run);

  /**
   * Stores what a check saw, a gzipped bundle, with it.
   *
   * @return false, and nothing done, when another attempt has taken the check over or ended it
   */
  boolean keep(Run run, Bytes bundle, Instant now);

  Optional<Bytes> kept(String run);

  Optional<Run> run(String id);

  /** The message of ours at a place in Slack. */
  Optional<Wanted> at(String team, String channel, String ts);

  /** A message of ours by its id. */
  Optional<Wanted> message(String id);

  /**
   * Who asked the same in the meantime and was led to a headline of the check, first come first.
   */
  List<Asker> led(Wanted headline);

  /** A check's headlines, as they are wanted now: the first one is where it was asked for. */
  List<Wanted> headlines(String run);
}
