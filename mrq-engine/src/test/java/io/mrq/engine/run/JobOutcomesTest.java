package io.mrq.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.engine.worker.StopTimes;
import io.mrq.engine.worker.Worker;
import io.mrq.engine.worker.WorkerBench;
import io.mrq.engine.worker.WorkerOptions;
import io.mrq.engine.worker.WorkerPeriod;
import io.mrq.engine.worker.WorkerPeriods;
import io.mrq.job.AttemptRecord;
import io.mrq.job.Job;
import io.mrq.job.JobId;
import io.mrq.job.JobStatus;
import io.mrq.queue.ServedQueues;
import io.mrq.task.BackOff;
import io.mrq.task.JobContext;
import io.mrq.task.RetryRequest;
import io.mrq.task.TaskSettings;
import io.mrq.task.TaskThreads;
import io.mrq.test.builder.JobBuilder;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How one attempt may end, and what is stored then. */
// JOB-09
class JobOutcomesTest {
  private final WorkerBench bench = new WorkerBench();

  @AfterEach
  void close() {
    bench.close();
  }

  private static JobContext context() {
    return JobContext.current().orElseThrow();
  }

  private static TaskSettings settings(
      Duration timeout, int retries, @Nullable Class<? extends Throwable> on) {
    TaskSettings.Builder settings =
        TaskSettings.builder()
            .timeout(timeout)
            .maxRetries(retries)
            .backOff(new BackOff(Duration.ofMillis(20), 1, Duration.ofSeconds(1)));
    return on == null ? settings.build() : settings.retryOn(on).build();
  }

  private static Instant updated(Job job) {
    return Objects.requireNonNull(job.dateupdated());
  }

  // JOB-05, JOB-06, RES-01
  @Test
  void aReturnIsASuccessWithItsResult() {
    bench.task("t", params -> Map.of("got", params)).start();
    JobId id = bench.enqueue("t", r -> r.param("a", 1));
    Job job = bench.awaitStatus(id, JobStatus.SUCCESS);
    assertThat(job.result()).isEqualTo(Map.of("got", Map.of("a", 1)));
    assertThat(job.attempt()).isEqualTo(1);
    assertThat(job.worker()).isNotNull();
    assertThat(job.totaltime()).isNotNull();
    assertThat(job.dateexpires()).isEqualTo(updated(job).plus(Duration.ofDays(7)));
  }

  // JOB-07
  @Test
  void anExceptionFailsTheJobWithItsTrace() {
    bench
        .task(
            "t",
            _ -> {
              throw new IllegalStateException("no luck");
            })
        .start();
    Job job = bench.awaitStatus(bench.enqueue("t"), JobStatus.FAILED);
    assertThat(job.exceptiontype()).isEqualTo("IllegalStateException");
    assertThat(job.traceback()).contains("no luck", "JobOutcomesTest");
    assertThat(job.fingerprint()).startsWith("io.mrq.engine.run.JobOutcomesTest.").contains(":");
    assertThat(job.tracebackHistory()).hasSize(1);
  }

  @Test
  void anErrorFailsTheJobAndSparesTheWorker() {
    bench
        .task(
            "deep",
            _ -> {
              throw new StackOverflowError();
            })
        .task("t", _ -> 1)
        .start();
    bench.awaitStatus(bench.enqueue("deep"), JobStatus.FAILED);
    bench.awaitStatus(bench.enqueue("t"), JobStatus.SUCCESS);
  }

  // CTX-09
  @Test
  void whereItIsAskedForAnUnknownTaskFailsTheJobWithASentence() {
    bench
        .task("known", _ -> 1)
        .start(
            WorkerOptions.of("test", ServedQueues.of(List.of("default")), 10)
                .failingUnknownTasks());
    Job job = bench.awaitStatus(bench.enqueue("unknown"), JobStatus.FAILED);
    assertThat(job.exceptiontype()).isEqualTo("UnknownTask");
    assertThat(job.traceback()).contains("knows no task 'unknown'", "[known]");
  }

  @Test
  void paramsThatAreNoDocumentFailTheJobWithASentence() {
    JobId odd = bench.enqueue("t");
    bench.memory.insertAsIs(
        JobBuilder.like(bench.job(odd)).others(Map.of("params", List.of(1, 2))).build());

    bench.task("t", _ -> 1).start();

    Job job = bench.awaitStatus(odd, JobStatus.FAILED);
    assertThat(job.exceptiontype()).isEqualTo("InvalidParams");
    assertThat(job.traceback()).contains("params are an array");
  }

