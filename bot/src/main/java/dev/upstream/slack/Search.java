package dev.upstream.slack;

import com.slack.api.methods.MethodsClient;
import com.slack.api.methods.request.conversations.ConversationsHistoryRequest;
import com.slack.api.methods.request.conversations.ConversationsRepliesRequest;
import com.slack.api.model.Message;
import com.slack.api.model.ResponseMetadata;
import dev.upstream.conversation.Door;
import dev.upstream.conversation.Method;
import dev.upstream.conversation.Outbox;
import dev.upstream.conversation.Taken;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Looks whether Slack has a message already, whose posting came to no known end. */
final class Search {
  /** Slack's clock and ours differ. */
  private static final Duration SKEW = Duration.ofMinutes(2);

  private static final Outcome NO_THREAD = new Outcome.Refused("thread_not_found");
  private static final int PAGE = 200;
  private static final int PAGES = 50;
  private static final Duration GLANCE = Duration.ofMillis(50);

  private final MethodsClient methods;
  private final Outbox outbox;
  private final InstantSource clock;

  /** Held by the one search that had to wait for a page: it gets all the calls there are. */
  private final ReentrantLock patient = new ReentrantLock();

  Search(SlackApi slack, Outbox outbox, InstantSource clock) {
    this.methods = slack.methods();
    this.outbox = outbox;
    this.clock = clock;
  }

  /** What was found. */
  sealed interface Result {
    /**
     * @param revision the state that was posted, where it says so
     */
    record Found(String ts, long revision) implements Result {}

    record Absent() implements Result {}

    /** It could not be looked up. */
    record Failed(Outcome outcome, Door door) implements Result {}

    /** Slack allows no look before then. */
    record Closed(Instant until) implements Result {}
  }

  Result message(Taken message) {
    String id = message.wanted().id();
    return find(message, m -> revision(m, id));
  }

  Result file(Taken message, String file) {
    return find(
        message,
        m ->
            Optional.ofNullable(m.getFiles()).orElse(List.of()).stream()
                .filter(f -> file.equals(f.getId()))
                .findFirst()
                .map(f -> message.wanted().revision()));
  }

  private static Optional<Long> revision(Message message, String id) {
    return Optional.ofNullable(message.getMetadata())
        .filter(m -> Wire.EVENT_TYPE.equals(m.getEventType()))
        .map(Message.Metadata::getEventPayload)
        .filter(p -> id.equals(p.get(Wire.ID)))
        .map(p -> String.valueOf(p.get(Wire.REVISION)))
        .map(r -> r.matches("\\d{1,18}") ? Long.parseLong(r) : 0L);
  }

  /** One page of messages, and where the next one begins. */
  private record Page(List<Message> messages, String next) {}

  private Result find(Taken message, Function<Message, Optional<Long>> match) {
    try {
      return look(message, match);
    } finally {
      if (patient.isHeldByCurrentThread()) {
        patient.unlock();
      }
    }
  }

  private Result look(Taken message, Function<Message, Optional<Long>> match) {
    Method method = message.thread().isPresent() ? Method.REPLIES : Method.HISTORY;
    Door door = method.at(message.wanted().place());
    if (patient.isLocked()) {
      return new Result.Closed(clock.instant().plus(door.every()));
    }
    String cursor = "";
    for (int i = 0; i < PAGES; i++) {
      Optional<Instant> closed = i == 0 ? reserve(door) : reserve(door, message);
      if (closed.isPresent()) {
        return new Result.Closed(closed.get());
      }
      Attempt.Answer<Page> answer = page(message, cursor);
      if (answer instanceof Attempt.Answer.None<Page> none) {
        return none.outcome().equals(NO_THREAD)
            ? new Result.Absent()
            : new Result.Failed(none.outcome(), door);
      }
      Page page = ((Attempt.Answer.Given<Page>) answer).response();
      for (Message found : page.messages()) {
        Optional<Long> revision = match.apply(found);
        if (revision.isPresent()) {
          return new Result.Found(found.getTs(), revision.get());
        }
      }
      cursor = page.next();
      if (cursor.isEmpty()) {
        break;
      }
    }
    return new Result.Absent();
  }

  private Optional<Instant> reserve(Door door) {
    return outbox.reserve(door, clock.instant());
  }

  /**
   * Waits for the next page as long as the message is in our hands: whoever let go of it here would
   * begin with the first page again, and never come to an end where calls are scarce.
   */
  private Optional<Instant> reserve(Door door, Taken message) {
    Optional<Instant> closed = reserve(door);
    if (closed.isEmpty() || !(patient.isHeldByCurrentThread() || patient.tryLock())) {
      return closed;
    }
    try {
      Instant end = message.leaseEnds().minus(Errand.ONE_CALL);
      while (closed.isPresent() && closed.get().isBefore(end)) {
        while (clock.instant().isBefore(closed.get())) {
          Thread.sleep(GLANCE);
        }
        closed = reserve(door);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return closed;
  }

  private Attempt.Answer<Page> page(Taken message, String cursor) {
    String channel = message.wanted().place().channel();
    String oldest = message.since().minus(SKEW).getEpochSecond() + ".000000";
    if (message.thread().isPresent()) {
      ConversationsRepliesRequest request =
          ConversationsRepliesRequest.builder()
              .channel(channel)
              .ts(message.thread().get())
              .oldest(oldest)
              .limit(PAGE)
              .includeAllMetadata(true)
              .build();
      if (!cursor.isEmpty()) {
        request.setCursor(cursor);
      }
      return Attempt.at(() -> methods.conversationsReplies(request))
          .then(r -> new Page(r.getMessages(), next(r.getResponseMetadata())));
    }
    ConversationsHistoryRequest request =
        ConversationsHistoryRequest.builder()
            .channel(channel)
            .oldest(oldest)
            .limit(PAGE)
            .includeAllMetadata(true)
            .build();
    if (!cursor.isEmpty()) {
      request.setCursor(cursor);
    }
    return Attempt.at(() -> methods.conversationsHistory(request))
        .then(r -> new Page(r.getMessages(), next(r.getResponseMetadata())));
  }

  private static String next(@Nullable ResponseMetadata metadata) {
    return Optional.ofNullable(metadata).map(ResponseMetadata::getNextCursor).orElse("");
  }
}
