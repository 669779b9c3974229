package io.mrq.engine.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.engine.worker.WorkerBench;
import io.mrq.job.JobId;
import io.mrq.job.JobStatus;
import io.mrq.log.JobLogChunk;
import io.mrq.log.JobLogCursor;
import io.mrq.log.JobLogLine;
import io.mrq.log.JobLogPage;
import io.mrq.log.JobLogStore;
import io.mrq.store.StoreUnavailableException;
import io.mrq.task.JobContext;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What jobs log while they run. */
class JobLogsTest {
  private final WorkerBench bench = new WorkerBench();
  private final CountDownLatch go = new CountDownLatch(1);
  private final AtomicBoolean away = new AtomicBoolean();
  private final AtomicReference<@Nullable RuntimeException> refusal = new AtomicReference<>();
  private @Nullable JobLogs logs;

  @AfterEach
  void close() {
    go.countDown();
    bench.close();
  }

  private void log(String message) {
    log(message, null);
  }

  private void log(String message, @Nullable String mdc) {
    JobLogs to = logs == null ? bench.startedLogs() : logs;
    to.log(Instant.now(), "INFO", "tests.Sample", () -> message, mdc);
  }

  private boolean pause() throws InterruptedException {
    return go.await(30, TimeUnit.SECONDS);
  }

  private List<JobLogLine> lines(JobId id) {
    return bench.memory.logs().after(id, JobLogCursor.START, 10_000).lines();
  }

  private List<String> messages(JobId id) {
    return lines(id).stream().map(JobLogLine::message).toList();
  }

  /** The store in memory, which a test may take away or let refuse. */
  private JobLogStore fragile() {
    JobLogStore real = bench.memory.logs();
    return new JobLogStore() {
      @Override
      public void append(Collection<JobLogChunk> chunks) {
        if (away.get()) {
          throw new StoreUnavailableException("away", null);
        }
        RuntimeException refused = refusal.get();
        if (refused != null) {
          throw refused;
        }
        real.append(chunks);
      }

      @Override
      public JobLogPage after(JobId job, JobLogCursor place, int limit) {
        return real.after(job, place, limit);
      }

      @Override
      public JobLogPage tail(JobId job, int lines) {
        return real.tail(job, lines);
      }

      @Override
      public long trim(int limit) {
        return real.trim(limit);
      }
    };
  }

  // LOG-03, BUG-07
  @Test
  void linesAreThereWhileTheJobRuns() {
    bench
        .task(
            "t",
            _ -> {
              log("one");
              log("two");
              return pause();
            })
        .start();
    JobId id = bench.enqueue("t");
    WorkerBench.waitFor(() -> messages(id).equals(List.of("one", "two")));
    assertThat(bench.job(id).status()).isEqualTo(JobStatus.STARTED);
    assertThat(lines(id)).extracting(JobLogLine::attempt).containsOnly(1);
    assertThat(lines(id)).extracting(JobLogLine::level).containsOnly("INFO");
  }

  // LOG-03
  @Test
  void anOutcomeIsStoredAfterTheLastLineOfItsRun() {
    bench
        .task(
            "t",
            _ -> {
              log("last words");
              throw new IllegalStateException("no luck");
            })
        .start();
    JobId id = bench.enqueue("t");
    bench.awaitStatus(id, JobStatus.FAILED);
    assertThat(messages(id)).containsExactly("last words");
  }

  // CTX-02, SEED-07, SEED-24
  @Test
  void everyAttemptsLinesAreKept() {
    bench
        .task(
            "t",
            _ -> {
              JobContext context = JobContext.current().orElseThrow();
              log("attempt " + context.job().attempt());
              if (context.job().attempt() == 1) {
                throw context.retry("again", Duration.ZERO);
              }
              return 1;
            })
        .start();
    JobId id = bench.enqueue("t");
    bench.awaitStatus(id, JobStatus.SUCCESS);
    assertThat(messages(id)).containsExactly("attempt 1", "attempt 2");
    assertThat(lines(id)).extracting(JobLogLine::attempt).containsExactly(1, 2);
  }

  // CTX-02, SUB-02, SEED-07
  @Test
  void aThreadThatWasGivenTheContextOrTheMdcLogsForItsJob() {
    bench
        .task(
            "t",
            _ -> {
              JobContext context = JobContext.current().orElseThrow();
              String id = context.job().id().hex();
              Thread.startVirtualThread(() ->
                      ScopedValue.where(JobContext.CURRENT, context)
                          .run(() -> log("by the context")))
                  .join();
              Thread.startVirtualThread(() -> log("by the MDC", id)).join();
              Thread.startVirtualThread(() -> log("by nobody")).join();
              return 1;
            })
        .start();
    JobId id = bench.enqueue("t");
    bench.awaitStatus(id, JobStatus.SUCCESS);
    assertThat(messages(id)).containsExactly("by the context", "by the MDC");
  }

