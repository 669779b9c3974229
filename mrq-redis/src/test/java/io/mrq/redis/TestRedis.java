package io.mrq.redis;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import io.mrq.embedded.EmbeddedRedis;
import io.mrq.embedded.EmbeddedRedisOptions;
import io.mrq.job.JobId;
import io.mrq.job.ReadyJob;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * A real Redis with a look behind the scenes: the one that the embedded stores bring along, or the
 * program that the system property {@value #PROGRAM} names.
 */
final class TestRedis implements AutoCloseable {
  /**
   * Slow machines must not fail tests that are not about time: a first TLS handshake takes long.
   */
  static final RedisDispatchSettings PATIENT = patient(RedisDispatchSettings.DEFAULT);

  /** Names another program, such as {@code /usr/bin/valkey-server}. */
  static final String PROGRAM = "mrq.test.redis.program";

  private final EmbeddedRedis server;
  private final RedisClient client;

  TestRedis() {
    this(EmbeddedRedis.start(options()));
  }

  private static RedisDispatchSettings patient(RedisDispatchSettings usual) {
    return new RedisDispatchSettings(
        usual.prefix(),
        usual.maxReady(),
        Duration.ofSeconds(20),
        Duration.ofSeconds(20),
        usual.failuresToOpen(),
        usual.openFor());
  }

  /** How all of these tests start their Redis. */
  static EmbeddedRedisOptions options() {
    return EmbeddedRedisOptions.inMemory().withProgram(System.getProperty(PROGRAM));
  }

  TestRedis(EmbeddedRedis server) {
    this.server = server;
    this.client = RedisClient.create("redis://127.0.0.1:" + server.port());
  }

  EmbeddedRedis server() {
    return server;
  }

  /** What the application would have: where Redis is, and nothing else. */
  static LettuceConnectionFactory application(int port) {
    return new LettuceConnectionFactory("127.0.0.1", port);
  }

  RedisDispatchIndex index(RedisDispatchSettings settings) {
    return new RedisDispatchIndex(application(server.port()), settings);
  }

  /** A client beside the index; reconnects by itself. */
  RedisCommands<String, String> redis() {
    return client.connect().sync();
  }

  /** How often each command was run so far, those inside scripts included. */
  static Map<String, Long> commands(RedisCommands<String, String> redis) {
    Map<String, Long> counts = new HashMap<>();
    redis
        .info("commandstats")
        .lines()
        .filter(line -> line.startsWith("cmdstat_"))
        .forEach(line -> {
          String name = line.substring("cmdstat_".length(), line.indexOf(':'));
          String calls = line.substring(line.indexOf("calls=") + 6, line.indexOf(','));
          counts.put(name, Long.valueOf(calls));
        });
    return counts;
  }

  static ReadyJob ready(String queue, long order) {
    return new ReadyJob(JobId.next(), queue, order);
  }

  static List<ReadyJob> ready(int count, String queue) {
    return IntStream.range(0, count).mapToObj(order -> ready(queue, order)).toList();
  }

  @Override
  public void close() {
    client.shutdown();
    server.close();
  }
}
