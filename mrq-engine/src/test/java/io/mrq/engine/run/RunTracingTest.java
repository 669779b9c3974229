package io.mrq.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.engine.worker.WorkerBench;
import io.mrq.job.Job;
import io.mrq.job.JobId;
import io.mrq.job.JobOutcome;
import io.mrq.job.JobStatus;
import io.mrq.job.TraceContext;
import io.mrq.task.JobContext;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the engine tells of attempts, and what it stores of their spans. */
class RunTracingTest {
  private static final String SPAN = "00-0af7651916cd43dd8448eb211c80319c-%016x-01";

  private final WorkerBench bench = new WorkerBench();
  private final List<String> told = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() {
    bench.close();
  }

  private RunTracing.Attempt attempt(Job job) {
    TraceContext trace = job.trace();
    told.add("begin " + job.attempt() + (trace == null ? "" : " after " + trace.attempt()));
    return new RunTracing.Attempt() {
      @Override
      public String traceparent() {
        return SPAN.formatted(job.attempt());
      }

      @Override
      public void threw(Throwable thrown) {
        told.add("threw " + thrown.getMessage());
      }

      @Override
      public void ended(@Nullable JobOutcome outcome) {
        told.add("ended " + Objects.requireNonNull(outcome).getClass().getSimpleName());
      }
    };
  }

  @Test
  void everyAttemptLearnsOfTheOneBeforeAndTheFirstBeginsTheTraceOfAnUntracedJob() {
    bench.tracing = this::attempt;
    bench
        .task(
            "t",
            _ -> {
              JobContext context = JobContext.current().orElseThrow();
              if (context.job().attempt() == 1) {
                throw context.retry("again", Duration.ZERO);
              }
              throw new IllegalStateException("no luck");
            })
        .start();
    JobId id = bench.enqueue("t");
    Job job = bench.awaitStatus(id, JobStatus.FAILED);

    assertThat(told)
        .containsExactly(
            "begin 1",
            "ended Retried",
            "begin 2 after " + SPAN.formatted(1),
            "threw no luck",
            "ended Failed");
    assertThat(job.trace()).isEqualTo(new TraceContext(SPAN.formatted(1), null, SPAN.formatted(2)));
  }
}
