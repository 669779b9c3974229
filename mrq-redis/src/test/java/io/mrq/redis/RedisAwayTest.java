package io.mrq.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.lettuce.core.api.sync.RedisCommands;
import io.mrq.dispatch.DispatchUnavailableException;
import io.mrq.embedded.EmbeddedRedis;
import io.mrq.job.ReadyJob;
import io.mrq.job.WorkerId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** Redis away, and back: protocol §3; architecture §5, invariant 1. */
@Timeout(120)
class RedisAwayTest {
  private static final String Q = "default";
  private static final Duration SOON = Duration.ofSeconds(60);

  private static TestRedis server;

  private RedisDispatchIndex index;

  @BeforeAll
  static void start() {
    server = new TestRedis();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void open() {
    server.redis().flushall();
    index = server.index(RedisDispatchSettings.DEFAULT);
    awaitAnswers();
  }

  @AfterEach
  void close() {
    index.close();
    server.server().resume();
    server.server().restart();
  }

  @Test
  void flushedWhileInUseItGoesOn() {
    WorkerId worker = WorkerId.next();
    index.idle(worker, List.of(Q));
    index.offer(Q, TestRedis.ready(5, Q), 0);
    RedisCommands<String, String> redis = server.redis();

    redis.flushall();
    redis.scriptFlush();

    assertThat(index.take(Q, 5)).isEmpty();
    ReadyJob job = TestRedis.ready(Q, 1);
    index.offer(Q, List.of(job), 1);
    assertThat(index.missing(Q, List.of(job.id())).absent()).isEmpty();
    assertThat(index.take(Q, 5)).containsExactly(job.id());
  }

  @Test
  void everyCallFailsWhileRedisIsStoppedAndWorksAfterItsRestart() {
    WorkerId worker = WorkerId.next();
    ReadyJob job = TestRedis.ready(Q, 1);
    server.server().stop();

    List<Runnable> calls =
        List.of(
            () -> index.offer(Q, List.of(job), 1),
            () -> index.take(Q, 1),
            () -> index.missing(Q, List.of(job.id())),
            () -> index.below(Q, 1),
            () -> index.drop(Q, List.of(job.id())),
            () -> index.idle(worker, List.of(Q)),
            () -> index.busy(worker, List.of(Q)));
    for (Runnable call : calls) {
      assertThatThrownBy(call::run).isInstanceOf(DispatchUnavailableException.class);
    }
    assertThatThrownBy(() -> index.await(worker, SOON))
        .isInstanceOf(DispatchUnavailableException.class);
    assertThat(index.isAvailable()).isFalse();

    server.server().restart();

    await().atMost(SOON).until(index::isAvailable);
    calls.forEach(Runnable::run);
  }

  @Test
  void killedAndStartedAgainOnTheSamePortItIsFoundByItself() {
    RedisCommands<String, String> redis = server.redis();

    killAndAwaitRestart(redis);

    awaitAnswers();
    ReadyJob job = TestRedis.ready(Q, 1);
    index.offer(Q, List.of(job), 1);
    assertThat(index.take(Q, 1)).containsExactly(job.id());
  }

  private static void killAndAwaitRestart(RedisCommands<String, String> redis) {
    String runId = runId(redis);
    ProcessHandle.of(Long.parseLong(serverInfo(redis, "process_id:")))
        .orElseThrow()
        .destroyForcibly();
    await().atMost(SOON).ignoreExceptions().until(() -> !runId(redis).equals(runId));
  }

  private static String runId(RedisCommands<String, String> redis) {
    return serverInfo(redis, "run_id:");
  }

  private static String serverInfo(RedisCommands<String, String> redis, String field) {
    return redis
        .info("server")
        .lines()
        .filter(line -> line.startsWith(field))
        .findFirst()
        .orElseThrow()
        .substring(field.length());
  }

  @Test
  void aFrozenRedisOpensTheCircuitAndThenNobodyWaits() {
    server.server().suspend();

    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> index.take(Q, 1))
          .isInstanceOf(DispatchUnavailableException.class)
          .hasMessageContaining("no answer in time");
    }
    assertThatThrownBy(() -> index.take(Q, 1))
        .isInstanceOf(DispatchUnavailableException.class)
        .hasMessage("Redis is away");
    assertThat(index.isAvailable()).isFalse();

