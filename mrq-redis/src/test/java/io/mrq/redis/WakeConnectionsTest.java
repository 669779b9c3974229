package io.mrq.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.api.sync.RedisCommands;
import io.mrq.dispatch.WakeUp;
import io.mrq.job.ReadyJob;
import io.mrq.job.WorkerId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Waiting for wake-ups on connections of their own (protocol §8). */
@Timeout(120)
class WakeConnectionsTest {
  private static final String Q = "default";
  private static final Duration LONG = Duration.ofSeconds(50);

  private static TestRedis server;
  private static RedisCommands<String, String> redis;

  private RedisDispatchIndex index;

  @BeforeAll
  static void start() {
    server = new TestRedis();
    redis = server.redis();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void open() {
    redis.flushall();
    index = server.index(TestRedis.PATIENT);
  }

  @AfterEach
  void close() {
    index.close();
  }

  // WRK-24
  @Test
  void anInterruptEndsTheWaitAtOnceAndLeavesNoConnectionBehind() throws Exception {
    WorkerId worker = WorkerId.next();
    for (int i = 0; i < 5; i++) {
      FutureTask<Optional<WakeUp>> waiting = new FutureTask<>(() -> index.await(worker, LONG));
      Thread thread = Thread.startVirtualThread(waiting);
      awaitBlocked(1);

      thread.interrupt();

      assertThatThrownBy(() -> waiting.get(30, TimeUnit.SECONDS))
          .hasCauseInstanceOf(InterruptedException.class);
      awaitBlocked(0);
    }
    index.idle(worker, List.of(Q));
    index.offer(Q, List.of(TestRedis.ready(Q, 1)), 1);
    assertThat(index.await(worker, LONG)).map(WakeUp::queue).contains(Q);
    await().until(() -> connectionsOf(redis.clientList()) == 2);
  }

  // WRK-19
  @Test
  void severalWorkersOfAProcessWaitAtTheSameTime() throws Exception {
    List<WorkerId> workers = List.of(WorkerId.next(), WorkerId.next(), WorkerId.next());
    List<FutureTask<Optional<WakeUp>>> waits = new ArrayList<>();
    for (WorkerId worker : workers) {
      index.idle(worker, List.of(Q));
      FutureTask<Optional<WakeUp>> waiting = new FutureTask<>(() -> index.await(worker, LONG));
      Thread.startVirtualThread(waiting);
      waits.add(waiting);
    }
    awaitBlocked(3);

    index.offer(Q, TestRedis.ready(3, Q), 3);

    for (FutureTask<Optional<WakeUp>> waiting : waits) {
      assertThat(waiting.get(30, TimeUnit.SECONDS)).map(WakeUp::queue).contains(Q);
    }
  }

  @Test
  void aWaitMayTakeLongerThanACommandAndItsEndIsNoFailure() throws InterruptedException {
    RedisDispatchSettings given = RedisDispatchSettings.DEFAULT;
    RedisDispatchSettings touchy =
        new RedisDispatchSettings(
            given.prefix(),
            given.maxReady(),
            Duration.ofSeconds(1),
            given.connectTimeout(),
            1,
            Duration.ofHours(1));
    try (RedisDispatchIndex other = server.index(touchy)) {
      assertThat(other.await(WorkerId.next(), Duration.ofMillis(1500))).isEmpty();

      assertThat(other.isAvailable()).isTrue();
      assertThat(other.take(Q, 1)).isEmpty();
    }
  }

  // BUG-56
  @Test
  void waitsOfNoLengthOnlyLook() throws InterruptedException {
    WorkerId worker = WorkerId.next();
    index.idle(worker, List.of(Q));
    index.offer(Q, List.of(), 1);

    assertThat(index.await(worker, Duration.ZERO)).map(WakeUp::queue).contains(Q);
    assertThat(index.await(worker, Duration.ZERO)).isEmpty();
    assertThat(index.await(worker, Duration.ofMillis(1))).isEmpty();
    assertThat(index.await(worker, Duration.ofMillis(10))).isEmpty();
    assertThat(index.await(worker, Duration.ofSeconds(-1))).isEmpty();
  }

  @Test
  void anInterruptedThreadStillHearsWhatItTook() {
    ReadyJob job = TestRedis.ready(Q, 1);
    Thread.currentThread().interrupt();

    index.offer(Q, List.of(job), 0);
    var taken = index.take(Q, 1);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(taken).containsExactly(job.id());
  }

  // WRK-24
  @Test
  void closingTheIndexEndsEveryWait() {
    FutureTask<Optional<WakeUp>> waiting =
        new FutureTask<>(() -> index.await(WorkerId.next(), LONG));
    Thread.startVirtualThread(waiting);
    awaitBlocked(1);

    index.close();

    assertThatThrownBy(() -> waiting.get(30, TimeUnit.SECONDS))
        .hasMessageContaining("Redis does not answer");
  }

  private static void awaitBlocked(int waiting) {
    await()
        .atMost(LONG)
        .until(() -> redis.info("clients").contains("blocked_clients:" + waiting + "\r\n"));
  }

  /** Those of the index, by their number: all but the one that asks. */
  private static long connectionsOf(String clientList) {
    return clientList.lines().filter(line -> !line.contains("cmd=client")).count();
  }
}
