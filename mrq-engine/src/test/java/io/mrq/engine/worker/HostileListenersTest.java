package io.mrq.engine.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.engine.event.WorkerEvent;
import io.mrq.engine.run.RunTracing;
import io.mrq.job.JobId;
import io.mrq.job.JobOutcome;
import io.mrq.job.JobStatus;
import io.mrq.queue.ServedQueues;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Listeners and tracers that throw harm no job and no worker. */
class HostileListenersTest {
  private final WorkerBench bench = new WorkerBench();

  @AfterEach
  void close() {
    bench.close();
  }

  private static RuntimeException thrown() {
    return new IllegalStateException("a listener");
  }

  private static RunTracing.Attempt attempt(boolean hostileParent, boolean hostileEnd) {
    return new RunTracing.Attempt() {
      @Override
      public @Nullable String traceparent() {
        if (hostileParent) {
          throw thrown();
        }
        return "no traceparent at all";
      }

      @Override
      public void threw(Throwable thrown) {
        throw thrown();
      }

      @Override
      public void ended(@Nullable JobOutcome outcome) {
        if (hostileEnd) {
          throw new StackOverflowError();
        }
      }
    };
  }

  static Stream<RunTracing> tracers() {
    return Stream.of(
        _ -> {
          throw thrown();
        },
        _ -> attempt(true, false),
        _ -> attempt(false, true));
  }

  @ParameterizedTest
  @MethodSource("tracers")
  void aTracerThatThrowsCostsNeitherTheJobNorItsSlot(RunTracing tracing) {
    bench.tracing = tracing;
    Worker worker =
        bench
            .task("good", _ -> 1)
            .task(
                "bad",
                _ -> {
                  throw thrown();
                })
            .start(WorkerOptions.of("test", ServedQueues.of(List.of("default")), 1));
    JobId good = bench.enqueue("good");
    JobId bad = bench.enqueue("bad");
    bench.awaitStatus(good, JobStatus.SUCCESS);
    bench.awaitStatus(bad, JobStatus.FAILED);
    WorkerBench.waitFor(() -> worker.busySlots() == 0);
  }

  // JOB-18
  @Test
  void aListenerThatThrowsAtEveryStepHarmsNobody() {
    bench.listener =
        event -> {
          if (event instanceof WorkerEvent.Claimed) {
            throw new StackOverflowError();
          }
          throw thrown();
        };
    Worker worker =
        bench
            .task("t", _ -> 1)
            .start(WorkerOptions.of("test", ServedQueues.of(List.of("default")), 2));
    for (int i = 0; i < 5; i++) {
      bench.awaitStatus(bench.enqueue("t"), JobStatus.SUCCESS);
    }
    WorkerBench.waitFor(() -> worker.busySlots() == 0);
    assertThat(worker.slots()).isEqualTo(2);
  }
}
