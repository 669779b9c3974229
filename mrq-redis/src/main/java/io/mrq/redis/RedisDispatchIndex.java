package io.mrq.redis;

import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.Range.Boundary;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.ScoredValue;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.mrq.dispatch.DispatchIndex;
import io.mrq.dispatch.DispatchUnavailableException;
import io.mrq.dispatch.WakeUp;
import io.mrq.job.JobId;
import io.mrq.job.ReadyJob;
import io.mrq.job.WorkerId;
import io.mrq.redis.LuaScript.Input;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * The dispatch index on Redis 6.2 or later. Redis must run with {@code noeviction}. No command uses
 * keys of two cluster slots, and none searches for keys.
 *
 * <table>
 * <caption>What a call costs</caption>
 * <tr><th>call</th><th>commands</th><th>round trips</th></tr>
 * <tr><td>take, below, firstBelow</td><td>1</td><td>1</td></tr>
 * <tr><td>take and sizes of several queues</td><td>1 for each queue</td><td>1</td></tr>
 * <tr><td>offer</td><td>1 script for each 1,000 ids; in a cluster also 3 for each worker that is
 * woken</td><td>1 for each 1,000 ids; in a cluster 1 more when somebody is woken</td></tr>
 * <tr><td>missing, drop</td><td>1 for each 1,000 ids</td><td>the same</td></tr>
 * <tr><td>idle, busy</td><td>1 for each queue</td><td>1</td></tr>
 * <tr><td>await</td><td>1, on a connection of its own</td><td>1</td></tr>
 * </table>
 *
 * <p>Each round trip of a call ends within the command timeout, except that of {@link #await}.
 * While Redis is known to be away, every call ends at once. A call does not stop when its thread is
 * interrupted; the thread stays interrupted.
 */
public final class RedisDispatchIndex implements DispatchIndex, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(RedisDispatchIndex.class);

  /** Far below what Lua can unpack, and small enough not to block other clients of Redis. */
  private static final int MAX_IDS_PER_CALL = 1000;

  private static final int MAX_WAKE_UPS_PER_WORKER = 100;
  private static final Duration IDLE_NOTE_TTL = Duration.ofSeconds(10);

  /**
   * How long a ready set is kept after the last offer. Jobs that are still queued then are offered
   * again by the reconciler.
   */
  private static final Duration READY_SET_TTL = Duration.ofHours(1);

  private static final Duration WAKE_LIST_TTL = Duration.ofSeconds(10);

  private static final LuaScript<List<Object>> OFFER =
      LuaScript.named("offer", ScriptOutputType.MULTI);
  private static final LuaScript<Long> IDLE = LuaScript.named("idle", ScriptOutputType.INTEGER);
  private static final LuaScript<List<Object>> MISSING =
      LuaScript.named("missing", ScriptOutputType.MULTI);

  private final RedisKeys keys;
  private final int maxReady;
  private final DispatchClient client;
  private final RedisCalls calls;
  private final WakeConnections wakes;

  /**
   * Starts to connect in the background: Redis need not be there yet.
   *
   * @param application tells where Redis is: a single server, Sentinel or a Cluster. Its options
   *     and connections are not changed
   * @throws IllegalStateException if it names a fixed list of a master and its replicas
   */
  public RedisDispatchIndex(LettuceConnectionFactory application, RedisDispatchSettings settings) {
    this.keys = new RedisKeys(settings.prefix());
    this.maxReady = settings.maxReady();
    this.client = new DispatchClient(application, settings.connectTimeout());
    this.calls =
        new RedisCalls(
            new CommandConnection(client::open, settings.commandTimeout()),
            new CircuitBreaker(settings.failuresToOpen(), settings.openFor(), System::nanoTime),
            new RefusalLog(System::nanoTime),
            keys.wake("probe"));
    this.wakes = new WakeConnections(client::open, settings.commandTimeout());
  }

  /** Starts to connect in the background, with the default settings except for these two. */
  public RedisDispatchIndex(LettuceConnectionFactory application, String prefix, int maxReady) {
    this(application, RedisDispatchSettings.DEFAULT.withPrefix(prefix).withMaxReady(maxReady));
  }

  @Override
  public void offer(String queue, Collection<ReadyJob> jobs, int maxWakes) {
    List<ReadyJob> all = List.copyOf(jobs);
    int wakesLeft = maxWakes;
    int from = 0;
    do {
      int to = Math.min(all.size(), from + MAX_IDS_PER_CALL);
      boolean last = to == all.size();
      // No worker is woken for ids that are not there yet.
      int wakesNow = last ? wakesLeft : Math.min(wakesLeft, to - from);
      List<Object> answer = offerBatch(queue, all.subList(from, to), wakesNow);
      wakesLeft -= Math.toIntExact((Long) answer.getFirst());
      sendWakeUps(answer.subList(1, answer.size()));
      from = to;
    } while (from < all.size());
  }

  private List<Object> offerBatch(String queue, List<ReadyJob> batch, int maxWakes) {
    List<String> arguments = new ArrayList<>(8 + 2 * batch.size());
    arguments.add(Integer.toString(maxReady));
    arguments.add(Integer.toString(maxWakes));
    arguments.add(Long.toString(IDLE_NOTE_TTL.toMillis()));
    arguments.add(Long.toString(READY_SET_TTL.toMillis()));
    arguments.add(queue);
    arguments.add(keys.wakePrefix());
    arguments.add(Integer.toString(MAX_WAKE_UPS_PER_WORKER));
    arguments.add(Long.toString(WAKE_LIST_TTL.toMillis()));
    for (ReadyJob job : batch) {
      arguments.add(Long.toString(job.order()));
      arguments.add(job.id().hex());
    }
    Input input = new Input(List.of(keys.ready(queue), keys.idle(queue)), arguments);
    return calls.call(exchange -> OFFER.run(exchange, input));
  }

  /**
   * Sends the wake-ups that the script could not send, because the wake lists are in other slots.
   *
   * @param unsent worker, wake-up, worker, wake-up …
   */
  private void sendWakeUps(List<Object> unsent) {
    if (unsent.isEmpty()) {
      return;
    }
    try {
      calls.call(exchange -> exchange.replies(wakeUps(exchange, unsent)));
    } catch (DispatchUnavailableException e) {
      // The ids are ready, and a worker that misses its wake-up looks again after 5 s at most.
      log.debug("{} workers were not woken: {}", unsent.size() / 2, e.getMessage());
    }
  }

  private List<RedisFuture<?>> wakeUps(Exchange exchange, List<Object> unsent) {
    List<RedisFuture<?>> sent = new ArrayList<>();
    for (int i = 0; i < unsent.size(); i += 2) {
      String list = keys.wake((String) unsent.get(i));
      sent.add(exchange.redis().lpush(list, (String) unsent.get(i + 1)));
      sent.add(exchange.redis().ltrim(list, 0, MAX_WAKE_UPS_PER_WORKER - 1));
      sent.add(exchange.redis().pexpire(list, WAKE_LIST_TTL.toMillis()));
    }
    return sent;
  }

  @Override
  public List<JobId> take(String queue, int n) {
    if (n <= 0) {
      return List.of();
    }
    return ids(
        calls.call(exchange -> exchange.reply(exchange.redis().zpopmin(keys.ready(queue), n))));
  }

  @Override
  public Map<String, List<JobId>> take(Map<String, Integer> counts) {
    return ofEach(
        counts.keySet(),
        (redis, queue) -> redis.zpopmin(keys.ready(queue), counts.getOrDefault(queue, 0)),
        RedisDispatchIndex::ids);
  }

  @Override
  public Map<String, Long> sizes(Collection<String> queues) {
    return ofEach(queues, (redis, queue) -> redis.zcard(keys.ready(queue)), size -> size);
  }

  /** Sends one command for each queue, in one round trip; a queue that is refused is left out. */
  private <A, T> Map<String, T> ofEach(
      Collection<String> queues,
      BiFunction<RedisClusterAsyncCommands<String, String>, String, RedisFuture<A>> command,
      Function<A, T> read) {
    Map<String, T> answers = new LinkedHashMap<>();
    if (queues.isEmpty()) {
      return answers;
    }
    List<String> asked = List.copyOf(queues);
    List<Optional<A>> replies =
        calls.call(exchange ->
            exchange.acceptedReplies(
                asked.stream().map(queue -> command.apply(exchange.redis(), queue)).toList(),
                calls::refused));
    for (int i = 0; i < asked.size(); i++) {
      String queue = asked.get(i);
      replies.get(i).ifPresent(reply -> answers.put(queue, read.apply(reply)));
    }
    return answers;
  }

  /** The ids that were popped; another client's member that is none must not lose them. */
  private static List<JobId> ids(List<ScoredValue<String>> popped) {
    List<JobId> ids = new ArrayList<>(popped.size());
    for (ScoredValue<String> entry : popped) {
      try {
        ids.add(new JobId(entry.getValue()));
      } catch (IllegalArgumentException e) {
        log.warn("a ready set held what is no id of a job, and it was removed: {}", e.getMessage());
      }
    }
    return ids;
  }

  @Override
  public Missing missing(String queue, Collection<JobId> ids) {
    List<String> all = ids.stream().map(JobId::hex).toList();
    Set<JobId> absent = new HashSet<>();
    long size;
    int from = 0;
    do {
      int to = Math.min(all.size(), from + MAX_IDS_PER_CALL);
      Input input = new Input(List.of(keys.ready(queue)), all.subList(from, to));
      List<Object> answer = calls.call(exchange -> MISSING.run(exchange, input));
      size = (Long) answer.getFirst();
      answer.stream().skip(1).map(id -> new JobId((String) id)).forEach(absent::add);
      from = to;
    } while (from < all.size());
    return new Missing(absent, size);
  }

  @Override
  public long below(String queue, long order) {
    Range<Long> upTo = Range.from(Boundary.unbounded(), Boundary.including(order));
    return calls.call(exchange -> exchange.reply(exchange.redis().zcount(keys.ready(queue), upTo)));
  }

  @Override
  public List<JobId> firstBelow(String queue, long order, int n) {
    Range<Long> before = Range.from(Boundary.unbounded(), Boundary.excluding(order));
    List<String> ids =
        calls.call(exchange ->
            exchange.reply(
                exchange.redis().zrangebyscore(keys.ready(queue), before, Limit.create(0, n))));
    return ids.stream().map(JobId::new).toList();
  }

  @Override
  public void drop(String queue, Collection<JobId> ids) {
    List<String> all = ids.stream().map(JobId::hex).toList();
    for (int from = 0; from < all.size(); from += MAX_IDS_PER_CALL) {
      int to = Math.min(all.size(), from + MAX_IDS_PER_CALL);
      String[] batch = all.subList(from, to).toArray(String[]::new);
      calls.call(exchange -> exchange.reply(exchange.redis().zrem(keys.ready(queue), batch)));
    }
  }

  @Override
  public void idle(WorkerId worker, Collection<String> queues) {
    if (queues.isEmpty()) {
      return;
    }
    List<String> arguments = List.of(worker.hex(), Long.toString(IDLE_NOTE_TTL.toMillis()));
    List<Input> inputs =
        queues.stream().map(queue -> new Input(List.of(keys.idle(queue)), arguments)).toList();
    calls.call(exchange -> IDLE.runAll(exchange, inputs));
  }

  @Override
  public void busy(WorkerId worker, Collection<String> queues) {
    if (queues.isEmpty()) {
      return;
    }
    calls.call(exchange ->
        exchange.replies(
            queues.stream()
                .map(queue -> exchange.redis().zrem(keys.idle(queue), worker.hex()))
                .toList()));
  }

  /**
   * {@inheritDoc}
   *
   * <p>It waits for a minute at most. With a timeout below 10 ms it does not wait at all.
   */
  @Override
  public Optional<WakeUp> await(WorkerId worker, Duration timeout) throws InterruptedException {
    if (!calls.isAvailable()) {
      throw new DispatchUnavailableException("Redis is away", null);
    }
    try {
      return wakes.pop(keys.wake(worker.hex()), timeout).map(WakeUpText::parse);
    } catch (RedisException e) {
      throw calls.failed(e);
    }
  }

  /**
   * {@inheritDoc}
   *
   * <p>It does not wait for Redis. While Redis is away, asking starts a command in the background,
   * at most one a second, which finds out when Redis is back.
   */
  @Override
  public boolean isAvailable() {
    return calls.isAvailable();
  }

  /** Closes all connections. Waiting calls end with the answer that Redis is away. */
  @Override
  public void close() {
    client.close();
  }
}
