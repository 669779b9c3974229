package io.mrq.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.api.StatefulRedisConnection;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * What must survive: workers killed and frozen, Redis wiped and away. Real processes, real signals;
 * one API and one scheduler for all, a queue and workers of its own for each test.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RecoverySuite {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private Fleet fleet;
  private String queue;

  abstract Stores stores(Path data);

  @BeforeAll
  void start(@TempDir Path folder) {
    fleet = new Fleet(stores(folder.resolve("data")), folder);
  }

  @AfterAll
  void stop() {
    fleet.close();
  }

  @BeforeEach
  void nameTheQueue(TestInfo test) {
    queue = test.getTestMethod().orElseThrow().getName().replaceAll("_.*", "");
  }

  @AfterEach
  void stopWorkers() {
    fleet.stopWorkers();
  }

  private ServiceProcess worker(int slots, String... more) {
    List<String> options = new ArrayList<>(List.of("--mrq.worker.queues=" + queue));
    options.addAll(List.of(more));
    return fleet.worker(slots, options.toArray(String[]::new));
  }

  private int count(String statuses) {
    return fleet.api().count("queue=" + queue + "&status=" + statuses);
  }

  private Map<String, Object> call(String url) {
    return Map.of(
        "path", "mrq.tasks.Http", "queue", queue, "params", Map.of("url", url, "timeout", "5m"));
  }

  private List<Map<String, Object>> calls(TargetServer target, int count) {
    return IntStream.range(0, count).mapToObj(i -> call(target.url() + "/" + i)).toList();
  }

  // JOB-21, INT-04, SEED-02, SEED-12, SEED-41, BUG-04
  @Test
  void aKilledWorkersHundredJobsRunAgainWithoutUsingUpARetry() {
    CountDownLatch open = new CountDownLatch(1);
    Map<String, Integer> visits = new ConcurrentHashMap<>();
    try (TargetServer target =
        new TargetServer(exchange -> {
          int visit = visits.merge(exchange.getRequestURI().getPath(), 1, Integer::sum);
          if (visit == 1) {
            awaitOpen(open);
          }
          TargetServer.answer(exchange, 200, new byte[0]);
        })) {
      ServiceProcess doomed = worker(100, "--logging.level.io.mrq.engine=debug");
      fleet.awaitReady();
      List<String> ids = fleet.api().enqueueAll(calls(target, 100));
      await().atMost(PATIENCE).until(() -> visits.size() == 100);
      ServiceProcess heir = worker(100).awaitReady();
      String last = ids.getLast();
      await().atMost(PATIENCE).until(() -> !fleet.api().logs(last).isEmpty());
      List<String> logged = fleet.api().logs(last);
      assertThat(logged).anyMatch(line -> line.startsWith("job " + last + " starts"));

      doomed.kill();
      assertThat(fleet.api().logs(last)).isEqualTo(logged);
      long killed = System.nanoTime();

      await().atMost(PATIENCE).until(() -> visits.values().stream().allMatch(v -> v >= 2));
      System.out.printf(
          "FIGURE kill -9 of a worker holding 100 jobs: all run again after %.1f s%n",
          (System.nanoTime() - killed) / 1e9);
      await().atMost(PATIENCE).until(() -> count("success") == 100);
      for (String id : ids) {
        JsonNode job = fleet.api().job(id);
        assertThat(job.path("retry_count").asInt(0)).isZero();
        assertThat(job.get("crashes").asInt()).isEqualTo(1);
        assertThat(job.get("traceback_history").get(0).get("exceptiontype").asString())
            .isEqualTo("WorkerLost");
      }
      assertThat(heir.isAlive()).isTrue();
    } finally {
      open.countDown();
    }
  }

  // SEED-06
  @Test
  void aFrozenWorkersLateOutcomesAreRefusedAndEachJobIsCommittedOnce() {
    CountDownLatch open = new CountDownLatch(1);
    Map<String, Integer> visits = new ConcurrentHashMap<>();
    try (TargetServer target =
        new TargetServer(exchange -> {
          if (visits.merge(exchange.getRequestURI().getPath(), 1, Integer::sum) == 1) {
            awaitOpen(open);
          }
          TargetServer.answer(exchange, 200, new byte[0]);
        })) {
      ServiceProcess frozen = worker(20);
      fleet.awaitReady();
      List<String> ids = fleet.api().enqueueAll(calls(target, 20));
      await().atMost(PATIENCE).until(() -> visits.size() == 20);
      worker(20).awaitReady();

      frozen.freeze();
      await().atMost(PATIENCE).until(() -> count("success") == 20);
      List<String> before = ids.stream().map(id -> fleet.api().job(id).toString()).toList();
      open.countDown();
      frozen.thaw();

      await().atMost(PATIENCE).until(() -> frozen.api().metric("mrq_job_refused_total") >= 20);
      assertThat(ids.stream().map(id -> fleet.api().job(id).toString()).toList()).isEqualTo(before);
      assertThat(frozen.api().metric("mrq_job_refused_total")).isEqualTo(20);
      // It goes on under a new id.
      String next = fleet.api().enqueue(Map.of("path", "mrq.tasks.Echo", "queue", queue));
      await().atMost(PATIENCE).until(() -> status(next).equals("success"));
    } finally {
      open.countDown();
    }
  }

  // SEED-05
  @Test
  void redisWipedAgainAndAgainUnderLoadLosesNothing() throws Exception {
    worker(50);
    worker(50);
    fleet.awaitReady();
    AtomicInteger enqueued = new AtomicInteger();
    try (RedisClient client = client();
        StatefulRedisConnection<String, String> redis = client.connect()) {
      for (int round = 0; round < 20; round++) {
        fleet.api().enqueueAll(echoes(200));
        enqueued.addAndGet(200);
        redis.sync().flushall();
      }
    }
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofSeconds(1))
        .until(() -> count("success") == enqueued.get());
    assertThat(count("queued,started,retry,interrupt,failed")).isZero();
  }

  // SEED-05
  @Test
  void redisAwayForHalfAMinuteStopsNothing() {
    worker(50);
    fleet.awaitReady();
    fleet.api().enqueueAll(echoes(100));
    fleet.stores().stopRedis();
    long away = System.nanoTime();

    fleet.api().enqueueAll(echoes(100));
    await().atMost(PATIENCE).until(() -> count("success") == 200);
    assertThat(fleet.api().get("/actuator/health").statusCode()).isEqualTo(200);
    await()
        .atMost(PATIENCE)
        .until(() -> fleet.api().get("/actuator/health").body().contains("DEGRADED"));
    await().atMost(PATIENCE).until(() -> System.nanoTime() - away > 30_000_000_000L);

    fleet.stores().startRedis();
    fleet.api().enqueueAll(echoes(100));
    await().atMost(PATIENCE).until(() -> count("success") == 300);
    await()
        .atMost(PATIENCE)
        .until(() -> !fleet.api().get("/actuator/health").body().contains("DEGRADED"));
  }

  // JOB-20, SEED-05, BUG-43
  @Test
  void withoutMongoTheApiSaysSoAndRunningJobsGoOn() {
    CountDownLatch open = new CountDownLatch(1);
    AtomicInteger visits = new AtomicInteger();
    try (TargetServer target =
        new TargetServer(exchange -> {
          visits.incrementAndGet();
          awaitOpen(open);
          TargetServer.answer(exchange, 200, new byte[0]);
        })) {
      worker(5);
      fleet.awaitReady();
      List<String> ids = fleet.api().enqueueAll(calls(target, 5));
      await().atMost(PATIENCE).until(() -> visits.get() == 5);

      fleet.stores().stopMongo();
      open.countDown();
      HttpResponse<String> refused = fleet.api().post("/api/v1/jobs", echoes(1).getFirst());
      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(refused.headers().firstValue("Retry-After")).isPresent();
      assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/problem+json");
      assertThat(fleet.api().isReady()).isFalse();

      fleet.stores().startMongo();
      await().atMost(PATIENCE).ignoreExceptions().until(() -> count("success") == 5);
      for (String id : ids) {
        assertThat(fleet.api().job(id).get("attempt").asInt()).isEqualTo(1);
      }
      assertThat(visits).hasValue(5);
    } finally {
      open.countDown();
    }
  }

  // INT-02
  @Test
  void aSecondSignalEndsTheDrain() {
    CountDownLatch open = new CountDownLatch(1);
    AtomicInteger visits = new AtomicInteger();
    try (TargetServer target =
        new TargetServer(exchange -> {
          visits.incrementAndGet();
          awaitOpen(open);
          TargetServer.answer(exchange, 200, new byte[0]);
        })) {
      ServiceProcess stopped =
          worker(2, "--mrq.worker.drain=1h", "--spring.lifecycle.timeout-per-shutdown-phase=2h");
      fleet.awaitReady();
      String held = fleet.api().enqueueAll(calls(target, 1)).getFirst();
      await().atMost(PATIENCE).until(() -> visits.get() == 1);

      stopped.terminate();
      await().atMost(PATIENCE).until(() -> stopped.log().contains("draining"));
      stopped.terminate();
      assertThat(stopped.awaitEnd(Duration.ofMinutes(1))).isEqualTo(143);
      assertThat(status(held)).isEqualTo("queued");
    } finally {
      open.countDown();
    }
  }

  // INT-01, INT-03, INT-05, WRK-11, CLI-07, SEED-01
  @Test
  void aStoppedWorkerDrainsAndGivesTheRestBack() {
    CountDownLatch open = new CountDownLatch(1);
    Map<String, Integer> visits = new ConcurrentHashMap<>();
    try (TargetServer target =
        new TargetServer(exchange -> {
          boolean first = visits.merge(exchange.getRequestURI().getPath(), 1, Integer::sum) == 1;
          if (first && exchange.getRequestURI().getPath().equals("/0")) {
            awaitOpen(open);
          }
          TargetServer.answer(exchange, 200, new byte[0]);
        })) {
      ServiceProcess stopped = worker(2, "--mrq.worker.drain=2s");
      fleet.awaitReady();
      String held = fleet.api().enqueueAll(calls(target, 1)).getFirst();
      await().atMost(PATIENCE).until(() -> visits.containsKey("/0"));

      stopped.terminate();
      assertThat(stopped.awaitEnd(Duration.ofMinutes(1))).isEqualTo(143);
      assertThat(status(held)).isEqualTo("queued");
      assertThat(fleet.api().job(held).get("exceptiontype").asString()).isEqualTo("JobInterrupt");
      worker(2).awaitReady();
      await().atMost(PATIENCE).until(() -> status(held).equals("success"));
      assertThat(fleet.api().job(held).path("crashes").asInt(0)).isZero();
    } finally {
      open.countDown();
    }
  }

  private String status(String id) {
    return fleet.api().job(id).get("status").asString();
  }

  private List<Map<String, Object>> echoes(int count) {
    return IntStream.range(0, count)
        .<Map<String, Object>>mapToObj(
            i -> Map.of("path", "mrq.tasks.Echo", "queue", queue, "params", Map.of("i", i)))
        .toList();
  }

  private RedisClient client() throws RedisException {
    return RedisClient.create("redis://127.0.0.1:" + fleet.stores().redisPort());
  }

  private static void awaitOpen(CountDownLatch open) {
    try {
      open.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
