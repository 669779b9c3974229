package io.mrq.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.api.sync.RedisCommands;
import io.mrq.job.JobId;
import io.mrq.job.JobOrder;
import io.mrq.job.ReadyJob;
import io.mrq.job.WorkerId;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the index leaves in Redis and what it asks of it, call by call (protocol §3). */
class RedisFootprintTest {
  private static final String Q = "default";
  private static final String READY = "mrq:{default}:ready";
  private static final String IDLE = "mrq:{default}:idle";
  private static final List<String> FIVE = List.of("a", "b", "c", "d", "e");

  private static TestRedis server;
  private static RedisCommands<String, String> redis;
  private static RedisDispatchIndex index;

  @BeforeAll
  static void start() {
    server = new TestRedis();
    redis = server.redis();
    index = server.index(TestRedis.PATIENT);
  }

  @AfterAll
  static void stop() {
    index.close();
    server.close();
  }

  @BeforeEach
  void flush() {
    redis.flushall();
  }

  @Test
  void keysAreNamedAsInTheProtocol() {
    WorkerId worker = WorkerId.next();
    index.idle(worker, List.of(Q, "a{b}%"));
    index.offer(Q, List.of(TestRedis.ready(Q, 1)), 1);
    index.offer("a{b}%", List.of(TestRedis.ready("a{b}%", 1)), 0);

    assertThat(redis.keys("*"))
        .containsExactlyInAnyOrder(
            READY,
            "mrq:{a%7Bb%7D%25}:ready",
            "mrq:{a%7Bb%7D%25}:idle",
            "mrq:wake:{" + worker + "}");
  }

  @Test
  void thePrefixIsThatOfTheSettings() {
    try (RedisDispatchIndex other = server.index(TestRedis.PATIENT.withPrefix("team:a"))) {
      other.offer(Q, List.of(TestRedis.ready(Q, 1)), 0);
    }

    assertThat(redis.keys("*")).containsExactly("team:a:{default}:ready");
  }

  @Test
  void idsAreHexTextsAndScoresKeepEveryDigit() {
    Instant date = Instant.parse("2026-11-24T01:02:03.457Z");
    Map<JobId, Long> orders = new HashMap<>();
    for (int priority : new int[] {-1000, -1, 0, 1, 999, 1000}) {
      orders.put(JobId.next(), JobOrder.of(date, priority));
    }
    orders.put(JobId.next(), (1L << 53) - 1);
    orders.put(JobId.next(), 1 - (1L << 53));
    index.offer(
        Q,
        orders.entrySet().stream().map(e -> new ReadyJob(e.getKey(), Q, e.getValue())).toList(),
        0);

    orders.forEach((id, order) ->
        assertThat(redis.zscore(READY, id.hex()))
            .satisfies(score -> assertThat(score.longValue()).isEqualTo(order)));
    orders
        .values()
        .forEach(order -> assertThat(index.below(Q, order)).isEqualTo(rank(orders, order)));
  }

  private static long rank(Map<JobId, Long> orders, long order) {
    return orders.values().stream().filter(other -> other <= order).count();
  }

  @Test
  void aReadySetThatNobodyOffersToIsForgottenAfterAnHour() {
    index.offer(Q, List.of(TestRedis.ready(Q, 1)), 0);
    assertThat(redis.pttl(READY)).isBetween(3_500_000L, 3_600_000L);
    redis.pexpire(READY, 1_000);

    index.offer(Q, List.of(), 1);
    assertThat(redis.pttl(READY)).isLessThanOrEqualTo(1_000);
    index.offer(Q, List.of(TestRedis.ready(Q, 2)), 0);
    assertThat(redis.pttl(READY)).isBetween(3_500_000L, 3_600_000L);
  }

  @Test
  void aMemberThatIsNoIdLosesNoIds() {
    ReadyJob job = TestRedis.ready(Q, 1);
    index.offer(Q, List.of(job), 0);
    redis.zadd(READY, 0, "no id");

    assertThat(index.take(Q, 10)).containsExactly(job.id());
  }

  @Test
  void workersThatSaidSoTenSecondsAgoAreNotWoken() {
    WorkerId late = WorkerId.next();
    WorkerId inTime = WorkerId.next();
    index.idle(late, List.of(Q));
    index.idle(inTime, List.of(Q));
    redis.zadd(IDLE, redisMillis() - 10_000, late.hex());
    redis.zadd(IDLE, redisMillis() - 5_000, inTime.hex());

    index.offer(Q, List.of(), 5);

    assertThat(redis.keys("mrq:wake:*")).containsExactly("mrq:wake:{" + inTime + "}");
    assertThat(redis.exists(IDLE)).isZero();
  }

  @Test
  void oldNotesAreForgottenWhenAnotherWorkerIsIdleAndTheSetExpires() {
    redis.zadd(IDLE, redisMillis() - 10_000, WorkerId.next().hex());
    WorkerId worker = WorkerId.next();

    index.idle(worker, List.of(Q));

    assertThat(redis.zrange(IDLE, 0, -1)).containsExactly(worker.hex());
    assertThat(redis.zscore(IDLE, worker.hex()).longValue())
        .isBetween(redisMillis() - 60_000, redisMillis());
    assertThat(redis.pttl(IDLE)).isBetween(1L, 10_000L);
  }

  @Test
  void theWorkerThatWaitsLongestIsWokenFirst() {
    WorkerId second = WorkerId.next();
    WorkerId first = WorkerId.next();
    index.idle(second, List.of(Q));
    index.idle(first, List.of(Q));
    redis.zadd(IDLE, redisMillis() - 9_000, first.hex());

    index.offer(Q, List.of(TestRedis.ready(Q, 1)), 1);

    assertThat(redis.keys("mrq:wake:*")).containsExactly("mrq:wake:{" + first + "}");
  }

