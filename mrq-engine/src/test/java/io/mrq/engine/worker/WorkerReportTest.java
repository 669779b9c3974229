package io.mrq.engine.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.engine.lease.WorkerLease;
import io.mrq.engine.run.RunningJob;
import io.mrq.engine.run.RunningJobs;
import io.mrq.engine.run.WorkerSlots;
import io.mrq.job.Claim;
import io.mrq.job.WorkerId;
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
  private final WorkerReport report =
      new WorkerReport(
          WorkerOptions.of("test", List.of("default"), 1),
          new WorkerSlots(1),
          runs,
          () -> 0,
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

  private RunningJob run() {
    RunningJob running =
        new RunningJob(
            JobBuilder.aJob().build(), Claim.by(WorkerId.next()), TaskSettings.DEFAULT, 0);
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
    clock.advance(WorkerReport.PERIOD);
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
