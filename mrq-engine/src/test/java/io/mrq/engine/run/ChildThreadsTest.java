package io.mrq.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.engine.event.WorkerEvents;
import io.mrq.engine.home.DocumentHome;
import io.mrq.engine.log.JobLogs;
import io.mrq.engine.worker.StopTimes;
import io.mrq.engine.worker.Worker;
import io.mrq.engine.worker.WorkerBench;
import io.mrq.engine.worker.WorkerOptions;
import io.mrq.engine.worker.WorkerPeriod;
import io.mrq.engine.worker.WorkerPeriods;
import io.mrq.job.Claim;
import io.mrq.job.Job;
import io.mrq.job.JobId;
import io.mrq.job.JobOutcome;
import io.mrq.job.JobStatus;
import io.mrq.job.WorkerId;
import io.mrq.log.JobLogCursor;
import io.mrq.log.JobLogLine;
import io.mrq.queue.ServedQueues;
import io.mrq.store.PreparedCompletion;
import io.mrq.task.JobContext;
import io.mrq.task.TaskDefinition;
import io.mrq.task.TaskRegistry;
import io.mrq.task.TaskSettings;
import io.mrq.test.builder.JobBuilder;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

/** Threads that a body starts through its run share its fate. */
class ChildThreadsTest {
  private final WorkerBench bench = new WorkerBench();
  private final CountDownLatch never = new CountDownLatch(1);
  private final CountDownLatch childRuns = new CountDownLatch(1);
  private final AtomicInteger interrupts = new AtomicInteger();
  private final Queue<Thread> children = new ConcurrentLinkedQueue<>();

  @AfterEach
  void close() {
    never.countDown();
    bench.close();
  }

  private static RunContext context() {
    return (RunContext) JobContext.current().orElseThrow();
  }

  private Thread startWaitingChild() {
    Thread child =
        context()
            .startChild(() -> {
              childRuns.countDown();
              waitForEver();
            });
    children.add(child);
    return child;
  }

  private void waitForEver() {
    try {
      never.await();
    } catch (InterruptedException e) {
      interrupts.incrementAndGet();
    }
  }

  /** A body that waits for its child, as a pool would. */
  private Object waitsForItsChild() throws InterruptedException {
    Thread child = startWaitingChild();
    try {
      childRuns.await();
      never.await();
    } catch (InterruptedException e) {
      interrupts.incrementAndGet();
      child.join();
      throw e;
    }
    return "done";
  }

  // TMO-05
  @Test
  void aTimeoutInterruptsTheBodyAndItsChildAndShowsBothStacks() {
    AtomicLong nanos = new AtomicLong();
    RunningJobs runs = new RunningJobs();
    WorkerSlots slots = new WorkerSlots(1);
    OutcomeSink nowhere =
        new OutcomeSink() {
          @Override
          public PreparedCompletion prepare(RunningJob running, JobOutcome outcome) {
            throw new AssertionError("it does not succeed");
          }

          @Override
          public void submit(RunningJob running) {}
        };
    JobExecutor executor =
        new JobExecutor(
            new TaskRegistry(
                List.of(new TaskDefinition("t", TaskSettings.DEFAULT, _ -> waitsForItsChild()))),
            List.of(),
            runs,
            JobLogs.off(),
            RunTracing.NONE,
            slots,
            nowhere,
            JobThreads.byTask(),
            WorkerEvents.NONE,
            InstantSource.system(),
            nanos::get);
    Job job = JobBuilder.aJob().path("t").timeout(Duration.ofSeconds(1)).build();
    assertThat(slots.reserve(1)).isEqualTo(1);
    executor.start(job, Claim.by(WorkerId.next()), new DocumentHome(bench.memory.jobs()));
    RunningJob running = runs.all().iterator().next();
    WorkerBench.waitFor(() -> running.stack().contains("waitForEver") && childRuns.getCount() == 0);

    nanos.set(Duration.ofSeconds(2).toNanos());
    new JobTimeouts(runs, nowhere, Duration.ofSeconds(5), nanos::get).step();
    WorkerBench.waitFor(() -> slots.free() == 1);

    assertThat(interrupts).hasValue(2);
    assertThat(running.ending())
        .asString()
        .contains("TimedOut", "waitsForItsChild", "waitForEver", "mrq-job-" + job.id() + "-1:");
  }