  // RTY-01, RTY-02, RTY-10, RTY-12, CTX-01, SEED-20
  @Test
  void aRetryWithDelayIsAStatusOfItsOwn() {
    bench
        .task(
            "t",
            _ -> {
              throw context()
                  .retry(RetryRequest.because(new IOException("503")).after(Duration.ofMinutes(5)));
            })
        .start();
    Job job = bench.awaitStatus(bench.enqueue("t"), JobStatus.RETRY);
    assertThat(job.retryCount()).isEqualTo(1);
    assertThat(job.dateretry()).isEqualTo(updated(job).plus(Duration.ofMinutes(5)));
    assertThat(job.dateexpires()).isNull();
    assertThat(job.result()).isNull();
    AttemptRecord entry = job.tracebackHistory().getFirst();
    assertThat(entry.failure().exceptiontype()).isEqualTo("RetryInterrupt");
    assertThat(entry.failure().traceback()).contains("retry 1", "300.0 s", "default");
    assertThat(entry.failure().originalTraceback()).contains("IOException: 503");
  }

  // RTY-03, BUG-37
  @Test
  void aRetryWithoutDelayRunsAgainAtOnceAndLeavesHistory() {
    AtomicInteger runs = new AtomicInteger();
    bench
        .task(
            "t",
            _ -> {
              if (runs.incrementAndGet() < 3) {
                throw context().retry("again", Duration.ZERO);
              }
              return runs.get();
            })
        .start();
    Job job = bench.awaitStatus(bench.enqueue("t"), JobStatus.SUCCESS);
    assertThat(job.result()).isEqualTo(3);
    assertThat(job.retryCount()).isEqualTo(2);
    assertThat(job.attempt()).isEqualTo(3);
    assertThat(job.tracebackHistory()).hasSize(2);
    assertThat(job.exceptiontype()).isNull();
  }

  // RTY-06, RTY-07, SEED-21
  @Test
  void aRetryAfterTheLastOneEndsInMaxretries() {
    bench
        .task(
            "t",
            settings(Duration.ofHours(1), 1, null),
            _ -> {
              throw context().retry("again", Duration.ZERO);
            })
        .start();
    Job job = bench.awaitStatus(bench.enqueue("t"), JobStatus.MAXRETRIES);
    assertThat(job.retryCount()).isEqualTo(1);
    assertThat(job.exceptiontype()).isEqualTo("MaxRetriesInterrupt");
    assertThat(job.dateexpires()).isNotNull();
  }

  // RTY-06
  @Test
  void theJobsOwnLimitOfRetriesWins() {
    bench
        .task(
            "t",
            _ -> {
              throw context().retry("again", Duration.ZERO);
            })
        .start();
    Job job = bench.awaitStatus(bench.enqueue("t", r -> r.maxRetries(0)), JobStatus.MAXRETRIES);
    assertThat(job.attempt()).isEqualTo(1);
  }

  @Test
  void anExceptionThatTheTaskRetriesOnAsksForARetry() {
    bench
        .task(
            "t",
            settings(Duration.ofHours(1), 3, IOException.class),
            _ -> {
              throw new IOException("gone");
            })
        .start();
    Job job = bench.awaitStatus(bench.enqueue("t"), JobStatus.RETRY);
    assertThat(job.tracebackHistory().getFirst().failure().originalTraceback()).contains("gone");
  }

  // JOB-08, SEED-25
  @Test
  void evenCatchingEverythingDoesNotSwallowARetry() {
    bench
        .task(
            "t",
            _ -> {
              try {
                throw context().retry("again", Duration.ofHours(1));
              } catch (Throwable swallowed) {
                return "done";
              }
            })
        .start();
    Job job = bench.awaitStatus(bench.enqueue("t"), JobStatus.RETRY);
    assertThat(job.result()).isNull();
  }

  // ABT-01, ABT-02, TTL-02, CTX-01
  @Test
  void anAbortIsFinal() {
    bench
        .task(
            "t",
            _ -> {
              throw context().abort("no use");
            })
        .start();
    Job job = bench.awaitStatus(bench.enqueue("t"), JobStatus.ABORT);
    assertThat(job.exceptiontype()).isEqualTo("AbortInterrupt");
    assertThat(job.dateexpires()).isEqualTo(updated(job).plus(Duration.ofDays(1)));
    assertThat(job.tracebackHistory()).hasSize(1);
  }

  // TMO-02, TMO-06, TMO-07, TMO-08
  @Test
  void aTimeoutInterruptsTheTaskAndSaysWhere() {
    CountDownLatch never = new CountDownLatch(1);
    bench
        .task(
            "t",
            _ -> {
              never.await();
              return 1;
            })
        .start();
    Job job =
        bench.awaitStatus(
            bench.enqueue("t", r -> r.timeout(Duration.ofMillis(100))), JobStatus.TIMEOUT);
    assertThat(job.exceptiontype()).isEqualTo("TimeoutInterrupt");
    assertThat(job.traceback()).contains("timeout of 0.1 s", "CountDownLatch.await");
    assertThat(job.tracebackHistory()).hasSize(1);
  }

  // JOB-03, TMO-04, TMO-08
  @Test
  void aTaskThatSwallowsItsTimeoutStillTimesOut() {
    CountDownLatch never = new CountDownLatch(1);
    bench
        .task(
            "t",
            settings(Duration.ofMillis(100), 3, null),
            _ -> {
              try {
                never.await();
              } catch (InterruptedException swallowed) {
                return "fine";
              }
              return "never";
            })
        .start();
    Job job = bench.awaitStatus(bench.enqueue("t"), JobStatus.TIMEOUT);
    assertThat(job.result()).isNull();
  }

