package io.mrq.engine.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.engine.heartbeat.WorkerLease;
import io.mrq.engine.home.DocumentHome;
import io.mrq.engine.run.RunningJob;
import io.mrq.engine.run.RunningJobs;
import io.mrq.engine.run.WorkerSlots;
import io.mrq.job.Claim;
import io.mrq.job.WorkerId;
import io.mrq.queue.ServedQueues;
import io.mrq.task.TaskSettings;
import io.mrq.test.MutableClock;
import io.mrq.test.builder.JobBuilder;
import io.mrq.test.memory.InMemoryStore;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The worker's document says what Python's dashboard expects to read there. */
class WorkerReportTest {
  private final RunningJobs runs = new RunningJobs();
  private final MutableClock clock = MutableClock.create();
  private final WorkerSlots slots = new WorkerSlots(2);
  private final WorkerReport report =
      new WorkerReport(
          WorkerOptions.of("test", ServedQueues.of(List.of("default", "mails")), 2),
          slots,
          runs,
          () -> 7,
          clock);

  private static Map<?, ?> map(@Nullable Object value) {
    assertThat(value).isInstanceOf(Map.class);
    return (Map<?, ?>) value;
  }

  private static long number(@Nullable Object value) {
    assertThat(value).isInstanceOf(Number.class);
    return ((Number) value).longValue();
  }

  @Test
  void memoryIsThatOfTheProcessAndNotTheHeaps() {
    Map<?, ?> memory = map(map(report.whole().get("process")).get("mem"));
    long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();

    assertThat(number(memory.get("rss"))).isPositive().isNotEqualTo(heap);
    assertThat(number(memory.get("total")))
        .isEqualTo(number(memory.get("rss")) + number(memory.get("swap")));
  }

  @Test
  void theAddressIsOneOfThisMachine() {
    assertThat(String.valueOf(map(report.whole().get("config")).get("local_ip")))
        .matches("\\d+\\.\\d+\\.\\d+\\.\\d+");
  }

  // WRK-02, WRK-13, MIX-05, BUG-14
  @Test
  void theSettingsAreTold() {
    assertThat(report.whole()).containsEntry("name", "test");
    Map<?, ?> config = map(report.whole().get("config"));
    assertThat(config.keySet()).hasToString("[name, queues, greenlets, local_ip, processes]");
    assertThat(config.get("queues")).isEqualTo(List.of("default", "mails"));
    assertThat(config.get("greenlets")).isEqualTo(2);
  }

  // WRK-01, WRK-15
  @Test
  void theStatusTellsHowManySlotsAreFree() {
    assertThat(report.changing())
        .contains(
            Map.entry("status", "wait"), Map.entry("usage_avg", 0.0), Map.entry("done_jobs", 7L));

    slots.reserve(1);
    assertThat(report.changing())
        .contains(Map.entry("status", "started"), Map.entry("usage_avg", 0.5));

    slots.reserve(1);
    assertThat(report.changing())
        .contains(Map.entry("status", "full"), Map.entry("usage_avg", 1.0));

    report.phase("stop");
    assertThat(report.changing()).containsEntry("status", "stop");
  }

  private RunningJob run() {
    RunningJob running =
        new RunningJob(
            JobBuilder.aJob().build(),
            Claim.by(WorkerId.next()),
            new DocumentHome(new InMemoryStore(clock).jobs()),
            TaskSettings.DEFAULT,
            0);
    runs.add(running);
    return running;
  }

  @Test
  void theStacksOfManyJobsAreToldTwiceAMinute() {
    InMemoryStore store = new InMemoryStore(clock);
    WorkerLease lease = new WorkerLease(() -> 0);
    store.workers().register(lease.id(), report.whole());
    for (int i = 0; i < 21; i++) {
      run();
    }

    report.step(store.workers(), lease);
    assertThat(told(store)).hasSize(21);

    runs.remove(runs.all().iterator().next());
    run();
    run();
    clock.advance(WorkerPeriod.REPORT.usual());
    report.step(store.workers(), lease);
    assertThat(told(store)).hasSize(21);

    clock.advance(Duration.ofSeconds(25));
    report.step(store.workers(), lease);
    assertThat(told(store)).hasSize(22);
  }

  @Test
  void fewJobsAreToldWithEveryReport() {
    InMemoryStore store = new InMemoryStore(clock);
    WorkerLease lease = new WorkerLease(() -> 0);
    store.workers().register(lease.id(), report.whole());
    report.step(store.workers(), lease);

    run();
    report.step(store.workers(), lease);

    assertThat(told(store)).hasSize(1);
  }

  private static List<?> told(InMemoryStore store) {
    Object jobs = store.workers().documents(1).getFirst().get("jobs");
    assertThat(jobs).isInstanceOf(List.class);
    return (List<?>) Objects.requireNonNull(jobs);
  }

  // WRK-14
  @Test
  void aRunningJobIsToldWithItsStack() {
    RunningJob running = run();
    running.runsOn(Thread.currentThread());

    Map<?, ?> job =
        map(((List<?>) Objects.requireNonNull(report.changing().get("jobs"))).getFirst());

    assertThat(job.keySet()).hasToString("[id, path, datestarted, stack]");
    assertThat(job.get("id")).isEqualTo(running.job().id().hex());
    assertThat(job.get("path")).isEqualTo(running.job().path());
    assertThat(String.valueOf(job.get("stack"))).contains("WorkerReportTest");
  }

  // MIX-05
  @Test
  void eachLineOfAStackEndsWithItsLineBreak() {
    run().runsOn(Thread.currentThread());

    assertThat(report.changing().get("jobs")).isInstanceOf(List.class);
    Object job = ((List<?>) report.changing().get("jobs")).getFirst();
    assertThat((List<?>) map(job).get("stack"))
        .isNotEmpty()
        .allMatch(line -> line instanceof String text && text.endsWith("\n"));
  }
}
