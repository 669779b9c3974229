package io.mrq.redis;

import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.KeyValue;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.api.StatefulRedisConnection;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** The one blocking connection of a process: its command timeout is longer than any wait (protocol §8). */
final class WakeConnection implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(15);

  private final LettuceConnectionFactory factory;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable StatefulConnection<String, String> connection;

  WakeConnection(LettuceConnectionFactory factory) {
    this.factory = factory;
  }

  /** Pops from the list, waiting for at most {@code wait}. */
  Optional<String> pop(String key, Duration wait) throws InterruptedException {
    StatefulConnection<String, String> open = open();
    RedisFuture<KeyValue<String, String>> answer = blpop(open, key, wait.toNanos() / 1e9);
    try {
      KeyValue<String, String> pair =
          answer.get(wait.toMillis() + 1000, TimeUnit.MILLISECONDS);
      return pair == null || !pair.hasValue() ? Optional.empty() : Optional.of(pair.getValue());
    } catch (InterruptedException e) {
      close();
      throw e;
    } catch (ExecutionException | TimeoutException e) {
      close();
      throw new RedisException("no answer to BLPOP", e);
    }
  }

  private static RedisFuture<KeyValue<String, String>> blpop(
      StatefulConnection<String, String> open, String key, double seconds) {
    return switch (open) {
      case StatefulRedisClusterConnection<String, String> cluster ->
          cluster.async().blpop(seconds, key);
      case StatefulRedisConnection<String, String> single -> single.async().blpop(seconds, key);
      default -> throw new IllegalStateException("unknown connection " + open.getClass());
    };
  }

  private StatefulConnection<String, String> open() {
    lock.lock();
    try {
      StatefulConnection<String, String> now = connection;
      if (now == null || !now.isOpen()) {
        now = connect();
        now.setTimeout(TIMEOUT);
        connection = now;
      }
      return now;
    } finally {
      lock.unlock();
    }
  }

  private StatefulConnection<String, String> connect() {
    AbstractRedisClient client = factory.getRequiredNativeClient();
    return switch (client) {
      case RedisClient single -> single.connect();
      case RedisClusterClient cluster -> cluster.connect();
      default -> throw new IllegalStateException("unknown client " + client.getClass());
    };
  }

  @Override
  public void close() {
    lock.lock();
    try {
      if (connection != null) {
        connection.closeAsync();
        connection = null;
      }
    } finally {
      lock.unlock();
    }
  }
}
