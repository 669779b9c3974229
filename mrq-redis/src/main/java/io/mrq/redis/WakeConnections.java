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
 * Connections that block until a wake-up comes (protocol §8): one for each worker that waits at the
 * same time, so one a process as a rule. Kept between waits, closed after a wait that broke off, as
 * Redis would go on serving it.
 */
final class WakeConnections {
  /** Longer waits end early, so that a connection whose peer is gone is found out. */
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

  /**
   * For shorter waits Redis is not asked to block: before 7.0 it rounds 1 ms down to "for ever".
   */
  private static final Duration SHORTEST_WAIT = Duration.ofMillis(10);

  private final Supplier<CompletableFuture<RedisLink>> opener;
  private final Duration timeout;
  private final BlockingDeque<RedisLink> unused = new LinkedBlockingDeque<>();

  /**
   * None yet.
   *
   * @param timeout for making a connection, and for an answer once its wait is over
   */
  WakeConnections(Supplier<CompletableFuture<RedisLink>> opener, Duration timeout) {
    this.opener = opener;
    this.timeout = timeout;
  }

  /**
   * Pops the list's first element, waiting for one.
   *
   * @param wait below 10 ms: only looks; longer than a minute: a minute
   * @return nothing after the wait
   * @throws RedisException when Redis is away
   */
  Optional<String> pop(String key, Duration wait) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    RedisLink link = link();
    boolean done = false;
    try {
      Optional<String> popped =
          wait.compareTo(SHORTEST_WAIT) < 0 ? look(link, key) : block(link, key, wait);
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

  private Optional<String> look(RedisLink link, String key) throws InterruptedException {
    return Optional.ofNullable(
        WakeConnections.<@Nullable String>get(link.redis().lpop(key), timeout));
  }

  private Optional<String> block(RedisLink link, String key, Duration wait)
      throws InterruptedException {
    Duration bounded = wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
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
