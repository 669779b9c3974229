package io.mrq.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.engine.worker.WorkerBench;
import io.mrq.job.JobId;
import io.mrq.job.JobStatus;
import io.mrq.task.JobContext;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How far a job has come, as its run tells it. */
class JobProgressTest {
  private final WorkerBench bench = new WorkerBench();
  private final CountDownLatch go = new CountDownLatch(1);

  @AfterEach
  void close() {
    go.countDown();
    bench.close();
  }

  private static JobContext context() {
    return JobContext.current().orElseThrow();
  }

  private void awaitProgress(JobId id, double ratio) {
    WorkerBench.waitFor(() -> Objects.equals(bench.job(id).progress(), ratio));
  }

  // PRG-02, PRG-03, CTX-01
  @Test
  void progressIsStoredWhileTheJobRunsAndASuccessMakesItOne() {
    bench
        .task(
            "t",
            _ -> {
              context().progress(0.25);
              return go.await(30, TimeUnit.SECONDS);
            })
        .start();
    JobId id = bench.enqueue("t");
    awaitProgress(id, 0.25);
    assertThat(bench.job(id).status()).isEqualTo(JobStatus.STARTED);
    go.countDown();
    assertThat(bench.awaitStatus(id, JobStatus.SUCCESS).progress()).isEqualTo(1);
  }

  // PRG-03
  @Test
  void aJobThatNeverTellsHasNone() {
    bench.task("t", _ -> 1).start();
    assertThat(bench.awaitStatus(bench.enqueue("t"), JobStatus.SUCCESS).progress()).isNull();
  }

  @Test
  void aFailureKeepsTheLastRatio() {
    bench
        .task(
            "t",
            _ -> {
              context().progress(0.3);
              context().progress(0.6);
              throw new IllegalStateException("no luck");
            })
        .start();
    assertThat(bench.awaitStatus(bench.enqueue("t"), JobStatus.FAILED).progress()).isEqualTo(0.6);
  }

  // PRG-01
  @Test
  void ratiosOutsideAreClampedAndWhatIsNoNumberIsRefused() {
    bench
        .task(
            "t",
            params -> {
              context()
                  .progress(((Number) Objects.requireNonNull(params.get("ratio"))).doubleValue());
              context().abort("enough");
              return null;
            })
        .start();
    List<Double> told = List.of(7.0, -1.0, Double.POSITIVE_INFINITY);
    List<JobId> ids = told.stream().map(r -> bench.enqueue("t", j -> j.param("ratio", r))).toList();
    assertThat(ids.stream().map(id -> bench.awaitStatus(id, JobStatus.ABORT).progress()))
        .containsExactly(1.0, 0.0, 1.0);
    JobId nan = bench.enqueue("t", j -> j.param("ratio", Double.NaN));
    assertThat(bench.awaitStatus(nan, JobStatus.FAILED).traceback())
        .contains("progress must be a number");
  }

  @Test
  void whatHasNotChangedIsNotWrittenAgain() {
    bench
        .task(
            "t",
            _ -> {
              context().progress(0.5);
              return go.await(30, TimeUnit.SECONDS);
            })
        .start();
    awaitProgress(bench.enqueue("t"), 0.5);
    int written = bench.jobs.calls("progress");
    int audits = bench.jobs.calls("runsOf");
    WorkerBench.waitFor(() -> bench.jobs.calls("runsOf") > audits + 5);
    assertThat(bench.jobs.calls("progress")).isEqualTo(written);
  }

  @Test
  void aRunThatWasTakenAwayIsStoppedByItsNextProgress() {
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch stopped = new CountDownLatch(1);
    bench
        .task(
            "t",
            _ -> {
              started.countDown();
              try {
                go.await(30, TimeUnit.SECONDS);
                context().progress(0.5);
                return new CountDownLatch(1).await(30, TimeUnit.SECONDS);
              } catch (InterruptedException e) {
                stopped.countDown();
                throw e;
              }
            })
        .start();
    // The audit sees nothing: only the fence of the progress write can tell.
    bench.jobs.loseRequests("runsOf", Integer.MAX_VALUE);
    JobId id = bench.enqueue("t");
    WorkerBench.waitFor(() -> started.getCount() == 0);
    bench.actions().cancel(id, true);
    go.countDown();
    WorkerBench.waitFor(() -> stopped.getCount() == 0);
    assertThat(bench.job(id).status()).isEqualTo(JobStatus.CANCEL);
    assertThat(bench.job(id).progress()).isNull();
  }

  @Test
  void aRunBeginsWithoutTheProgressOfTheOneBefore() {
    bench
        .task(
            "t",
            _ -> {
              if (context().job().attempt() == 1) {
                context().progress(0.9);
                throw context().retry("again", Duration.ZERO);
              }
              return go.await(30, TimeUnit.SECONDS);
            })
        .start();
    JobId id = bench.enqueue("t");
    WorkerBench.waitFor(
        () -> bench.job(id).attempt() == 2 && bench.job(id).status() == JobStatus.STARTED);
    assertThat(bench.job(id).progress()).isNull();
    go.countDown();
    assertThat(bench.awaitStatus(id, JobStatus.SUCCESS).progress())
        .as("it never told any in this run")
        .isNull();
  }

  @Test
  void progressSurvivesAnOutage() {
    bench
        .task(
            "t",
            _ -> {
              context().progress(0.5);
              return go.await(30, TimeUnit.SECONDS);
            })
        .start();
    bench.jobs.loseRequests("progress", 2);
    awaitProgress(bench.enqueue("t"), 0.5);
  }
}