  // WRK-20
  @Test
  void wakeUpsOfAWorkerThatNeverReadsThemAreBoundedAndExpire() {
    WorkerId worker = WorkerId.next();
    for (int i = 0; i < 105; i++) {
      index.idle(worker, List.of(Q));
      index.offer(Q, List.of(), 1);
    }

    String list = "mrq:wake:{" + worker + "}";
    assertThat(redis.llen(list)).isEqualTo(100);
    assertThat(redis.pttl(list)).isBetween(1L, 10_000L);
  }

  @Test
  void aLargeOfferWakesEachWorkerOnceAndNoMoreThanAsked() {
    for (int i = 0; i < 10; i++) {
      index.idle(WorkerId.next(), List.of(Q));
    }

    index.offer(Q, TestRedis.ready(2_500, Q), 7);

    assertThat(redis.keys("mrq:wake:*"))
        .hasSize(7)
        .allSatisfy(list -> assertThat(redis.llen(list)).isOne());
    assertThat(redis.zcard(IDLE)).isEqualTo(3);
    assertThat(redis.zcard(READY)).isEqualTo(2_500);
  }

  @Test
  void aTakeIsOneCommand() {
    index.offer(Q, TestRedis.ready(100, Q), 0);

    assertThat(commandsOf(() -> index.take(Q, 100))).isEqualTo(Map.of("zpopmin", 1L));
    assertThat(commandsOf(() -> index.take(Q, 0))).isEmpty();
  }

  @Test
  void anOfferOfAThousandIsOneScriptAndThreeCommandsAWorkerThatIsWoken() {
    index.offer(Q, List.of(), 0);
    index.idle(WorkerId.next(), List.of(Q));
    index.idle(WorkerId.next(), List.of(Q));

    Map<String, Long> used = commandsOf(() -> index.offer(Q, TestRedis.ready(1_000, Q), 1_000));

    assertThat(used)
        .containsEntry("evalsha", 1L)
        .containsEntry("zadd", 1L)
        .containsEntry("lpush", 2L)
        .containsEntry("ltrim", 2L)
        // One for each wake list, and one in the script for the ready set.
        .containsEntry("pexpire", 3L)
        .doesNotContainKeys("eval", "script", "zcard");
    assertThat(commandsOf(() -> index.offer(Q, TestRedis.ready(2_001, Q), 0)))
        .containsEntry("evalsha", 3L)
        .doesNotContainKeys("lpush", "zpopmin");
  }

  @Test
  void anOfferOfOneJobWakesAWorkerInTheSameScript() {
    index.offer(Q, List.of(), 0);
    index.idle(WorkerId.next(), List.of(Q));

    assertThat(commandsOf(() -> index.offer(Q, TestRedis.ready(1, Q), 1)))
        .containsEntry("evalsha", 1L)
        .containsEntry("lpush", 1L)
        .doesNotContainKeys("eval", "script");
  }

  @Test
  void lookingAndDroppingAreOneCommandForAThousandIds() {
    index.missing(Q, List.of());
    List<JobId> ids = TestRedis.ready(1_000, Q).stream().map(ReadyJob::id).toList();

    assertThat(commandsOf(() -> index.missing(Q, ids)))
        .isEqualTo(Map.of("evalsha", 1L, "zcard", 1L, "zmscore", 1L));
    assertThat(commandsOf(() -> index.below(Q, 1))).isEqualTo(Map.of("zcount", 1L));
    assertThat(commandsOf(() -> index.drop(Q, ids))).isEqualTo(Map.of("zrem", 1L));
  }

  @Test
  void scriptsThatRedisForgotAreSentAgainOnce() {
    index.idle(WorkerId.next(), FIVE);
    redis.scriptFlush();

    assertThat(commandsOf(() -> index.idle(WorkerId.next(), FIVE))).containsEntry("eval", 5L);
    assertThat(commandsOf(() -> index.idle(WorkerId.next(), FIVE)))
        .containsEntry("evalsha", 5L)
        .doesNotContainKey("eval");
  }

  @Test
  void manyQueuesAndManyWakeUpsAreOneRoundTrip() throws IOException {
    WorkerId worker = WorkerId.next();
    index.idle(worker, FIVE);
    redis.flushall();
    try (HoldingRelay relay = new HoldingRelay(server.server().port());
        RedisDispatchIndex through =
            new RedisDispatchIndex(TestRedis.application(relay.port()), TestRedis.PATIENT)) {
      through.take(Q, 1);

      relay.hold("$7\r\nEVALSHA", 5);
      through.idle(worker, FIVE);
      assertThat(redis.keys("*:idle")).hasSize(5);

      relay.hold("$4\r\nZREM", 5);
      through.busy(worker, FIVE);
      assertThat(redis.keys("*")).isEmpty();

      index.idle(worker, List.of(Q));
      index.idle(WorkerId.next(), List.of(Q));
      relay.hold("$7\r\nEVALSHA", 1);
      through.offer(Q, List.of(), 2);
      assertThat(redis.keys("mrq:wake:*")).hasSize(2);
    }
  }

  private static long redisMillis() {
    List<String> time = redis.time();
    return Long.parseLong(time.get(0)) * 1000 + Long.parseLong(time.get(1)) / 1000;
  }

  /** What Redis was asked to do by {@code call}, commands inside scripts included. */
  private static Map<String, Long> commandsOf(Runnable call) {
    Map<String, Long> before = TestRedis.commands(redis);
    call.run();
    Map<String, Long> used = TestRedis.commands(redis);
    before.forEach((name, count) -> used.merge(name, -count, Long::sum));
    used.remove("info");
    used.values().removeIf(count -> count == 0);
    return used;
  }
}
