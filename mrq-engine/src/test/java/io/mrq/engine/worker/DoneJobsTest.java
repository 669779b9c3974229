package io.mrq.engine.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.job.JobId;
import io.mrq.job.JobStatus;
import io.mrq.queue.ServedQueues;
import io.mrq.task.JobContext;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A worker counts the runs that it has done, whatever their outcome. */
class DoneJobsTest {
  private final WorkerBench bench = new WorkerBench();

  @AfterEach
  void close() {
    bench.close();
  }

  // JOB-18, WRK-11, WRK-15
  @Test
  void everyOutcomeCountsOnce() {
    bench
        .task("returns", _ -> 1)
        .task(
            "throws",
            _ -> {
              throw new IllegalStateException("no luck");
            })
        .task(
            "retries",
            _ -> {
              JobContext context = JobContext.current().orElseThrow();
              if (context.job().attempt() == 1) {
                throw context.retry("again", Duration.ZERO);
              }
              return 2;
            });
    Worker worker = bench.start(WorkerOptions.of("test", ServedQueues.of(List.of("default")), 2));
    JobId returned = bench.enqueue("returns");
    JobId thrown = bench.enqueue("throws");
    JobId retried = bench.enqueue("retries");
    bench.awaitStatus(returned, JobStatus.SUCCESS);
    bench.awaitStatus(thrown, JobStatus.FAILED);
    bench.awaitStatus(retried, JobStatus.SUCCESS);

    worker.stop();

    assertThat(bench.memory.workers().documents(1).getFirst())
        .containsEntry("done_jobs", 4L)
        .containsEntry("status", "stop")
        .containsEntry("jobs", List.of());
  }
}