  // TMO-03, BUG-03
  @Test
  void twoTimeoutsAtOnceEndBothAndNoOther() {
    CountDownLatch open = new CountDownLatch(1);
    bench
        .task(
            "t",
            _ -> {
              open.await();
              return 1;
            })
        .start();
    JobId other = bench.enqueue("t");
    JobId first = bench.enqueue("t", r -> r.timeout(Duration.ofMillis(100)));
    JobId second = bench.enqueue("t", r -> r.timeout(Duration.ofMillis(100)));
    bench.awaitStatus(first, JobStatus.TIMEOUT);
    bench.awaitStatus(second, JobStatus.TIMEOUT);
    open.countDown();
    bench.awaitStatus(other, JobStatus.SUCCESS);
  }

  // INT-06, BUG-41
  @Test
  void aTaskThatIgnoresItsInterruptKeepsItsSlotButNotItsOutcome() {
    AtomicReference<Boolean> stop = new AtomicReference<>(false);
    bench.task(
        "t",
        settings(Duration.ofMillis(50), 3, null),
        _ -> {
          while (!stop.get()) {
            Thread.onSpinWait();
            boolean _ = Thread.interrupted();
          }
          return 1;
        });
    Worker worker =
        bench.start(
            WorkerOptions.of("test", ServedQueues.of(List.of("default")), 1)
                .with(new StopTimes(Duration.ofMillis(10), Duration.ofMillis(100)))
                .with(
                    WorkerPeriods.DEFAULT
                        .with(WorkerPeriod.BEAT, Duration.ofSeconds(1))
                        .with(WorkerPeriod.AUDIT, Duration.ofSeconds(1))));
    bench.awaitStatus(bench.enqueue("t"), JobStatus.TIMEOUT);
    assertThat(worker.busySlots()).isEqualTo(1);
    stop.set(true);
    WorkerBench.waitFor(() -> worker.busySlots() == 0);
  }

  // BUG-36
  @Test
  void aResultThatCannotBeStoredFailsItsJobAlone() {
    bench
        .task("bad", _ -> Map.of("x", new Object()))
        .task("dollar", _ -> Map.of("$set", 1))
        .task("good", _ -> 1)
        .start();
    JobId bad = bench.enqueue("bad");
    JobId dollar = bench.enqueue("dollar");
    JobId good = bench.enqueue("good");
    assertThat(bench.awaitStatus(bad, JobStatus.FAILED).exceptiontype())
        .isEqualTo("ResultNotStorable");
    assertThat(bench.awaitStatus(dollar, JobStatus.FAILED).traceback()).contains("$set");
    bench.awaitStatus(good, JobStatus.SUCCESS);
  }

  @Test
  void interceptorsGoAroundEveryTaskTheFirstOutermost() {
    List<String> seen = new ArrayList<>();
    bench
        .interceptor((context, next) -> {
          seen.add("outer " + context.job().path());
          return next.proceed() + "!";
        })
        .interceptor((_, next) -> {
          seen.add("inner");
          return next.proceed() + "?";
        })
        .task("t", _ -> "result")
        .start();
    Job job = bench.awaitStatus(bench.enqueue("t"), JobStatus.SUCCESS);
    assertThat(job.result()).isEqualTo("result?!");
    assertThat(seen).containsExactly("outer t", "inner");
  }

  // WRK-04, BUG-58
  @Test
  void eachJobHasAVirtualThreadOfItsOwnUnlessItsTaskComputes() {
    TaskSettings platform = TaskSettings.builder().threads(TaskThreads.PLATFORM).build();
    bench
        .task("virtual", _ -> Thread.currentThread().isVirtual())
        .task("platform", platform, _ -> Thread.currentThread().isVirtual())
        .start();
    assertThat(bench.awaitStatus(bench.enqueue("virtual"), JobStatus.SUCCESS).result())
        .isEqualTo(true);
    assertThat(bench.awaitStatus(bench.enqueue("platform"), JobStatus.SUCCESS).result())
        .isEqualTo(false);
  }

  // ENQ-08
  @Test
  void aJobEnqueuedInsideAJobKnowsItsParent() {
    bench.task("child", _ -> null).task("parent", _ -> bench.enqueue("child").hex()).start();
    JobId parent = bench.enqueue("parent");
    Object child = Objects.requireNonNull(bench.awaitStatus(parent, JobStatus.SUCCESS).result());
    assertThat(bench.job(new JobId((String) child)).parent()).isEqualTo(parent);
    assertThat(bench.job(parent).parent()).isNull();
  }

  // RTY-01, CTX-03
  @Test
  void outsideAJobThereIsNoContext() {
    assertThat(JobContext.current()).isEmpty();
  }
}
