package io.mrq.redis;

import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The use of a connection by one call: it sends commands without waiting, then waits for all
 * answers until one deadline.
 *
 * @param redis sends commands
 * @param deadline on the clock of {@link System#nanoTime()}
 */
record Exchange(RedisClusterAsyncCommands<String, String> redis, long deadline) {
  /** Waits for the answer of one command: one round trip. */
  <T extends @Nullable Object> T reply(RedisFuture<T> sent) {
    return this.<T>replies(List.of(sent)).getFirst();
  }

  /** Waits for the answers of commands that were sent one after another: also one round trip. */
  <T extends @Nullable Object> List<T> replies(List<? extends RedisFuture<? extends T>> sent) {
    try {
      List<T> answers = new ArrayList<>(sent.size());
      for (RedisFuture<? extends T> future : sent) {
        answers.add(await(future, deadline));
      }
      return answers;
    } catch (RedisCommandTimeoutException e) {
      // A command that still waits for a connection must not be sent later: nobody would read
      // its answer.
      sent.forEach(future -> future.cancel(true));
      throw e;
    }
  }

  /**
   * Waits for the answers of commands that do not depend on each other, in one round trip. One that
   * Redis refuses is empty, and costs no other its answer.
   *
   * @param refused is told of each refusal
   */
  <T> List<Optional<T>> acceptedReplies(
      List<? extends RedisFuture<? extends T>> sent, Consumer<ErrorReply> refused) {
    List<Optional<T>> answers = new ArrayList<>(sent.size());
    for (RedisFuture<? extends T> future : sent) {
      try {
        answers.add(Optional.of(reply(future)));
      } catch (RedisException e) {
        ErrorReply reply = ErrorReply.of(e);
        if (reply == null || reply.isAway()) {
          sent.forEach(open -> open.cancel(true));
          throw e;
        }
        refused.accept(reply);
        answers.add(Optional.empty());
      }
    }
    return answers;
  }

  /**
   * Waits for an answer, even if the thread is interrupted: the wait is short, and ids that were
   * taken would be lost with their answer. The interrupt is restored afterwards.
   *
   * @throws RedisException if the answer is an error, or does not come in time
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