    server.server().resume();

    await().atMost(SOON).until(index::isAvailable);
    ReadyJob job = TestRedis.ready(Q, 1);
    index.offer(Q, List.of(job), 1);
    assertThat(index.take(Q, 1)).containsExactly(job.id());
  }

  @Test
  void whoWaitsForAWakeUpIsToldAtOnceThatRedisWentAway() {
    FutureTask<Object> waiting = waiting(server.redis());

    server.server().stop();

    assertThatThrownBy(waiting::get).hasCauseInstanceOf(DispatchUnavailableException.class);
  }

  @Test
  void whoWaitsForAWakeUpIsToldAtOnceThatRedisWasKilled() {
    RedisCommands<String, String> redis = server.redis();
    FutureTask<Object> waiting = waiting(redis);

    killAndAwaitRestart(redis);

    assertThatThrownBy(waiting::get)
        .hasCauseInstanceOf(DispatchUnavailableException.class)
        .hasMessageNotContaining("no answer in time");
  }

  private FutureTask<Object> waiting(RedisCommands<String, String> redis) {
    FutureTask<Object> waiting = new FutureTask<>(() -> index.await(WorkerId.next(), SOON));
    Thread.startVirtualThread(waiting);
    await().atMost(SOON).until(() -> redis.clientList().contains("cmd=blpop"));
    return waiting;
  }

  @Test
  void aRedisThatWasNeverThereDelaysNothingAndIsFoundWhenItComes() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    try (RedisDispatchIndex early =
        new RedisDispatchIndex(TestRedis.application(port), RedisDispatchSettings.DEFAULT)) {
      assertThatThrownBy(() -> early.take(Q, 1)).isInstanceOf(DispatchUnavailableException.class);
      await().atMost(SOON).until(() -> !early.isAvailable());

      try (EmbeddedRedis _ = EmbeddedRedis.start(TestRedis.options().withPort(port))) {
        await().atMost(SOON).until(early::isAvailable);
        assertThat(early.take(Q, 1)).isEmpty();
      }
    }
  }

  @Test
  void goingAwayAndComingBackAreOneLineEach() {
    Logger logger = (Logger) LoggerFactory.getLogger(CircuitBreaker.class);
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    lines.start();
    Level before = logger.getLevel();
    logger.setLevel(Level.INFO);
    logger.setAdditive(false);
    logger.addAppender(lines);
    try {
      server.server().stop();
      for (int i = 0; i < 100; i++) {
        assertThatThrownBy(() -> index.take(Q, 1)).isInstanceOf(DispatchUnavailableException.class);
      }
      server.server().restart();
      await().atMost(SOON).until(index::isAvailable);
    } finally {
      logger.detachAppender(lines);
      logger.setLevel(before);
      logger.setAdditive(true);
    }

    assertThat(lines.list)
        .extracting(ILoggingEvent::getLevel)
        .containsExactly(Level.WARN, Level.INFO);
    assertThat(lines.list.get(0).getFormattedMessage())
        .startsWith("Redis is away; jobs are still accepted");
    assertThat(lines.list.get(1).getFormattedMessage()).startsWith("Redis answers again, after ");
  }

  @Test
  void anErrorOfRedisIsADispatchUnavailableException() {
    server.redis().set("mrq:{default}:ready", "not a sorted set");

    assertThatThrownBy(() -> index.take(Q, 1))
        .isInstanceOf(DispatchUnavailableException.class)
        .hasMessageContaining("WRONGTYPE");
  }

  @Test
  void afterItWasClosedCallsAreRefused() {
    index.close();

    assertThatThrownBy(() -> index.take(Q, 1)).isInstanceOf(DispatchUnavailableException.class);
    assertThatThrownBy(() -> index.await(WorkerId.next(), SOON))
        .isInstanceOf(DispatchUnavailableException.class);
  }

  private void awaitAnswers() {
    await().atMost(SOON).ignoreExceptions().until(() -> index.below(Q, 0) == 0);
  }
}
