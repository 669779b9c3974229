package io.mrq.redis;

import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One call's use of a connection: commands are sent without waiting, then their answers are waited
 * for, all until one deadline.
 *
 * @param redis to send commands
 * @param deadline in the time of {@link System#nanoTime()}
 */
record Exchange(RedisClusterAsyncCommands<String, String> redis, long deadline) {
  /** The answer of one command: one round trip. */
  <T extends @Nullable Object> T reply(RedisFuture<T> sent) {
    return this.<T>replies(List.of(sent)).getFirst();
  }

  /** The answers of commands that were sent one after the other: one round trip, too. */
  <T extends @Nullable Object> List<T> replies(List<? extends RedisFuture<? extends T>> sent) {
    try {
      List<T> answers = new ArrayList<>(sent.size());
      for (RedisFuture<? extends T> future : sent) {
        answers.add(await(future, deadline));
      }
      return answers;
    } catch (RedisCommandTimeoutException e) {
      // What still waits for a connection must not be sent when nobody listens any more.
      sent.forEach(future -> future.cancel(true));
      throw e;
    }
  }

  /**
   * Waits, interrupted or not: it is short, and the answer of a take that nobody hears is lost.
   *
   * @throws RedisException when the answer is an error, or does not come in time
   */
  static <T extends @Nullable Object> T await(Future<? extends T> future, long deadline) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return future.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException _) {
          interrupted = true;
        }
      }
    } catch (TimeoutException e) {
      throw new RedisCommandTimeoutException("no answer in time");
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RedisException known
          ? known
          : new RedisException(String.valueOf(e.getCause()), e.getCause());
    } catch (CancellationException e) {
      throw new RedisException("the connection was closed", e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