  @Test
  void aCancelledJobInterruptsTheBodyAndItsChildAndFreesTheSlot() throws InterruptedException {
    Worker worker = bench.task("t", _ -> waitsForItsChild()).start();
    JobId id = bench.enqueue("t");
    childRuns.await();

    bench.actions().cancel(id, true);
    WorkerBench.waitFor(() -> worker.busySlots() == 0);

    assertThat(interrupts).hasValue(2);
  }

  @Test
  void aStopInterruptsTheBodyAndItsChild() throws InterruptedException {
    Worker worker =
        bench
            .task("t", _ -> waitsForItsChild())
            .start(
                WorkerOptions.of("test", ServedQueues.of(List.of("default")), 1)
                    .with(new StopTimes(Duration.ofMillis(10), Duration.ofSeconds(30)))
                    .with(
                        WorkerPeriods.DEFAULT
                            .with(WorkerPeriod.BEAT, Duration.ofSeconds(1))
                            .with(WorkerPeriod.AUDIT, Duration.ofSeconds(1))));
    bench.enqueue("t");
    childRuns.await();

    worker.stop();

    assertThat(interrupts).hasValue(2);
  }

  // TMO-05
  @Test
  void aChildThatIsStartedAfterTheInterruptIsInterruptedToo() {
    bench
        .task(
            "t",
            _ -> {
              waitForEver();
              startWaitingChild().join();
              return "done";
            })
        .start();

    bench.awaitStatus(
        bench.enqueue("t", r -> r.timeout(Duration.ofMillis(200))), JobStatus.TIMEOUT);

    assertThat(interrupts).hasValue(2);
  }

  @Test
  void theRunEndsWithItsBodyAndAChildThatIsLeftIsInterrupted() throws InterruptedException {
    Worker worker =
        bench
            .task(
                "t",
                _ -> {
                  startWaitingChild();
                  childRuns.await();
                  return "done";
                })
            .start();

    bench.awaitStatus(bench.enqueue("t"), JobStatus.SUCCESS);
    WorkerBench.waitFor(() -> worker.busySlots() == 0);
    children.element().join();

    assertThat(interrupts).hasValue(1);
  }

  @Test
  void theSlotStaysTakenWhileTheBodyWaitsForItsChild() throws InterruptedException {
    Worker worker = bench.task("t", _ -> waitsForItsChild()).start();
    JobId id = bench.enqueue("t");
    childRuns.await();

    // More slots look busy while the worker has reserved them to look for jobs.
    WorkerBench.waitFor(() -> worker.busySlots() == 1);
    assertThat(bench.job(id).status()).isEqualTo(JobStatus.STARTED);
  }

  // SUB-02
  @Test
  void aChildHasTheContextAndTheMdcOfTheRunAndItsLogLinesAreKept() {
    AtomicReference<@Nullable String> seen = new AtomicReference<>();
    bench
        .task(
            "t",
            _ -> {
              MDC.put("mine", "yes");
              Thread child =
                  context()
                      .startChild(() -> {
                        seen.set(context().job().id() + " " + MDC.get("mine"));
                        bench
                            .startedLogs()
                            .log(Instant.now(), "INFO", "child", () -> "hello", null);
                      });
              child.join();
              return "done";
            })
        .start();
    JobId id = bench.enqueue("t");
    bench.awaitStatus(id, JobStatus.SUCCESS);

    assertThat(seen).hasValue(id + " yes");
    WorkerBench.waitFor(() -> lines(id).contains("hello"));
  }

  private List<String> lines(JobId id) {
    return bench.memory.logs().after(id, JobLogCursor.START, 100).lines().stream()
        .map(JobLogLine::message)
        .toList();
  }
}
