package io.mrq.engine.complete;

import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.engine.worker.Worker;
import io.mrq.engine.worker.WorkerBench;
import io.mrq.job.Completion;
import io.mrq.job.Job;
import io.mrq.job.JobId;
import io.mrq.job.JobStatus;
import io.mrq.task.JobContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Documents that refuse the outcome of their run stop neither the worker nor other jobs. */
class RefusedOutcomesTest {
  private final WorkerBench bench = new WorkerBench();
  private final List<Completion> refused = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() {
    bench.close();
  }

  private interface Judge {
    boolean refuses(Completion end);
  }

  /** As a document of the task {@code odd} is refused. */
  private void refuse(JobId id, Judge judge) {
    bench.jobs.refuse(end -> {
      if (end.run().job().equals(id) && judge.refuses(end)) {
        refused.add(end);
        return "cannot be pushed onto";
      }
      return null;
    });
  }

  /** A job that is there before the worker, so that what it refuses is known. */
  private JobId odd() {
    return bench.enqueue("odd");
  }

  private void othersEnd() {
    List<JobId> others = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      others.add(bench.enqueue("good"));
    }
    others.forEach(id -> bench.awaitStatus(id, JobStatus.SUCCESS));
  }

  @Test
  void aFailureWhoseHistoryIsRefusedIsStoredWithoutIt() {
    bench
        .task("good", _ -> 1)
        .task(
            "odd",
            _ -> {
              throw new IllegalStateException("no luck");
            });
    JobId id = odd();
    refuse(id, Completion::inHistory);
    Worker worker = bench.start();
    Job job = bench.awaitStatus(id, JobStatus.FAILED);
    assertThat(job.exceptiontype()).isEqualTo("IllegalStateException");
    assertThat(job.traceback()).contains("no luck");
    assertThat(job.tracebackHistory()).isEmpty();
    assertThat(refused).hasSize(1);
    othersEnd();
    WorkerBench.waitFor(() -> worker.busySlots() == 0);
  }

  @Test
  void aRetryWhoseHistoryIsRefusedIsStillARetry() {
    bench.task(
        "odd",
        _ -> {
          throw JobContext.current().orElseThrow().retry("again", Duration.ofHours(1));
        });
    JobId id = odd();
    refuse(id, Completion::inHistory);
    bench.start();
    Job job = bench.awaitStatus(id, JobStatus.RETRY);
    assertThat(job.retryCount()).isEqualTo(1);
    assertThat(job.dateretry()).isNotNull();
  }

  @Test
  void aResultThatIsRefusedMakesAFailureAndInTheSmallestFormIfItMust() {
    bench.task("odd", _ -> 1);
    JobId id = odd();
    refuse(id, end -> end.result() != null || end.inHistory());
    bench.start();
    Job job = bench.awaitStatus(id, JobStatus.FAILED);
    assertThat(job.exceptiontype()).isEqualTo("ResultNotStorable");
    assertThat(refused).hasSize(2);
  }

  @Test
  void anOutcomeThatIsAlwaysRefusedIsGivenUpAndRunsNoSecondTime() {
    bench.task("good", _ -> 1).task("odd", _ -> 1);
    JobId id = odd();
    refuse(id, _ -> true);
    Worker worker = bench.start();
    WorkerBench.waitFor(() -> refused.size() == 3 && bench.refused.size() == 1);
    othersEnd();
    WorkerBench.waitFor(() -> worker.busySlots() == 0);
    int audits = bench.jobs.calls("runsOf");
    WorkerBench.waitFor(() -> bench.jobs.calls("runsOf") > audits + 3);
    assertThat(bench.job(id).status()).isEqualTo(JobStatus.STARTED);
    assertThat(bench.job(id).attempt()).isEqualTo(1);
    assertThat(refused).hasSize(3);
    worker.stop();
  }

  @Test
  void anOutcomeThatMakesTheWholeCallFailIsFoundAndTheOthersAreStored() {
    bench.task("good", _ -> 1).task("odd", _ -> 1);
    JobId id = odd();
    bench.jobs.refuse(end -> {
      if (end.run().job().equals(id) && end.result() != null) {
        throw new IllegalArgumentException("no message can hold it");
      }
      return null;
    });
    List<JobId> others = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      others.add(bench.enqueue("good"));
    }
    bench.start();
    others.forEach(other -> bench.awaitStatus(other, JobStatus.SUCCESS));
    assertThat(bench.awaitStatus(id, JobStatus.FAILED).traceback()).contains("no message");
  }
}
