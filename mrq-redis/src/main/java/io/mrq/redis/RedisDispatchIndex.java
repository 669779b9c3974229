package io.mrq.redis;

import io.mrq.dispatch.DispatchIndex;
import io.mrq.dispatch.DispatchUnavailableException;
import io.mrq.job.JobId;
import io.mrq.job.ReadyJob;
import io.mrq.job.WorkerId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.DefaultRedisScript;
import org.springframework.data.redis.core.script.RedisScript;

/**
 * The dispatch index on Redis (protocol §3, §8). Every script and command touches the keys of one
 * queue, or one worker's wake list, so Redis Cluster works too. Redis must run with {@code noeviction}.
 *
 * <p>Round trips: {@code take} 1, {@code drop} 1, {@code below} 1, {@code missing} 1 for 1,000 ids,
 * {@code offer} 1 for 1,000 ids and 1 more when somebody is woken, {@code idle} and {@code busy} 1 a
 * queue.
 */
public final class RedisDispatchIndex implements DispatchIndex, AutoCloseable {
  /** The default of the largest ready set, about 126 MB of ids. */
  public static final int MAX_READY = 1_000_000;

  private static final int PIECE = 1000;
  private static final RedisScript<List> OFFER = script("offer", List.class);
  private static final RedisScript<Long> IDLE = script("idle", Long.class);
  private static final RedisScript<List> MISSING = script("missing", List.class);

  private final StringRedisTemplate redis;
  private final WakeConnection wakes;
  private final CircuitBreaker breaker = new CircuitBreaker(System::nanoTime);
  private final RedisKeys keys;
  private final int maxReady;

  /**
   * Makes the index; connects when it is first used.
   *
   * @param factory with a command timeout of half a second, and commands refused while disconnected
   * @param prefix of all keys, default {@code mrq}
   * @param maxReady the largest ready set of a queue; what is dropped comes back from the store
   */
  public RedisDispatchIndex(LettuceConnectionFactory factory, String prefix, int maxReady) {
    this.redis = new StringRedisTemplate(factory);
    this.wakes = new WakeConnection(factory);
    this.keys = new RedisKeys(prefix);
    this.maxReady = maxReady;
  }

  private static <T> RedisScript<T> script(String name, Class<T> result) {
    DefaultRedisScript<T> script = new DefaultRedisScript<>();
    script.setLocation(new ClassPathResource("io/mrq/redis/" + name + ".lua"));
    script.setResultType(result);
    return script;
  }

  @Override
  public void offer(String queue, Collection<ReadyJob> jobs, int wakeUps) {
    List<ReadyJob> all = List.copyOf(jobs);
    int wakesLeft = wakeUps;
    int from = 0;
    do {
      List<ReadyJob> piece = all.subList(from, Math.min(all.size(), from + PIECE));
      wakesLeft -= offerPiece(queue, piece, Math.min(wakesLeft, PIECE));
      from += PIECE;
    } while (from < all.size());
  }

  private int offerPiece(String queue, List<ReadyJob> piece, int wakeUps) {
    List<String> arguments = new ArrayList<>(2 + 2 * piece.size());
    arguments.add(Integer.toString(maxReady));
    arguments.add(Integer.toString(wakeUps));
    for (ReadyJob job : piece) {
      arguments.add(Long.toString(job.order()));
      arguments.add(job.id().hex());
    }
    List<?> woken =
        breaker.call(
            () ->
                answered(
                    redis.execute(
                        OFFER,
                        List.of(keys.ready(queue), keys.idle(queue)),
                        arguments.toArray())));
    if (!woken.isEmpty()) {
      wake(queue, woken);
    }
    return woken.size();
  }

  private static List<?> answered(@Nullable List<?> answer) {
    return answer == null ? List.of() : answer;
  }

  private void wake(String queue, List<?> workers) {
    byte[] name = bytes(queue);
    RedisCallback<@Nullable Object> pushes =
        connection -> {
          for (Object worker : workers) {
            byte[] key = bytes(keys.wake(String.valueOf(worker)));
            connection.listCommands().lPush(key, name);
            connection.listCommands().lTrim(key, 0, 99);
            connection.keyCommands().pExpire(key, 10_000);
          }
          return null;
        };
    breaker.call(() -> redis.executePipelined(pushes));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public List<JobId> take(String queue, int n) {
    return breaker.call(
        () -> {
          List<JobId> ids = new ArrayList<>();
          var popped = redis.opsForZSet().popMin(keys.ready(queue), n);
          if (popped != null) {
            popped.forEach(entry -> ids.add(new JobId(String.valueOf(entry.getValue()))));
          }
          return ids;
        });
  }

  @Override
  public Missing missing(String queue, Collection<JobId> ids) {
    List<JobId> all = List.copyOf(ids);
    Set<JobId> absent = new HashSet<>();
    long size = 0;
    for (int from = 0; from < all.size(); from += PIECE) {
      Object[] piece =
          all.subList(from, Math.min(all.size(), from + PIECE)).stream().map(JobId::hex).toArray();
      List<?> answer =
          breaker.call(() -> answered(redis.execute(MISSING, List.of(keys.ready(queue)), piece)));
      size = Long.parseLong(String.valueOf(answer.getFirst()));
      answer.stream().skip(1).map(id -> new JobId(String.valueOf(id))).forEach(absent::add);
    }
    return new Missing(absent, size);
  }

  @Override
  public long below(String queue, long order) {
    return breaker.call(
        () -> {
          Long count =
              redis.opsForZSet().count(keys.ready(queue), Double.NEGATIVE_INFINITY, (double) order);
          return count == null ? 0 : count;
        });
  }

  @Override
  public void drop(String queue, Collection<JobId> ids) {
    if (!ids.isEmpty()) {
      Object[] members = ids.stream().map(JobId::hex).toArray();
      breaker.call(() -> redis.opsForZSet().remove(keys.ready(queue), members));
    }
  }

  @Override
  public void idle(WorkerId worker, Collection<String> queues) {
    for (String queue : queues) {
      breaker.call(() -> redis.execute(IDLE, List.of(keys.idle(queue)), worker.hex()));
    }
  }

  @Override
  public void busy(WorkerId worker, Collection<String> queues) {
    for (String queue : queues) {
      breaker.call(() -> redis.opsForZSet().remove(keys.idle(queue), worker.hex()));
    }
  }

  @Override
  public Optional<String> await(WorkerId worker, Duration timeout) throws InterruptedException {
    try {
      return wakes.pop(keys.wake(worker), timeout);
    } catch (RuntimeException e) {
      // Tells the breaker, whose next call would otherwise be the one to wait.
      throw new DispatchUnavailableException("Redis does not answer: " + e.getMessage(), e);
    }
  }

  @Override
  public boolean isAvailable() {
    return breaker.letsThrough();
  }

  @Override
  public void close() {
    wakes.close();
  }
}