  @Test
  void aTaskNeverWaitsForTheStoreAndNoLineIsLostInAShortOutage() {
    bench.logs = fragile();
    away.set(true);
    bench
        .task(
            "t",
            _ -> {
              log("in the outage");
              return 1;
            })
        .start();
    JobId id = bench.enqueue("t");
    bench.awaitStatus(id, JobStatus.SUCCESS);
    assertThat(messages(id)).isEmpty();
    away.set(false);
    WorkerBench.waitFor(() -> messages(id).equals(List.of("in the outage")));
    assertThat(bench.linesDropped).hasValue(0);
  }

  // BUG-08
  @Test
  void whatFindsNoRoomIsCountedAndSaidInTheLog() {
    bench.logs = fragile();
    bench.limits = new JobLogLimits(100, 100_000, 1_000);
    away.set(true);
    CountDownLatch logged = new CountDownLatch(1);
    bench
        .task(
            "t",
            _ -> {
              for (int i = 0; i < 100; i++) {
                log("line " + i);
              }
              logged.countDown();
              return pause();
            })
        .start();
    JobId id = bench.enqueue("t");
    WorkerBench.waitFor(() -> logged.getCount() == 0);
    int dropped = bench.linesDropped.get();
    assertThat(dropped).isBetween(80, 99);
    away.set(false);
    WorkerBench.waitFor(() -> lines(id).size() == 100 - dropped + 1);
    assertThat(messages(id).getLast()).startsWith(dropped + " lines were not kept");
    assertThat(lines(id).getLast().level()).isEqualTo("WARN");
    go.countDown();
    bench.awaitStatus(id, JobStatus.SUCCESS);
  }

  @Test
  void aLineAndARunHaveALimit() {
    bench.limits = new JobLogLimits(10, 1_000, 1_000_000);
    bench
        .task(
            "t",
            _ -> {
              log("0123456789abc");
              for (int i = 0; i < 1000; i++) {
                log("more");
              }
              return 1;
            })
        .start();
    JobId id = bench.enqueue("t");
    bench.awaitStatus(id, JobStatus.SUCCESS);
    assertThat(messages(id).getFirst()).isEqualTo("0123456789… 3 characters left out");
    assertThat(messages(id)).hasSizeLessThan(20);
    assertThat(messages(id).getLast()).contains("as much as is kept of one run");
    assertThat(bench.linesDropped.get()).isGreaterThan(980);
  }

  // BUG-08
  @Test
  void whatCanNeverBeStoredDoesNotHoldUpTheRest() {
    bench.logs = fragile();
    refusal.set(new IllegalArgumentException("never"));
    bench
        .task(
            "t",
            _ -> {
              log("lost");
              return 1;
            })
        .task(
            "u",
            _ -> {
              log("kept");
              return 1;
            })
        .start();
    bench.awaitStatus(bench.enqueue("t"), JobStatus.SUCCESS);
    WorkerBench.waitFor(() -> bench.linesDropped.get() == 1);
    refusal.set(null);
    JobId kept = bench.enqueue("u");
    bench.awaitStatus(kept, JobStatus.SUCCESS);
    assertThat(messages(kept)).containsExactly("kept");
  }

  @Test
  void linesThatBelongToNoJobAreNotFormatted() {
    bench.task("t", _ -> 1).start();
    AtomicBoolean asked = new AtomicBoolean();
    bench
        .startedLogs()
        .log(
            Instant.now(),
            "INFO",
            "tests.Sample",
            () -> {
              asked.set(true);
              return "text";
            },
            null);
    assertThat(asked).isFalse();
  }

  @Test
  void outcomesDoNotWaitForAStoreOfLinesThatHangs() {
    CountDownLatch hang = new CountDownLatch(1);
    JobLogStore real = fragile();
    bench.logs =
        new JobLogStore() {
          @Override
          public void append(Collection<JobLogChunk> chunks) {
            try {
              hang.await();
            } catch (InterruptedException e) {
              throw new StoreUnavailableException("interrupted", e);
            }
            real.append(chunks);
          }

          @Override
          public JobLogPage after(JobId job, JobLogCursor place, int limit) {
            return real.after(job, place, limit);
          }

          @Override
          public JobLogPage tail(JobId job, int lines) {
            return real.tail(job, lines);
          }

          @Override
          public long trim(int limit) {
            return real.trim(limit);
          }
        };
    bench.logPatience = Duration.ofMillis(50);
    bench
        .task(
            "t",
            _ -> {
              log("one");
              return 1;
            })
        .start();
    JobId id = bench.enqueue("t");
    bench.awaitStatus(id, JobStatus.SUCCESS);
    bench.awaitStatus(bench.enqueue("t"), JobStatus.SUCCESS);
    assertThat(messages(id)).isEmpty();
    hang.countDown();
    WorkerBench.waitFor(() -> messages(id).equals(List.of("one")));
  }

  // CTX-06, LOG-08, BUG-08
  @Test
  void switchedOffNothingIsKept() {
    logs = JobLogs.off();
    bench
        .task(
            "t",
            _ -> {
              log("one");
              return 1;
            })
        .start();
    JobId id = bench.enqueue("t");
    bench.awaitStatus(id, JobStatus.SUCCESS);
    assertThat(messages(id)).isEmpty();
  }
}
