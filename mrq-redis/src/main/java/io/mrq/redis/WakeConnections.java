package io.mrq.redis;

import io.lettuce.core.KeyValue;
import io.lettuce.core.RedisException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The connections on which workers block until they are woken: one for each worker that waits, so
 * usually one in a process. They are kept between waits. After a wait that ended early, its
 * connection is closed, because Redis would still send it the next wake-up.
 */
final class WakeConnections {
  /** Longer waits are cut, so that a connection to a vanished server is noticed. */
  private static final Duration MAX_WAIT = Duration.ofMinutes(1);

  /** Shorter waits do not block: before 7.0, Redis rounds 1 ms down to 0, which means for ever. */
  private static final Duration MIN_BLOCKING_WAIT = Duration.ofMillis(10);

  private final Supplier<CompletableFuture<RedisLink>> opener;
  private final Duration timeout;
  private final BlockingDeque<RedisLink> unused = new LinkedBlockingDeque<>();

  /**
   * Creates it without any connection.
   *
   * @param timeout for opening a connection, and for an answer after its wait is over
   */
  WakeConnections(Supplier<CompletableFuture<RedisLink>> opener, Duration timeout) {
    this.opener = opener;
    this.timeout = timeout;
  }

  /**
   * Takes the first element of a list, and waits for one if the list is empty.
   *
   * @param wait at most this long, and at most a minute; below 10 ms it does not wait at all
   * @return empty after the wait
   * @throws RedisException if Redis is away
   */
  Optional<String> pop(String key, Duration wait) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    RedisLink link = link();
    boolean done = false;
    try {
      Optional<String> popped =
          wait.compareTo(MIN_BLOCKING_WAIT) < 0 ? popNow(link, key) : popBlocking(link, key, wait);
      done = true;
      return popped;
    } finally {
      if (done) {
        unused.push(link);
      } else {
        link.close();
      }
    }
  }

  private Optional<String> popNow(RedisLink link, String key) throws InterruptedException {
    return Optional.ofNullable(
        WakeConnections.<@Nullable String>get(link.redis().lpop(key), timeout));
  }

  private Optional<String> popBlocking(RedisLink link, String key, Duration wait)
      throws InterruptedException {
    Duration bounded = wait.compareTo(MAX_WAIT) > 0 ? MAX_WAIT : wait;
    Future<KeyValue<String, String>> sent = link.redis().blpop(bounded.toMillis() / 1000.0, key);
    @Nullable KeyValue<String, String> popped = get(sent, bounded.plus(timeout));
    return popped == null ? Optional.empty() : popped.optional();
  }

  private RedisLink link() throws InterruptedException {
    RedisLink link = unused.poll();
    while (link != null && !link.isOpen()) {
      link.close();
      link = unused.poll();
    }
    if (link != null) {
      return link;
    }
    CompletableFuture<RedisLink> opening = opener.get();
    boolean done = false;
    try {
      link = get(opening, timeout);
      done = true;
      return link;
    } finally {
      if (!done) {
        var _ = opening.thenAccept(RedisLink::close);
      }
    }
  }

  private static <T extends @Nullable Object> T get(Future<? extends T> future, Duration limit)
      throws InterruptedException {
    try {
      return future.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RedisException known
          ? known
          : new RedisException(String.valueOf(e.getCause()), e);
    } catch (CancellationException e) {
      throw new RedisException("the connection was closed", e);
    } catch (TimeoutException e) {
      throw new RedisException("no answer in time", e);
    }
  }
}
